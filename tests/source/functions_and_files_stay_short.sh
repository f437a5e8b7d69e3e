# The median and the 95th percentile of the lines of functions and of .c files, tests aside, stay at or below those with
# which the rooms were made. Functions are found by universal-ctags.
command -v ctags >/dev/null && ctags --version | grep -q Universal || {
    echo "SKIPPED: functions_and_files_stay_short: universal-ctags is missing: jobs/install-dependencies.sh installs it"
    exit 77
}

(cd "$root" && find io partition trainer bench -name '*.c' | sort) >files
(cd "$root" && xargs wc -l <"$folder/files" | awk '$2 != "total" { print $1, $2 }') >file_lines
(cd "$root" && ctags --languages=C --kinds-C=f --fields=ne --sort=no -L "$folder/files" -f -) |
    awk -F'\t' '/^!/ { next } {
        line = end = 0
        for (i = 4; i <= NF; i++) {
            if ($i ~ /^line:/) line = substr($i, 6)
            if ($i ~ /^end:/) end = substr($i, 5)
        }
        if (line > 0 && end >= line) print end - line + 1, $2 ":" line " " $1
    }' >function_lines

# within WHAT FEWEST MEDIAN PERCENTILE: checks FILE_lines, and names the longest where one is exceeded.
within() {
    local what=$1 fewest=$2 median percentile count
    count=$(wc -l <"${what}_lines")
    [ "$count" -ge "$fewest" ] || fail "expected at least $fewest ${what}s, found $count"
    sort -n "${what}_lines" >sorted
    median=$(sed -n "$(((count + 1) / 2))p" sorted | cut -d' ' -f1)
    percentile=$(sed -n "$(((count * 95 + 99) / 100))p" sorted | cut -d' ' -f1)
    echo "$count ${what}s: median $median lines, 95th percentile $percentile"
    [ "$median" -le "$3" ] && [ "$percentile" -le "$4" ] ||
        fail "$count ${what}s: median $median and 95th percentile $percentile lines, expected at most $3 and $4; the longest:
$(tail -n 20 sorted)"
}

within function 1000 11 30
within file 150 104 320
