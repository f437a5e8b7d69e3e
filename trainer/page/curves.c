#include "trainer/page/training_section.h"

#include <math.h>
#include <string.h>

enum { WIDTH = 480, HEIGHT = 320, DESCRIPTION = 512 };

/* Lines of a chart, and their legend. */
typedef struct lines {
    hr_chart chart;
    int names;
    const char *name[HR_MOST_SERIES];
    int colour[HR_MOST_SERIES];
    char description[DESCRIPTION];
} lines;

static lines lines_of(const char *title, bool from_zero)
{
    return (lines){.chart = {.title = title,
                             .x_label = "epoch",
                             .y_label = "",
                             .x = HR_AXIS_WHOLE,
                             .from_zero = from_zero,
                             .width = WIDTH,
                             .height = HEIGHT}};
}

/* "loss from 0.69 to 0.31, lowest 0.30 at epoch 18. " */
static void describe(lines *l, const char *name, const hr_history *h, const char *column)
{
    const double *value = hr_history_find(h, column), *epoch = hr_history_find(h, "epoch");
    const int64_t low = hr_history_best(h, column, false), high = hr_history_best(h, column, true);
    const size_t used = strlen(l->description);
    snprintf(l->description + used, sizeof l->description - used,
             "%s: lowest %.5g at epoch %.0f, highest %.5g at epoch %.0f, last %.5g. ", name, value[low],
             epoch[low], value[high], epoch[high], hr_history_last(h, column));
}

/* Adds a column of a log, where it has one. */
static void add(lines *l, const char *name, const hr_history *h, const char *column, hr_mark mark, int colour)
{
    if (hr_history_best(h, column, true) < 0 || l->chart.count == HR_MOST_SERIES)
        return;
    l->chart.series[l->chart.count++] = (hr_series){.mark = mark,
                                                    .colour = colour,
                                                    .count = h->lines,
                                                    .x = hr_history_find(h, "epoch"),
                                                    .y = hr_history_find(h, column)};
    l->name[l->names] = name;
    l->colour[l->names++] = colour;
    describe(l, name, h, column);
}

static hr_status draw(hr_html *html, lines *l, hr_error *err)
{
    l->chart.description = l->description;
    return l->chart.count > 0 ? hr_html_chart(html, &l->chart, l->names, l->name, l->colour, err) : HR_OK;
}

/* A column of all runs that have it. */
static hr_status draw_column(hr_html *html, const hr_runs *runs, const char *title, const char *column,
                             hr_error *err)
{
    lines l = lines_of(title, false);
    for (int r = 0; r < runs->count; r++)
        add(&l, runs->name[r], &runs->history[r], column, HR_MARK_LINE, r);
    return draw(html, &l, err);
}

/* Loss of train, and BPR of the validation part where it was measured. */
static hr_status draw_loss(hr_html *html, const hr_runs *runs, hr_error *err)
{
    lines l = lines_of("Loss", false);
    for (int r = 0; r < runs->count; r++)
        add(&l, runs->count == 1 ? "train" : runs->name[r], &runs->history[r], "loss", HR_MARK_LINE, r);
    if (runs->count == 1)
        add(&l, "validation, BPR", &runs->history[0], "valid_bpr", HR_MARK_LINE, 1);
    return draw(html, &l, err);
}

static bool has(const hr_runs *runs, const char *column)
{
    for (int r = 0; r < runs->count; r++)
        if (hr_history_best(&runs->history[r], column, true) >= 0)
            return true;
    return false;
}

/* The lesser figures of one run in one chart. */
static hr_status draw_others(hr_html *html, const hr_history *h, hr_error *err)
{
    static const char *const names[] = {"hit@20", "mrr@20", "precision@20", "map@20"};
    lines l = lines_of("Hit rate, MRR, precision, MAP", true);
    for (int i = 0; i < 4; i++)
        add(&l, names[i], h, names[i], HR_MARK_LINE, i + 4);
    return draw(html, &l, err);
}

hr_status hr_page_curves(hr_html *html, const hr_runs *runs, hr_error *err)
{
    static const struct {
        const char *title, *column;
    } columns[] = {{"Recall of 20, validation", "recall@20"},
                   {"NDCG of 20, validation", "ndcg@20"},
                   {"AUC, validation", "valid_auc"},
                   {"RMSE, validation", "rmse"},
                   {"Mean absolute error, validation", "mae"}};
    hr_status status = HR_OK;
    hr_html_section(html, "curves", "Training");
    hr_html_charts(html, false);
    HR_TRY(draw_loss(html, runs, err));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (has(runs, columns[i].column))
            HR_TRY(draw_column(html, runs, columns[i].title, columns[i].column, err));
    if (runs->count == 1)
        HR_TRY(draw_others(html, &runs->history[0], err));
    hr_html_charts_end(html);
    if (has(runs, "valid_bpr"))
        hr_html_paragraph(
            html,
            "Validation compares each held-out movie with one drawn at random from those that the "
            "user has not rated: its BPR and its AUC. Training draws harder negatives.");
    hr_html_section_end(html);
done:
    return status;
}
