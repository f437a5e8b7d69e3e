#include "trainer/report/stats_charts.h"

#include "io/statistics/bars.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

enum { CHART_WIDTH = 50, EVEN_BARS = 20 };

/* A number as a bar or a column is labelled. */
typedef void write_label(double number, char label[HR_LABEL]);

void hr_write_number(double number, char label[HR_LABEL])
{
    snprintf(label, HR_LABEL, "%.7g", number);
}

void hr_write_date(double number, char label[HR_LABEL])
{
    struct tm day;
    const time_t seconds = (time_t)number;
    if (!gmtime_r(&seconds, &day) || strftime(label, HR_LABEL, "%Y-%m-%d", &day) == 0)
        snprintf(label, HR_LABEL, "%.0f", number);
}

static void print_chart(const char *title, const hr_bar *bar, int bars, write_label *write, double step)
{
    static const char full[CHART_WIDTH + 1] = "##################################################";
    int64_t highest = 1;
    for (int b = 0; b < bars; b++)
        highest = bar[b].count > highest ? bar[b].count : highest;
    printf("\n%s\n", title);
    for (int b = 0; b < bars; b++) {
        char from[HR_LABEL], last[HR_LABEL] = "";
        write(bar[b].from, from);
        if (bar[b].end - step > bar[b].from)
            write(bar[b].end - step, last);
        printf("%11s %c %-11s %12" PRId64 " %.*s\n", from, *last ? '-' : ' ', last, bar[b].count,
               (int)((double)bar[b].count * CHART_WIDTH / (double)highest + 0.5), full);
    }
}

void hr_stats_print_charts(const hr_statistics *s)
{
    hr_bar bar[HR_MOST_BARS];
    int bars = hr_bars_doubling(&s->activity, bar);
    print_chart("users by number of ratings", bar, bars, hr_write_number, 1.0);
    bars = hr_bars_doubling(&s->popularity, bar);
    print_chart("movies by number of ratings", bar, bars, hr_write_number, 1.0);
    bars = hr_bars_even(&s->values, EVEN_BARS, bar);
    print_chart("ratings by value", bar, bars, hr_write_number, 0.0);
    bars = hr_bars_even(&s->times, EVEN_BARS, bar);
    if (bars > 0)
        print_chart("ratings by time", bar, bars, hr_write_date, 0.0);
}
