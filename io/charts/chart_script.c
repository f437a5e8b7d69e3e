#include "io/charts/chart_script.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <time.h>

enum { FONT = 15, LONGEST_CATEGORY = 26, MOST_WHOLE_TICS = 7, MOST_MONTHS = 64 };

static const char *const colours[HR_CHART_COLOURS] = {"#3b82c4", "#d9731a", "#2a9d6f", "#d6455a", "#9a6bd0",
                                                      "#a97142", "#d1579c", "#1f9db0", "#8a8f2a", "#7f8790"};

const char *hr_chart_colour(int i)
{
    return colours[i % HR_CHART_COLOURS];
}

/* Lowest and highest of an axis. */
typedef struct range {
    double low, high;
} range;

static void extend(range *r, double value, hr_axis axis)
{
    if (!isfinite(value) || (axis == HR_AXIS_LOG && value <= 0.0))
        return;
    r->low = fmin(r->low, value);
    r->high = fmax(r->high, value);
}

/* What the series take up along x, or along y. */
static range range_of(const hr_chart *chart, bool along_x)
{
    range r = {INFINITY, -INFINITY};
    const hr_axis axis = along_x ? chart->x : chart->y;
    for (int s = 0; s < chart->count; s++) {
        const hr_series *series = &chart->series[s];
        for (int64_t i = 0; i < series->count; i++) {
            const double half = along_x && series->mark == HR_MARK_BARS ? 0.5 * series->width[i] : 0.0;
            const double value = along_x ? series->x[i] : series->y[i];
            extend(&r, value - half, axis);
            extend(&r, value + half, axis);
        }
    }
    if (along_x ? chart->categories > 0 : chart->from_zero)
        extend(&r, 0.0, axis);
    return r.low <= r.high ? r : (range){axis == HR_AXIS_LOG ? 1.0 : 0.0, 1.0};
}

/* Some room at both ends; none below a 0 that the axis begins at. */
static range with_room(range r, hr_axis axis, bool keeps_zero)
{
    if (axis == HR_AXIS_LOG)
        return (range){r.low / 1.15, r.high * 1.15};
    double room = 0.04 * (r.high - r.low);
    if (room == 0.0)
        room = r.high != 0.0 ? 0.1 * fabs(r.high) : 1.0;
    return (range){keeps_zero && r.low == 0.0 ? 0.0 : r.low - room, r.high + room};
}

/* Steps of 1, 2, 5, 10, … so that there are few. */
static double whole_step(double length)
{
    double step = 1.0;
    for (int i = 0; length / step > MOST_WHOLE_TICS; i++)
        step *= i % 3 == 1 ? 2.5 : 2.0;
    return step;
}

static struct tm day_of(double seconds)
{
    const time_t time = (time_t)seconds;
    struct tm day = {0};
    gmtime_r(&time, &day);
    return day;
}

/* Months between two tics. */
static int month_step(double months)
{
    static const int steps[] = {1, 2, 3, 6, 12, 24, 60, 120, 240, 600};
    int i = 0;
    while (i < (int)(sizeof steps / sizeof *steps) - 1 && months / (double)steps[i] > MOST_WHOLE_TICS - 1)
        i++;
    return steps[i];
}

/* Tics at the beginnings of years or months; at the first day where there are none. */
static void script_times(char name, range r, FILE *script)
{
    const double month = 2629746.0;
    const int step = month_step((r.high - r.low) / month);
    struct tm day = day_of(r.low);
    char text[32];
    int tics = 0;
    fprintf(script, "set %ctics (", name);
    day = (struct tm){.tm_year = day.tm_year - day.tm_year % (step < 12 ? 1 : step / 12), .tm_mday = 1};
    for (int i = 0; i < MOST_MONTHS; i++, day.tm_mon += step) {
        const double time = (double)timegm(&day);
        if (time < r.low || time > r.high)
            continue;
        strftime(text, sizeof text, step < 12 ? "%Y-%m" : "%Y", &day);
        fprintf(script, "%s'%s' %.0f", tics++ ? ", " : "", text, time);
    }
    day = day_of(r.low);
    strftime(text, sizeof text, "%Y-%m-%d", &day);
    if (tics == 0)
        fprintf(script, "'%s' %.17g", text, r.low);
    fputs(")\n", script);
}

static void script_axis(const hr_chart *chart, char name, hr_axis axis, range r, FILE *script)
{
    fprintf(script, "set %crange [%.17g:%.17g]\n", name, r.low, r.high);
    if (axis == HR_AXIS_NONE) {
        fprintf(script, "unset %ctics\n", name);
        return;
    }
    fprintf(script, "set %ctics nomirror scale 0.4,0 textcolor rgb '%s'\n", name, HR_SCRIPT_TEXT_COLOUR);
    if (axis == HR_AXIS_LOG)
        fprintf(script, "set logscale %c\n", name);
    if (axis == HR_AXIS_WHOLE)
        fprintf(script, "set %ctics %.17g\n", name, whole_step(r.high - r.low));
    if (axis == HR_AXIS_TIME)
        script_times(name, r, script);
    else if (r.high >= 1e4)
        fprintf(script, "set format %c '%%.0s%%c'\n", name);
    const bool along_x = name == 'x';
    if (*(along_x ? chart->x_label : chart->y_label))
        fprintf(script, "set %clabel '@%d@' textcolor rgb '%s'\n", name,
                along_x ? HR_SCRIPT_X_LABEL : HR_SCRIPT_Y_LABEL, HR_SCRIPT_TEXT_COLOUR);
}

static int characters(const char *text)
{
    int count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0U) != 0x80U;
    return count;
}

/* Names beside bars across, which gnuplot cannot measure. */
static void script_categories(const hr_chart *chart, FILE *script)
{
    int longest = 0;
    fprintf(script, "set yrange [%d:-0.6]\nset ytics scale 0 (", chart->categories);
    for (int i = 0; i < chart->categories; i++) {
        const int length = characters(chart->category[i]);
        fprintf(script, "%s'@%d@' %d", i ? ", " : "", HR_SCRIPT_LABELS + chart->labels + i, i);
        longest = length > longest ? length : longest;
    }
    fprintf(script, ") textcolor rgb '%s'\nset lmargin %.1f\n", HR_SCRIPT_TEXT_COLOUR,
            1.5 + 0.95 * (longest < LONGEST_CATEGORY ? longest : LONGEST_CATEGORY));
}

static void script_labels(const hr_chart *chart, FILE *script)
{
    for (int i = 0; i < chart->labels; i++)
        fprintf(script, "set label '@%d@' at %.17g,%.17g left offset 0.5,0 textcolor rgb '%s' front\n",
                HR_SCRIPT_LABELS + i, chart->label[i].x, chart->label[i].y, HR_SCRIPT_TEXT_COLOUR);
    if (chart->shows_title)
        fprintf(script, "set title '@%d@' textcolor rgb '%s'\n", HR_SCRIPT_TITLE, HR_SCRIPT_TEXT_COLOUR);
}

static void script_series(const hr_series *s, FILE *script)
{
    const char *colour = hr_chart_colour(s->colour);
    switch (s->mark) {
    case HR_MARK_LINE:
        fprintf(script, "'-' using 1:2 with lines lw 2 lc rgb '%s' notitle", colour);
        break;
    case HR_MARK_DASHES:
        fprintf(script, "'-' using 1:2 with lines lw 2 dt (6,4) lc rgb '%s' notitle", colour);
        break;
    case HR_MARK_POINTS:
        fprintf(script, "'-' using 1:2 with points pt 7 ps 0.5 lc rgb '%s' notitle", colour);
        break;
    case HR_MARK_BARS:
        fprintf(script, "'-' using 1:2:3 with boxes fs solid 0.85 noborder lc rgb '%s' notitle", colour);
        break;
    case HR_MARK_ACROSS:
        fprintf(script,
                "'-' using ($1/2):2:($1/2):(0.36) with boxxyerror fs solid 0.85 noborder lc rgb '%s' notitle",
                colour);
        break;
    }
}

static void script_data(const hr_series *s, FILE *script)
{
    for (int64_t i = 0; i < s->count; i++)
        if (!isfinite(s->x[i]) || !isfinite(s->y[i]))
            continue;
        else if (s->width)
            fprintf(script, "%.9g %.9g %.9g\n", s->x[i], s->y[i], s->width[i]);
        else
            fprintf(script, "%.10g %.9g\n", s->x[i], s->y[i]);
    fputs("e\n", script);
}

static bool has_data(const hr_series *s)
{
    for (int64_t i = 0; i < s->count; i++)
        if (isfinite(s->x[i]) && isfinite(s->y[i]))
            return true;
    return false;
}

static void script_plot(const hr_chart *chart, FILE *script)
{
    bool any = false;
    for (int s = 0; s < chart->count; s++)
        if (has_data(&chart->series[s])) {
            fputs(any ? ", " : "plot ", script);
            script_series(&chart->series[s], script);
            any = true;
        }
    fputs(any ? "\n" : "plot NaN notitle\n", script);
    for (int s = 0; s < chart->count; s++)
        if (has_data(&chart->series[s]))
            script_data(&chart->series[s], script);
}

void hr_chart_script(const hr_chart *chart, FILE *script)
{
    fprintf(script,
            "set terminal svg size %d,%d noenhanced font 'sans,%d'\nset encoding utf8\n"
            "set border %d lc rgb '%s'\n",
            chart->width, chart->height, FONT, chart->x == HR_AXIS_NONE ? 0 : 1, HR_SCRIPT_TEXT_COLOUR);
    if (chart->x != HR_AXIS_NONE)
        fprintf(script, "set grid %s lt 1 lc rgb '%s'\n", chart->categories ? "x" : "y",
                HR_SCRIPT_GRID_COLOUR);
    script_axis(chart, 'x', chart->x, with_room(range_of(chart, true), chart->x, chart->categories > 0),
                script);
    script_axis(chart, 'y', chart->y, with_room(range_of(chart, false), chart->y, chart->from_zero), script);
    if (chart->categories > 0)
        script_categories(chart, script);
    script_labels(chart, script);
    script_plot(chart, script);
}

const char *hr_chart_text(const hr_chart *chart, int64_t number)
{
    if (number == HR_SCRIPT_X_LABEL)
        return chart->x_label;
    if (number == HR_SCRIPT_Y_LABEL)
        return chart->y_label;
    if (number == HR_SCRIPT_TITLE)
        return chart->title;
    number -= HR_SCRIPT_LABELS;
    if (number >= 0 && number < chart->labels)
        return chart->label[number].text;
    number -= chart->labels;
    return number >= 0 && number < chart->categories ? chart->category[number] : NULL;
}
