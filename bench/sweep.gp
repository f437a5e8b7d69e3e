# Plots of a sweep: done.csv in the folder it is run in, `methods` the words in its second column.
set datafile separator ","
set terminal svg size 720,440 background "white"
set key outside right top
set grid ytics
set pointsize 1.2

set output "time.svg"
set title "a step, and the rank that spends most on each piece of it"
set ylabel "milliseconds"
set style data histograms
set style histogram rowstacked
set style fill solid 0.8 border -1
set boxwidth 0.7
set yrange [0:*]
set xtics rotate by -40
plot for [c = 6:10] "done.csv" skip 1 using c:xtic(strcol(1)." ".strcol(2)) \
    title word("compute halo loss dense optimiser", c - 5), \
    "done.csv" skip 1 using 0:5 with points pointtype 7 linecolor "black" title "the step"

set style data linespoints
set xtics norotate
set xlabel "ranks"
set logscale x 2
set offsets graph 0.05, graph 0.05, 0, 0

set output "bytes.svg"
set title "bytes a step, all ranks"
set ylabel "MB"
plot for [m in methods] "done.csv" skip 1 using 1:(strcol(2) eq m ? $11 / 1e6 : NaN):xtic(1) title m

set output "memory.svg"
set title "peak memory of the largest rank"
set ylabel "MB"
plot for [m in methods] "done.csv" skip 1 using 1:(strcol(2) eq m ? $12 : NaN):xtic(1) title m

set output "speedup.svg"
set title "speed-up"
set ylabel "against the fewest ranks, taken as ideal"
set logscale y 2
set yrange [*:*]
plot for [m in methods] "done.csv" skip 1 using 1:(strcol(2) eq m ? $15 : NaN):xtic(1) title m, \
    "done.csv" skip 1 using 1:1 with lines dashtype 2 linecolor "black" title "ideal"
