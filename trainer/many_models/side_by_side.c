#include "trainer/many_models/side_by_side.h"

#include "io/base/memory.h"
#include "trainer/comparison/compared_models.h"
#include "trainer/many_models/result_file.h"
#include "trainer/simd/rounding.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Values are multiples of it, so that sums of them come out the same in any order (figure_table.h). */
static const double unit = 0x1p-30, error_unit = 0x1p-20;

/* Tells the least and the most of single seeds. Collective. */
static hr_status note_spread(hr_side_figures *figures, const hr_comm *comm, const hr_figure_table *table,
                             bool is_first, hr_error *err)
{
    hr_estimate one[HR_MOST_FIGURES];
    if (table->figures == 0)
        return HR_OK;
    const hr_status status = hr_estimate_figures(comm, table, 0, 0, one, err);
    for (int f = 0; f < table->figures && status == HR_OK; f++) {
        const double value = one[f].value;
        figures->at[f].least = is_first ? value : fmin(figures->at[f].least, value);
        figures->at[f].most = is_first ? value : fmax(figures->at[f].most, value);
    }
    return status;
}

/* Takes a seed's table, or adds its values to those of the seeds before. Collective. */
static hr_status add_seed(hr_side_figures *figures, const hr_comm *comm, hr_figure_table *table,
                          bool is_first, hr_error *err)
{
    const hr_status status = note_spread(figures, comm, table, is_first, err);
    const int64_t values = table->users * table->figures;
    if (is_first) {
        figures->table = *table;
        *table = (hr_figure_table){0};
    } else {
        for (int64_t i = 0; i < values; i++)
            figures->table.value[i] += table->value[i];
    }
    return status;
}

static void divide(hr_side_figures *figures, int64_t seeds)
{
    const hr_figure_table *t = &figures->table;
    for (int64_t i = 0; i < t->users * t->figures && seeds > 1; i++)
        t->value[i] = hr_round_to_unit(t->value[i] / (double)seeds,
                                       t->figure[i % t->figures].is_error ? error_unit : unit);
}

static double number(const json_t *about, const char *name)
{
    const json_t *value = json_object_get(about, name);
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

/* Adds what training and scoring took to sums over seeds. */
static void add_costs(hr_side *side, const json_t *about, bool is_first)
{
    const int64_t ranks = (int64_t)number(about, "ranks");
    const double peak = number(about, "peak_memory");
    const json_t *coverage = json_object_get(about, "coverage");
    side->seconds_train += number(about, "seconds_train");
    side->seconds_score += number(about, "seconds_score");
    side->peak_memory = is_first || peak > side->peak_memory || isnan(peak) ? peak : side->peak_memory;
    side->ranks = is_first || ranks == side->ranks ? ranks : 0;
    for (size_t i = 0; i < json_array_size(coverage) && i < HR_MAX_CUTOFFS; i++)
        side->coverage[i] += json_number_value(json_array_get(coverage, i));
}

/* HR_USAGE unless the tables have the same users and figures. */
static hr_status check_same(const hr_figure_table *a, const hr_figure_table *b, const hr_entry *entry,
                            hr_error *err)
{
    const size_t bytes = (size_t)a->users * sizeof *a->user;
    if (a->users == b->users && a->figures == b->figures && memcmp(a->user, b->user, bytes) == 0)
        return HR_OK;
    return hr_fail(
        err, HR_USAGE,
        "%s was evaluated on other users than the models before it: compare models with one --valid",
        entry->name);
}

/* Reads the results of one entry. Collective. */
static hr_status read_side(hr_side *side, const hr_comm *comm, const hr_many_models *m, hr_error *err)
{
    hr_status status = HR_OK;
    hr_result result = {0};
    char path[PATH_MAX];
    side->seeds = hr_entry_seeds(m, side->entry);
    for (int64_t seed = 1; seed <= side->seeds; seed++) {
        status = hr_entry_path(m, side->entry, seed, ".result.h5", path, err);
        if (status == HR_OK)
            status = hr_result_read(&result, comm, path, err);
        if (status == HR_OK && seed > 1)
            status = check_same(&side->rankings.table, &result.rankings, side->entry, err);
        HR_TRY(hr_agree(comm, status, NULL, err));
        add_costs(side, result.about, seed == 1);
        HR_TRY(add_seed(&side->rankings, comm, &result.rankings, seed == 1, err));
        HR_TRY(add_seed(&side->errors, comm, &result.errors, seed == 1, err));
        hr_result_free(&result);
    }
    divide(&side->rankings, side->seeds);
    divide(&side->errors, side->seeds);
    side->seconds_train /= (double)side->seeds;
    side->seconds_score /= (double)side->seeds;
    for (int i = 0; i < HR_MAX_CUTOFFS; i++)
        side->coverage[i] /= (double)side->seeds;
done:
    hr_result_free(&result);
    return status;
}

/* Estimates the figures of one model. Collective. */
static hr_status estimate(hr_side_figures *figures, const hr_comm *comm, const hr_many_models *m,
                          hr_error *err)
{
    hr_estimate all[HR_MOST_FIGURES];
    if (figures->table.figures == 0)
        return HR_OK;
    const hr_status status =
        hr_estimate_figures(comm, &figures->table, m->replicates, m->evaluation.seed, all, err);
    for (int f = 0; f < figures->table.figures && status == HR_OK; f++)
        figures->at[f].of = all[f];
    return status;
}

/* Compares a model with the best one, which has no difference to itself. Collective. */
static hr_status compare(hr_side_figures *figures, const hr_comm *comm, const hr_many_models *m,
                         const hr_side_figures *best, hr_error *err)
{
    hr_difference all[HR_MOST_FIGURES];
    if (figures == best)
        return HR_OK;
    const hr_status status =
        hr_compare_figures(comm, &best->table, &figures->table, m->replicates, m->evaluation.seed, all, err);
    for (int f = 0; f < figures->table.figures && status == HR_OK; f++)
        figures->at[f].difference = all[f];
    return status;
}

/* ndcg at the largest k; figures are in order of k. */
static int find_deciding(const hr_side_figures *figures)
{
    int deciding = 0;
    for (int f = 0; f < figures->table.figures; f++)
        if (strncmp(figures->table.figure[f].name, "ndcg@", strlen("ndcg@")) == 0)
            deciding = f;
    return deciding;
}

/* The best first; few models, and equal ones stay in the order asked for. */
static hr_status sort(hr_side_by_side *s, hr_error *err)
{
    hr_status status = HR_OK;
    hr_side *moved = NULL;
    HR_ALLOC(moved, 1);
    for (int i = 1; i < s->count; i++) {
        int to = i;
        while (to > 0 && s->side[to - 1].rankings.at[s->deciding].of.value <
                             s->side[i].rankings.at[s->deciding].of.value)
            to--;
        *moved = s->side[i];
        memmove(&s->side[to + 1], &s->side[to], (size_t)(i - to) * sizeof *s->side);
        s->side[to] = *moved;
    }
done:
    free(moved);
    return status;
}

static void find_best_errors(hr_side_by_side *s)
{
    s->best_errors = -1;
    for (int i = 0; i < s->count; i++) {
        const hr_side_figures *e = &s->side[i].errors;
        if (e->table.figures > 0 &&
            (s->best_errors < 0 || e->at[0].of.value < s->side[s->best_errors].errors.at[0].of.value))
            s->best_errors = i;
    }
}

/* Estimates, order, differences. Collective. */
static hr_status compare_all(hr_side_by_side *s, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_many_models *m = s->m;
    for (int i = 0; i < s->count; i++) {
        status = check_same(&s->side[0].rankings.table, &s->side[i].rankings.table, s->side[i].entry, err);
        HR_TRY(hr_agree(comm, status, NULL, err));
        HR_TRY(estimate(&s->side[i].rankings, comm, m, err));
        HR_TRY(estimate(&s->side[i].errors, comm, m, err));
    }
    s->deciding = s->count > 0 ? find_deciding(&s->side[0].rankings) : 0;
    HR_TRY(hr_agree(comm, sort(s, err), NULL, err));
    find_best_errors(s);
    for (int i = 0; i < s->count; i++) {
        HR_TRY(compare(&s->side[i].rankings, comm, m, &s->side[0].rankings, err));
        if (s->side[i].errors.table.figures > 0)
            HR_TRY(compare(&s->side[i].errors, comm, m, &s->side[s->best_errors].errors, err));
    }
done:
    return status;
}

hr_status hr_side_by_side_make(hr_side_by_side *s, const hr_comm *comm, const hr_many_models *m,
                               const hr_entries *entries, hr_error *err)
{
    hr_status status = HR_OK;
    s->m = m;
    s->entries = entries;
    s->side = hr_alloc(entries->count, sizeof *s->side);
    if (!s->side)
        status = hr_fail_memory(err, entries->count, sizeof *s->side, "the comparison");
    HR_TRY(hr_agree(comm, status, NULL, err));
    for (int i = 0; i < entries->count; i++)
        if (!*entries->entry[i].reason) {
            s->side[s->count].entry = &entries->entry[i];
            HR_TRY(read_side(&s->side[s->count++], comm, m, err));
        }
    HR_TRY(compare_all(s, comm, err));
done:
    return status;
}

void hr_side_by_side_free(hr_side_by_side *s)
{
    for (int i = 0; i < s->count; i++) {
        hr_figure_table_free(&s->side[i].rankings.table);
        hr_figure_table_free(&s->side[i].errors.table);
    }
    free(s->side);
    *s = (hr_side_by_side){0};
}

bool hr_side_is_chance(const hr_side_figures *figures, int figure)
{
    return figures->at[figure].difference.chance >= HR_CHANCE_LIMIT;
}

int hr_side_find(const hr_side_figures *figures, const char *name)
{
    for (int f = 0; f < figures->table.figures; f++)
        if (strcmp(figures->table.figure[f].name, name) == 0)
            return f;
    return -1;
}
