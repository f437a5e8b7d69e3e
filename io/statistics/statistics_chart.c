#include "io/base/memory.h"
#include "io/statistics/bars.h"
#include "io/statistics/charts_svg.h"

#include <inttypes.h>

enum { WIDTH = 480, HEIGHT = 320, TIME_BARS = 60, VALUE_BARS = 40, POINTS = 400, DESCRIPTION = 256 };

const char *const hr_statistics_chart_names[HR_CHARTS_OF_STATISTICS] = {[HR_CHART_ACTIVITY] = "activity",
                                                                        [HR_CHART_POPULARITY] = "popularity",
                                                                        [HR_CHART_VALUES] = "values",
                                                                        [HR_CHART_TIMES] = "times"};

/* The numbers of one series. */
typedef struct numbers {
    int64_t count;
    double x[POINTS], y[POINTS], width[POINTS];
} numbers;

static void add_bars(numbers *n, const hr_bar *bar, int bars, double narrow)
{
    for (int b = 0; b < bars; b++) {
        const double width = bar[b].end - bar[b].from;
        n->x[n->count] = bar[b].from + width / 2.0;
        n->y[n->count] = (double)bar[b].count;
        n->width[n->count++] = width > 0.0 ? width : narrow;
    }
}

/* Movies from the most popular one on: the rank of the last with so many ratings. */
static void add_ranks(numbers *n, const hr_frequencies *f)
{
    int64_t rank = 0, next = 1;
    for (int64_t i = f->count - 1; i >= 0 && n->count < POINTS; i--) {
        rank += f->times[i];
        if (rank < next && i > 0)
            continue;
        n->x[n->count] = (double)rank;
        n->y[n->count++] = f->value[i];
        next = rank + rank / (POINTS / 10) + 1;
    }
}

/* The least difference of two values, so that bars do not overlap. */
static double least_step(const hr_frequencies *f)
{
    double least = 1.0;
    for (int64_t i = 1; i < f->count; i++)
        least = f->value[i] - f->value[i - 1] < least ? f->value[i] - f->value[i - 1] : least;
    return least;
}

static const struct {
    const char *title, *x_label, *y_label;
    hr_axis x, y;
    hr_mark mark;
    int colour;
} styles[HR_CHARTS_OF_STATISTICS] = {
    [HR_CHART_ACTIVITY] = {"Users by activity", "ratings of a user", "users", HR_AXIS_LOG, HR_AXIS_PLAIN,
                           HR_MARK_BARS, 0},
    [HR_CHART_POPULARITY] = {"Movies by popularity", "rank of a movie", "its ratings", HR_AXIS_LOG,
                             HR_AXIS_LOG, HR_MARK_LINE, 4},
    [HR_CHART_VALUES] = {"Ratings by value", "value of a rating", "ratings", HR_AXIS_PLAIN, HR_AXIS_PLAIN,
                         HR_MARK_BARS, 2},
    [HR_CHART_TIMES] = {"Ratings over time", "", "ratings", HR_AXIS_TIME, HR_AXIS_PLAIN, HR_MARK_BARS, 1}};

const char *hr_statistics_chart_title(hr_statistics_chart which)
{
    return styles[which].title;
}

bool hr_statistics_can_draw(const hr_statistics *s, hr_statistics_chart which)
{
    return which == HR_CHART_TIMES ? s->times.count > 1 : s->data.ratings > 0;
}

static const hr_frequencies *frequencies_of(const hr_statistics *s, hr_statistics_chart which)
{
    const hr_frequencies *const all[HR_CHARTS_OF_STATISTICS] = {&s->activity, &s->popularity, &s->values,
                                                                &s->times};
    return all[which];
}

static void gather(const hr_frequencies *f, hr_statistics_chart which, numbers *n)
{
    hr_bar bar[HR_MOST_BARS];
    if (which == HR_CHART_POPULARITY)
        add_ranks(n, f);
    else if (which == HR_CHART_ACTIVITY)
        add_bars(n, bar, hr_bars_doubling(f, bar), 1.0);
    else
        add_bars(n, bar, hr_bars_even(f, which == HR_CHART_TIMES ? TIME_BARS : VALUE_BARS, bar),
                 0.8 * least_step(f));
}

hr_status hr_statistics_draw(const hr_statistics *s, hr_statistics_chart which, bool shows_title,
                             const char *id, const char *attributes, FILE *out, hr_error *err)
{
    hr_status status = HR_OK;
    numbers *n = NULL;
    char description[DESCRIPTION];
    const hr_frequencies *f = frequencies_of(s, which);
    const hr_distribution d = hr_distribution_of(f);
    HR_ALLOC(n, 1);
    gather(f, which, n);
    if (which == HR_CHART_TIMES)
        snprintf(description, sizeof description, "%" PRId64 " ratings with a time, in bars of equal length.",
                 d.count);
    else
        snprintf(description, sizeof description, "From %g to %g; the median is %g, the mean %.4g.",
                 d.quantile[0], d.quantile[HR_QUANTILES - 1], d.quantile[HR_QUANTILES / 2], d.mean);
    const hr_chart chart = {.title = styles[which].title,
                            .description = description,
                            .shows_title = shows_title,
                            .x_label = styles[which].x_label,
                            .y_label = styles[which].y_label,
                            .x = styles[which].x,
                            .y = styles[which].y,
                            .from_zero = styles[which].y == HR_AXIS_PLAIN,
                            .width = WIDTH,
                            .height = HEIGHT,
                            .count = 1,
                            .series = {{styles[which].mark, styles[which].colour, n->count, n->x, n->y,
                                        styles[which].mark == HR_MARK_BARS ? n->width : NULL}}};
    HR_TRY(hr_chart_write(&chart, id, attributes, out, err));
done:
    free(n);
    return status;
}
