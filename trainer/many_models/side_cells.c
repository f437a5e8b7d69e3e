#include "trainer/many_models/side_cells.h"

#include "io/base/memory.h"
#include "io/base/utf8.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* A cell that is filled, of `row`. */
static char *next(hr_side_row *row, int *column)
{
    return row->cell[(*column)++];
}

/* "0.2601= 0.249-0.271". */
static void put_figure(const hr_side_figures *figures, const char *name, char cell[HR_SIDE_CELL])
{
    const int f = hr_side_find(figures, name);
    if (f < 0 || isnan(figures->at[f].of.value)) {
        strcpy(cell, "-");
        return;
    }
    const hr_estimate *e = &figures->at[f].of;
    int length =
        snprintf(cell, HR_SIDE_CELL, "%.4f%s", e->value, hr_side_is_chance(figures, f) ? HR_SIDE_CHANCE : "");
    if (!isnan(e->low))
        length += snprintf(cell + length, (size_t)(HR_SIDE_CELL - length), " %.3f-%.3f", e->low, e->high);
}

static void put_number(double value, const char *format, char cell[HR_SIDE_CELL])
{
    if (isnan(value))
        strcpy(cell, "-");
    else
        snprintf(cell, HR_SIDE_CELL, format, value);
}

/* The columns of figures that end a row. */
static int put_costs(const hr_side *side, hr_side_row *row, int column)
{
    put_number(side->seconds_train, "%.1f", next(row, &column));
    put_number(side->seconds_score, "%.2f", next(row, &column));
    put_number(1e-6 * side->peak_memory, "%.0f", next(row, &column));
    return column;
}

static int title_costs(hr_side_row *title, int column)
{
    strcpy(next(title, &column), "train s");
    strcpy(next(title, &column), "score s");
    strcpy(next(title, &column), "MB");
    return column;
}

/* The n-th figure of rankings; false where there are no more. Users who are held out whole are judged as by Liang et al.:
 * capped recall at each k but the largest, and ndcg at that. */
static bool name_figure(const hr_many_models *m, int n, char name[HR_FIGURE_NAME])
{
    const hr_cutoffs *cutoffs = &m->evaluation.cutoffs;
    const bool of_users = m->data.splits[HR_KNOWN] > 0;
    if (of_users ? n >= cutoffs->count : n >= 2 * cutoffs->count)
        return false;
    if (of_users)
        snprintf(name, HR_FIGURE_NAME, "%s@%d", n + 1 < cutoffs->count ? "capped_recall" : "ndcg",
                 (int)cutoffs->k[n]);
    else
        snprintf(name, HR_FIGURE_NAME, "%s@%d", n % 2 ? "ndcg" : "recall", (int)cutoffs->k[n / 2]);
    return true;
}

static void put_ranking(const hr_side_by_side *s, const hr_side *side, hr_side_row *row)
{
    char name[HR_FIGURE_NAME];
    int column = 0;
    snprintf(next(row, &column), HR_SIDE_CELL, "%s", side->entry->name);
    for (int n = 0; name_figure(s->m, n, name); n++)
        put_figure(&side->rankings, name, next(row, &column));
    put_number(side->coverage[s->m->evaluation.cutoffs.count - 1], "%.4f", next(row, &column));
    put_costs(side, row, column);
}

hr_status hr_side_rankings(hr_side_cells *cells, const hr_side_by_side *s, hr_error *err)
{
    hr_status status = HR_OK;
    char name[HR_FIGURE_NAME];
    const hr_cutoffs *cutoffs = &s->m->evaluation.cutoffs;
    HR_ALLOC(cells->row, s->count);
    strcpy(next(&cells->title, &cells->columns), "model");
    for (int n = 0; name_figure(s->m, n, name); n++)
        snprintf(next(&cells->title, &cells->columns), HR_SIDE_CELL, "%s", name);
    snprintf(next(&cells->title, &cells->columns), HR_SIDE_CELL, "coverage@%d",
             (int)cutoffs->k[cutoffs->count - 1]);
    cells->columns = title_costs(&cells->title, cells->columns);
    for (; cells->rows < s->count; cells->rows++)
        put_ranking(s, &s->side[cells->rows], &cells->row[cells->rows]);
done:
    return status;
}

/* The models that predict ratings by ascending rmse: side [count]. Returns how many. */
static int order_errors(const hr_side_by_side *s, const hr_side **side)
{
    int count = 0;
    for (int i = 0; i < s->count; i++) {
        const hr_side *it = &s->side[i];
        if (it->errors.table.figures == 0)
            continue;
        int to = count++;
        for (; to > 0 && side[to - 1]->errors.at[0].of.value > it->errors.at[0].of.value; to--)
            side[to] = side[to - 1];
        side[to] = it;
    }
    return count;
}

hr_status hr_side_errors(hr_side_cells *cells, const hr_side_by_side *s, hr_error *err)
{
    static const char *const titles[] = {"model", "rmse", "mae"};
    hr_status status = HR_OK;
    const hr_side *side[HR_MOST_ENTRIES];
    HR_ALLOC(cells->row, s->count);
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        strcpy(next(&cells->title, &cells->columns), titles[i]);
    cells->columns = title_costs(&cells->title, cells->columns);
    cells->rows = order_errors(s, side);
    for (int i = 0; i < cells->rows; i++) {
        int column = 0;
        snprintf(next(&cells->row[i], &column), HR_SIDE_CELL, "%s", side[i]->entry->name);
        put_figure(&side[i]->errors, "rmse", next(&cells->row[i], &column));
        put_figure(&side[i]->errors, "mae", next(&cells->row[i], &column));
        put_costs(side[i], &cells->row[i], column);
    }
done:
    return status;
}

void hr_side_cells_free(hr_side_cells *cells)
{
    free(cells->row);
    *cells = (hr_side_cells){0};
}

void hr_side_subject(const hr_side_by_side *s, char text[HR_SIDE_SENTENCE])
{
    char rule[HR_ESCAPED_LENGTH] = "unknown";
    const hr_dataset_summary *data = &s->m->data;
    if (*data->split)
        hr_escape(rule, sizeof rule, data->split, (int64_t)strlen(data->split));
    const double users = s->count > 0 ? s->side[0].rankings.at[s->deciding].of.weight : 0.0;
    snprintf(text, HR_SIDE_SENTENCE,
             "%s part of split %s, seed %" PRIu64 ": %.0f of %" PRId64 " users, %" PRId64 " movies, %" PRId64
             " train ratings.",
             s->m->evaluation.split_name, rule, data->split_seed, users, data->users, data->movies,
             data->splits[HR_TRAIN]);
}

void hr_side_legend(const hr_side_by_side *s, char text[HR_SIDE_SENTENCE])
{
    const int64_t replicates = s->m->replicates;
    int length = snprintf(text, HR_SIDE_SENTENCE, "The best model, by %s, is first.",
                          s->count > 0 ? s->side[0].rankings.table.figure[s->deciding].name : "ndcg");
    if (replicates > 0)
        length += snprintf(text + length, (size_t)(HR_SIDE_SENTENCE - length),
                           " Behind each figure is its 95 %% interval, of %" PRId64
                           " resamples of users. %s: no different from the best beyond chance (paired "
                           "randomisation, 0.05).",
                           replicates, HR_SIDE_CHANCE);
    if (s->m->seeds > 1)
        length += snprintf(text + length, (size_t)(HR_SIDE_SENTENCE - length),
                           " Figures are means of %" PRId64 " seeds.", s->m->seeds);
    snprintf(text + length, (size_t)(HR_SIDE_SENTENCE - length),
             " MB is the most memory of a rank, in training and scoring.");
}
