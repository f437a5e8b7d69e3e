#include "trainer/page/model_sections.h"
#include "trainer/report/segments_report.h"

#include <inttypes.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

/* A table with a column for each length of lists: narrow enough for a phone. */
static void begin_by_cutoff(hr_html *html, const hr_cutoffs *cutoffs)
{
    char text[HR_MAX_CUTOFFS][HR_HTML_CELL];
    const char *title[1 + HR_MAX_CUTOFFS] = {"figure"};
    for (int i = 0; i < cutoffs->count; i++) {
        snprintf(text[i], HR_HTML_CELL, "lists of %" PRId64, cutoffs->k[i]);
        title[i + 1] = text[i];
    }
    hr_html_table(html, 1 + cutoffs->count, title, ~1U);
}

/* A row of it: the double at `offset` of each of the members, which are `stride` bytes apart. */
static void print_by_cutoff(hr_html *html, const hr_cutoffs *cutoffs, const char *name, const char *format,
                            const void *members, size_t stride, size_t offset)
{
    char text[HR_MAX_CUTOFFS][HR_HTML_CELL];
    const char *cell[1 + HR_MAX_CUTOFFS] = {name};
    for (int i = 0; i < cutoffs->count; i++) {
        double value = NAN;
        memcpy(&value, (const char *)members + (size_t)i * stride + offset, sizeof value);
        if (isnan(value))
            strcpy(text[i], "–");
        else
            snprintf(text[i], HR_HTML_CELL, format, value);
        cell[i + 1] = text[i];
    }
    hr_html_row(html, 1 + cutoffs->count, cell, ~1U);
}

static void print_metrics(hr_html *html, const hr_quality *q)
{
    static const struct {
        const char *name;
        size_t offset;
    } metrics[] = {{"recall", offsetof(hr_metrics_at, recall)},
                   {"ndcg", offsetof(hr_metrics_at, ndcg)},
                   {"precision", offsetof(hr_metrics_at, precision)},
                   {"hit rate", offsetof(hr_metrics_at, hit)},
                   {"mean reciprocal rank", offsetof(hr_metrics_at, mrr)},
                   {"mean average precision", offsetof(hr_metrics_at, map)}};
    begin_by_cutoff(html, &q->call.cutoffs);
    for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++)
        print_by_cutoff(html, &q->call.cutoffs, metrics[i].name, "%.4f", q->model.metrics.at,
                        sizeof *q->model.metrics.at, metrics[i].offset);
    hr_html_table_end(html);
}

static void print_lists(hr_html *html, const hr_quality *q)
{
    const hr_list_figures_at *at = q->model.lists;
    const hr_cutoffs *cutoffs = &q->call.cutoffs;
    begin_by_cutoff(html, cutoffs);
    print_by_cutoff(html, cutoffs, "coverage", "%.3f", at, sizeof *at,
                    offsetof(hr_list_figures_at, coverage));
    print_by_cutoff(html, cutoffs, "Gini index", "%.3f", at, sizeof *at, offsetof(hr_list_figures_at, gini));
    print_by_cutoff(html, cutoffs, "novelty, bits", "%.2f", at, sizeof *at,
                    offsetof(hr_list_figures_at, novelty));
    for (int w = 0; w < q->model.known.similarity.count; w++) {
        char name[HR_HTML_CELL];
        snprintf(name, sizeof name, "diversity of %s", q->model.known.similarity.by[w].by);
        print_by_cutoff(html, cutoffs, name, "%.3f", at, sizeof *at,
                        offsetof(hr_list_figures_at, diversity) + (size_t)w * sizeof(double));
    }
    hr_html_table_end(html);
}

/* "0.2311 (0.2201–0.2419)" */
static void format_estimate(const hr_estimate *e, char cell[HR_HTML_CELL])
{
    if (isnan(e->value))
        strcpy(cell, "–");
    else if (isnan(e->low))
        snprintf(cell, HR_HTML_CELL, "%.4f", e->value);
    else
        snprintf(cell, HR_HTML_CELL, "%.4f (%.4f–%.4f)", e->value, e->low, e->high);
}

/* The estimate of a figure of a segment; NULL where the table has none. */
static const hr_estimate *find(const hr_evaluated_model *m, hr_segment segment, const char *name)
{
    for (int f = 0; f < m->table.figures; f++)
        if (m->table.figure[f].segment == segment && strcmp(m->table.figure[f].name, name) == 0)
            return &m->estimate[f];
    return NULL;
}

static void print_segments(hr_html *html, const hr_evaluated_model *m)
{
    static const char *const titles[] = {"segment", "users", "recall@20", "ndcg@20"};
    hr_html_element(html, "h3", "By segment, with 95 % intervals");
    hr_html_table(html, 4, titles, 0xEU);
    for (int segment = HR_SEGMENT_ALL; segment < HR_SEGMENT_RATINGS; segment++) {
        char text[3][HR_HTML_CELL] = {"–", "–", "–"}, name[96];
        const hr_estimate *recall = find(m, (hr_segment)segment, "recall@20"),
                          *ndcg = find(m, (hr_segment)segment, "ndcg@20");
        if (!recall)
            continue;
        hr_segment_describe(m, (hr_segment)segment, name, sizeof name);
        snprintf(text[0], HR_HTML_CELL, "%.0f", recall->weight);
        format_estimate(recall, text[1]);
        if (ndcg)
            format_estimate(ndcg, text[2]);
        hr_html_row(html, 4, (const char *const[]){name, text[0], text[1], text[2]}, 0xEU);
    }
    hr_html_table_end(html);
}

static hr_status print_measured(hr_html *html, const hr_run_model *model, const hr_quality *quality,
                                hr_error *err)
{
    hr_status status = HR_OK;
    const hr_evaluated_model *m = &quality->model;
    hr_html_paragraph(
        html, "All movies are ranked for %.0f users, and compared with the ratings of the %s part. AUC %.4f.",
        m->metrics.users, quality->call.split_name, m->metrics.auc);
    if (m->has_errors)
        hr_html_paragraph(html, "Predicted ratings: RMSE %.4f, mean absolute error %.4f.", m->errors.rmse,
                          m->errors.mae);
    print_metrics(html, quality);
    print_segments(html, m);
    hr_html_element(html, "h3", "What the lists are like");
    print_lists(html, quality);
    hr_html_charts(html, false);
    HR_TRY(hr_page_popularity(html, model, quality, err));
    hr_html_charts_end(html);
    hr_html_element(
        html, "p",
        "Coverage: share of all movies that are in some list. Gini index: 0 where all movies are in "
        "equally many lists. Novelty: information in hearing that somebody rated a movie of the list. "
        "Diversity: 1 less the mean similarity of two movies of a list.");
done:
    return status;
}

hr_status hr_page_quality(hr_html *html, const hr_run_model *model, const hr_quality *quality, hr_error *err)
{
    hr_status status = HR_OK;
    hr_html_section(html, "quality", "Quality of lists");
    if (quality->measured)
        HR_TRY(print_measured(html, model, quality, err));
    else
        hr_html_element(html, "p", quality->why);
    hr_html_section_end(html);
done:
    return status;
}
