#include "io/charts/gnuplot.h"
#include "trainer/html/html.h"
#include "trainer/many_models/side_cells.h"
#include "trainer/many_models/side_reports.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 480, ROW_HEIGHT = 22, AXES_HEIGHT = 70, SCATTER_HEIGHT = 380 };

/* The figure that models are ordered by, and its name. */
static double deciding(const hr_side_by_side *s, int i)
{
    return s->side[i].rankings.at[s->deciding].of.value;
}

static const char *deciding_name(const hr_side_by_side *s)
{
    return s->side[0].rankings.table.figure[s->deciding].name;
}

static hr_status draw_quality(hr_html *html, const hr_side_by_side *s, hr_error *err)
{
    const char *name[HR_MOST_ENTRIES];
    char title[96], description[160];
    double value[HR_MOST_ENTRIES], position[HR_MOST_ENTRIES];
    for (int i = 0; i < s->count; i++) {
        name[i] = s->side[i].entry->name;
        value[i] = deciding(s, i);
        position[i] = (double)i;
    }
    snprintf(title, sizeof title, "%s by model", deciding_name(s));
    snprintf(description, sizeof description, "%s of %d models, from %.4f of %s down to %.4f of %s.",
             deciding_name(s), s->count, value[0], name[0], value[s->count - 1], name[s->count - 1]);
    const hr_chart chart = {.title = title,
                            .description = description,
                            .x_label = deciding_name(s),
                            .y_label = "",
                            .from_zero = true,
                            .width = WIDTH,
                            .height = AXES_HEIGHT + ROW_HEIGHT * s->count,
                            .count = 1,
                            .series = {{HR_MARK_ACROSS, 0, s->count, value, position, NULL}},
                            .categories = s->count,
                            .category = name};
    return hr_html_chart(html, &chart, 1, NULL, NULL, err);
}

/* Where the name of a point goes: to the right of it or, in the right quarter of the chart, as far to its left as the name
 * is long. The axis is logarithmic. */
static double name_position(double seconds, double least, double most, const char *name)
{
    const double span = most > least ? log(most / least) : 1.0, letter = 9.0 / (double)WIDTH;
    if (log(seconds / least) < 0.75 * span)
        return seconds;
    return seconds * exp(-span * letter * (2.0 + (double)strlen(name)) / 0.75);
}

static hr_status draw_costs(hr_html *html, const hr_side_by_side *s, hr_error *err)
{
    char title[96], description[160];
    double value[HR_MOST_ENTRIES], seconds[HR_MOST_ENTRIES];
    double least = INFINITY, most = 0.0;
    hr_chart_label label[HR_MOST_ENTRIES];
    for (int i = 0; i < s->count; i++) {
        value[i] = deciding(s, i);
        seconds[i] = fmax(s->side[i].seconds_train, 1e-3);
        least = fmin(least, seconds[i]);
        most = fmax(most, seconds[i]);
    }
    for (int i = 0; i < s->count; i++) {
        const char *name = s->side[i].entry->name;
        label[i] = (hr_chart_label){name_position(seconds[i], least, most, name), value[i], name};
    }
    snprintf(title, sizeof title, "%s and seconds to train", deciding_name(s));
    snprintf(description, sizeof description,
             "A point a model: seconds to train on a logarithmic axis, and %s; the table has the numbers.",
             deciding_name(s));
    const hr_chart chart = {.title = title,
                            .description = description,
                            .x_label = "seconds to train",
                            .y_label = deciding_name(s),
                            .x = HR_AXIS_LOG,
                            .width = WIDTH,
                            .height = SCATTER_HEIGHT,
                            .count = 1,
                            .series = {{HR_MARK_POINTS, 1, s->count, seconds, value, NULL}},
                            .labels = s->count,
                            .label = label};
    return hr_html_chart(html, &chart, 1, NULL, NULL, err);
}

static void write_table(hr_html *html, const hr_side_cells *cells)
{
    const char *cell[HR_SIDE_COLUMNS];
    for (int c = 0; c < cells->columns; c++)
        cell[c] = cells->title.cell[c];
    hr_html_table(html, cells->columns, cell, ~1U);
    for (int r = 0; r < cells->rows; r++) {
        for (int c = 0; c < cells->columns; c++)
            cell[c] = cells->row[r].cell[c];
        hr_html_row(html, cells->columns, cell, ~1U);
    }
    hr_html_table_end(html);
}

static void write_reasons(hr_html *html, const hr_entries *entries)
{
    static const char *const titles[] = {"model", "why"};
    int left_out = 0;
    for (int i = 0; i < entries->count; i++)
        left_out += *entries->entry[i].reason != '\0';
    hr_html_section(html, "left-out", "Not compared");
    if (left_out == 0) {
        hr_html_paragraph(html, "All models that were asked for are compared.");
    } else {
        hr_html_table(html, 2, titles, 0);
        for (int i = 0; i < entries->count; i++)
            if (*entries->entry[i].reason)
                hr_html_fact(html, entries->entry[i].name, "%s", entries->entry[i].reason);
        hr_html_table_end(html);
    }
    hr_html_section_end(html);
}

static hr_status draw(hr_html *html, const hr_side_by_side *s, hr_error *err)
{
    hr_status status = HR_OK;
    hr_error missing;
    if (s->count == 0)
        return HR_OK;
    if (hr_gnuplot_check("charts", &missing) != HR_OK) {
        hr_html_paragraph(html, "No charts: gnuplot was not installed.");
        return HR_OK;
    }
    hr_html_charts(html, false);
    HR_TRY(draw_quality(html, s, err));
    HR_TRY(draw_costs(html, s, err));
    hr_html_charts_end(html);
done:
    return status;
}

hr_status hr_side_page(const hr_side_by_side *s, FILE *out, hr_error *err)
{
    static const char *const id[] = {"rankings", "ratings", "left-out", NULL};
    static const char *const title[] = {"Rankings", "Ratings", "Not compared", NULL};
    hr_status status = HR_OK;
    hr_side_cells rankings = {0}, errors = {0};
    char text[HR_SIDE_SENTENCE];
    hr_html html = {.out = out};
    HR_TRY(hr_side_rankings(&rankings, s, err));
    HR_TRY(hr_side_errors(&errors, s, err));
    hr_html_begin(&html, "halorec: models side by side");
    hr_html_contents(&html, id, title);
    hr_html_section(&html, id[0], title[0]);
    hr_side_subject(s, text);
    hr_html_element(&html, "p", text);
    write_table(&html, &rankings);
    hr_side_legend(s, text);
    hr_html_element(&html, "p", text);
    HR_TRY(draw(&html, s, err));
    hr_html_section_end(&html);
    hr_html_section(&html, id[1], title[1]);
    if (errors.rows > 0)
        write_table(&html, &errors);
    else
        hr_html_paragraph(&html, "None of these models predicts ratings.");
    hr_html_section_end(&html);
    write_reasons(&html, s->entries);
    hr_html_end(&html);
done:
    hr_side_cells_free(&rankings);
    hr_side_cells_free(&errors);
    return status;
}
