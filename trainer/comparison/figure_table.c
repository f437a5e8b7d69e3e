#include "trainer/comparison/figure_table.h"

#include "io/base/memory.h"
#include "io/base/sort.h"
#include "trainer/simd/rounding.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

const char *const hr_segment_names[HR_SEGMENTS] = {
    "all", "new_users", "regular_users", "popular_movies", "tail_movies", "ratings"};

/* Of values, as of metrics.c; of squared errors it leaves room for sums over 2^23 users with many ratings. */
static const double unit = 0x1p-30, error_unit = 0x1p-20;

/* Names figures in the order of set_user. */
static void name(hr_figure_table *t, hr_segment segment, const char *what, int64_t k)
{
    hr_figure *f = &t->figure[t->figures++];
    *f = (hr_figure){.segment = segment};
    if (k > 0)
        snprintf(f->name, sizeof f->name, "%s@%" PRId64, what, k);
    else
        snprintf(f->name, sizeof f->name, "%s", what);
}

static void name_figures(hr_figure_table *t, const hr_cutoffs *cutoffs, bool has_errors)
{
    static const char *const at[] = {"recall", "ndcg", "precision",    "hit",
                                     "mrr",    "map",  "capped_recall"}; /* as in hr_metrics_at */
    name(t, HR_SEGMENT_ALL, "auc", 0);
    for (int i = 0; i < cutoffs->count; i++)
        for (size_t figure = 0; figure < sizeof at / sizeof *at; figure++)
            name(t, HR_SEGMENT_ALL, at[figure], cutoffs->k[i]);
    for (hr_segment s = HR_SEGMENT_NEW; s <= HR_SEGMENT_REGULAR; s++) {
        name(t, s, "auc", 0);
        for (int i = 0; i < cutoffs->count; i++) {
            name(t, s, "recall", cutoffs->k[i]);
            name(t, s, "ndcg", cutoffs->k[i]);
        }
    }
    for (hr_segment s = HR_SEGMENT_POPULAR; s <= HR_SEGMENT_TAIL; s++)
        for (int i = 0; i < cutoffs->count; i++)
            name(t, s, "recall", cutoffs->k[i]);
    if (!has_errors)
        return;
    name(t, HR_SEGMENT_RATINGS, "rmse", 0);
    t->figure[t->figures - 1].is_root = true;
    name(t, HR_SEGMENT_RATINGS, "mae", 0);
    t->figure[t->figures - 1].is_error = t->figure[t->figures - 2].is_error = true;
}

static double recall_of(int64_t hits, int64_t held)
{
    return held > 0 ? hr_round_to_unit((double)hits / (double)held, unit) : 0.0;
}

/* Values of all users. */
static double *set_all(const hr_user_figure *u, const hr_cutoffs *cutoffs, double *value)
{
    *value++ = u->metrics.auc;
    for (int i = 0; i < cutoffs->count; i++) {
        memcpy(value, &u->metrics.at[i], sizeof u->metrics.at[i]);
        value += sizeof u->metrics.at[i] / sizeof *value;
    }
    return value;
}

static double *set_users_segment(const hr_user_figure *u, const hr_cutoffs *cutoffs, double is_in,
                                 double *value)
{
    *value++ = is_in * u->metrics.auc;
    for (int i = 0; i < cutoffs->count; i++) {
        *value++ = is_in * u->metrics.at[i].recall;
        *value++ = is_in * u->metrics.at[i].ndcg;
    }
    return value;
}

static void set_user(const hr_user_figure *u, const hr_cutoffs *cutoffs, int64_t new_below, bool has_errors,
                     double weight[HR_SEGMENTS], double *value)
{
    const bool is_new = u->train < new_below;
    const int64_t tail = u->held - u->held_popular;
    weight[HR_SEGMENT_ALL] = 1.0;
    weight[HR_SEGMENT_NEW] = is_new;
    weight[HR_SEGMENT_REGULAR] = !is_new;
    weight[HR_SEGMENT_POPULAR] = u->held_popular > 0;
    weight[HR_SEGMENT_TAIL] = tail > 0;
    weight[HR_SEGMENT_RATINGS] = u->ratings;
    value = set_all(u, cutoffs, value);
    value = set_users_segment(u, cutoffs, weight[HR_SEGMENT_NEW], value);
    value = set_users_segment(u, cutoffs, weight[HR_SEGMENT_REGULAR], value);
    for (int i = 0; i < cutoffs->count; i++)
        *value++ = recall_of(u->hits_popular[i], u->held_popular);
    for (int i = 0; i < cutoffs->count; i++) {
        const double hits = round(u->metrics.at[i].recall * (double)u->held);
        *value++ = recall_of((int64_t)hits - u->hits_popular[i], tail);
    }
    if (!has_errors)
        return;
    *value++ = hr_round_to_unit(u->squared, error_unit);
    *value++ = hr_round_to_unit(u->absolute, error_unit);
}

hr_status hr_figure_table_create(hr_figure_table *t, const hr_user_figures *figures,
                                 const hr_cutoffs *cutoffs, int64_t new_below, bool has_errors, hr_error *err)
{
    hr_status status = HR_OK;
    name_figures(t, cutoffs, has_errors);
    t->users = figures->count;
    HR_ALLOC(t->user, t->users);
    HR_ALLOC(t->weight, t->users * HR_SEGMENTS);
    HR_ALLOC(t->value, t->users * t->figures);
    for (int64_t i = 0; i < t->users; i++) {
        t->user[i] = figures->figure[i].user;
        set_user(&figures->figure[i], cutoffs, new_below, has_errors, t->weight + i * HR_SEGMENTS,
                 t->value + i * t->figures);
    }
done:
    return status;
}

void hr_figure_table_free(hr_figure_table *t)
{
    free(t->user);
    free(t->weight);
    free(t->value);
    *t = (hr_figure_table){0};
}

hr_status hr_popular_mark(const int32_t *count, int64_t movies, double popular_share, uint8_t *is_popular,
                          int64_t *least, hr_error *err)
{
    hr_status status = HR_OK;
    int32_t *sorted = NULL;
    int64_t unrated = 0;
    HR_ALLOC(sorted, movies);
    memcpy(sorted, count, (size_t)movies * sizeof *sorted);
    hr_sort_i32(sorted, movies);
    while (unrated < movies && sorted[unrated] == 0)
        unrated++;
    const int64_t popular = (int64_t)ceil(popular_share * (double)(movies - unrated));
    *least = popular > 0 ? sorted[movies - popular] : INT32_MAX;
    for (int64_t m = 0; m < movies; m++)
        is_popular[m] = count[m] >= *least;
done:
    free(sorted);
    return status;
}
