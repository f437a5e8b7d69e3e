#include "io/statistics/charts_svg.h"

#include "io/base/durable.h"
#include "io/statistics/bars.h"
#include "io/statistics/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_LENGTH = 4096, WIDTH = 560, HEIGHT = 360, TIME_BARS = 100, VALUE_BARS = 40, POINTS = 400 };

/* Draws one chart: sets axes, and plots data that it writes into the script. */
typedef void draw_chart(const hr_statistics *s, FILE *script);

static void plot_bars(FILE *script, const hr_bar *bar, int bars)
{
    fprintf(script, "plot '-' using 1:2:3 with boxes lc rgb '#4477aa' notitle\n");
    for (int b = 0; b < bars; b++) {
        const double width = bar[b].end - bar[b].from;
        fprintf(script, "%.17g %" PRId64 " %.17g\n", bar[b].from + width / 2.0, bar[b].count,
                width > 0.0 ? width : 0.4);
    }
    fprintf(script, "e\n");
}

static void draw_activity(const hr_statistics *s, FILE *script)
{
    hr_bar bar[HR_MOST_BARS];
    const int bars = hr_bars_doubling(&s->activity, bar);
    fprintf(script,
            "set title 'Activity'\nset xlabel 'ratings of a user'\nset ylabel 'users'\n"
            "set logscale x 2\n");
    plot_bars(script, bar, bars);
}

/* Movies from the most popular one on: the rank of the last with so many ratings, on logarithmic axes. */
static void draw_popularity(const hr_statistics *s, FILE *script)
{
    const hr_frequencies *f = &s->popularity;
    int64_t rank = 0, next = 1;
    fprintf(script,
            "set title 'Popularity'\nset xlabel 'rank of a movie'\nset ylabel 'its ratings'\n"
            "set logscale xy\nplot '-' using 1:2 with lines lw 2 lc rgb '#aa3377' notitle\n");
    for (int64_t i = f->count - 1; i >= 0; i--) {
        rank += f->times[i];
        if (rank < next && i > 0)
            continue;
        fprintf(script, "%" PRId64 " %.17g\n", rank, f->value[i]);
        next = rank + rank / (POINTS / 10) + 1;
    }
    fprintf(script, "e\n");
}

static void draw_values(const hr_statistics *s, FILE *script)
{
    hr_bar bar[HR_MOST_BARS];
    const int bars = hr_bars_even(&s->values, VALUE_BARS, bar);
    fprintf(script, "set title 'Values'\nset xlabel 'value of a rating'\nset ylabel 'ratings'\n");
    plot_bars(script, bar, bars);
}

static void draw_times(const hr_statistics *s, FILE *script)
{
    hr_bar bar[HR_MOST_BARS];
    const int bars = hr_bars_even(&s->times, TIME_BARS, bar);
    fprintf(script,
            "set title 'Time'\nset xlabel ''\nset ylabel 'ratings'\nset xdata time\n"
            "set timefmt '%%s'\nset format x '%%Y-%%m'\nset xtics rotate by 30 right\n");
    plot_bars(script, bar, bars);
}

static const struct {
    const char *name;
    draw_chart *draw;
} charts[] = {{"activity", draw_activity},
              {"popularity", draw_popularity},
              {"values", draw_values},
              {"times", draw_times}};

enum { CHARTS = sizeof charts / sizeof *charts };

static bool has_data(const hr_statistics *s, int chart)
{
    return charts[chart].draw == draw_times ? s->times.count > 1 : s->data.ratings > 0;
}

/* Charts first … end - 1 on one page. */
static void write_script(const hr_statistics *s, int first, int end, FILE *script)
{
    const int side = end - first > 1 ? 2 : 1;
    fprintf(script, "set terminal svg size %d,%d font 'sans,12'\nset style fill solid 0.8\nset grid y\n",
            side * WIDTH, side * HEIGHT);
    if (side > 1)
        fprintf(script, "set multiplot layout %d,%d\n", side, side);
    for (int c = first; c < end; c++) {
        fprintf(script, "unset logscale\nset yrange [0:*]\n");
        if (charts[c].draw == draw_popularity)
            fprintf(script, "set yrange [*:*]\n");
        if (has_data(s, c))
            charts[c].draw(s, script);
    }
    if (side > 1)
        fprintf(script, "unset multiplot\n");
}

static hr_status draw_file(const hr_statistics *s, int first, int end, const char *path, hr_error *err)
{
    char *temporary = NULL;
    hr_status status = HR_OK;
    int out = -1;
    FILE *script = tmpfile();
    HR_TRY(hr_temporary_name(path, &temporary, err));
    if (!script)
        HR_TRY(hr_fail(err, HR_IO, "a temporary file cannot be made: %s", strerror(errno)));
    out = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (out < 0)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be written: %s", temporary, strerror(errno)));
    write_script(s, first, end, script);
    HR_TRY(hr_gnuplot_draw(script, out, path, err));
    HR_TRY(hr_publish(temporary, path, err));
done:
    if (out >= 0) {
        close(out);
        if (status != HR_OK)
            unlink(temporary);
    }
    free(temporary);
    if (script)
        fclose(script);
    return status;
}

bool hr_charts_fill_folder(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

hr_status hr_charts_draw(const hr_statistics *s, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    if (!hr_charts_fill_folder(path))
        return draw_file(s, 0, CHARTS, path, err);
    for (int c = 0; c < CHARTS; c++) {
        char file[PATH_LENGTH];
        snprintf(file, sizeof file, "%s/%s.svg", path, charts[c].name);
        if (has_data(s, c))
            HR_TRY(draw_file(s, c, c + 1, file, err));
    }
done:
    return status;
}
