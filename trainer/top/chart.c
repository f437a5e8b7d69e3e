#include "trainer/top/chart.h"

#include "io/base/memory.h"
#include "io/base/sort.h"

#include <math.h>
#include <stdbool.h>

/* An entry, and what decides between equals. */
typedef struct ranked {
    hr_chart_entry entry;
    int64_t ratings;
} ranked;

static int by_rank(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->entry.score != y->entry.score)
        return x->entry.score > y->entry.score ? -1 : 1;
    if (x->ratings != y->ratings)
        return x->ratings > y->ratings ? -1 : 1;
    return (x->entry.movie > y->entry.movie) - (x->entry.movie < y->entry.movie);
}

/* The number of ratings at the percentile of movies with a rating; 0 where there is none. */
static hr_status find_busy(const hr_chart *chart, double *busy, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *rated = NULL, count = 0;
    *busy = 0.0;
    HR_ALLOC(rated, chart->tally->movies);
    for (int64_t m = 0; m < chart->tally->movies; m++)
        if (chart->tally->ratings[m] > 0)
            rated[count++] = chart->tally->ratings[m];
    hr_sort_i64(rated, count);
    if (count > 0)
        *busy = (double)rated[(int64_t)(chart->percentile / 100.0 * (double)(count - 1))];
done:
    free(rated);
    return status;
}

static double trend(const hr_movie_tally *t, int64_t movie)
{
    const double earlier = (double)(t->ratings[movie] - t->recent[movie]);
    const double all_earlier = (double)(t->all - t->all_recent);
    const double expected = all_earlier > 0.0 ? earlier * (double)t->all_recent / all_earlier : 0.0;
    return ((double)t->recent[movie] - expected) / sqrt(expected + 1.0);
}

/* What the movie is ranked by; -INFINITY where it is not listed. */
static double score_of(const hr_chart *chart, double busy, int64_t movie)
{
    const hr_movie_tally *t = chart->tally;
    const double ratings = (double)t->ratings[movie];
    if (chart->allowed && !chart->allowed[movie])
        return -INFINITY;
    if (chart->order == HR_CHART_LATEST)
        return chart->year[movie] > 0 ? (double)chart->year[movie] : -INFINITY;
    if (t->ratings[movie] == 0)
        return -INFINITY;
    switch (chart->order) {
    case HR_CHART_FIRST_RATED:
        return t->first[movie] < INT64_MAX ? (double)t->first[movie] : -INFINITY;
    case HR_CHART_TRENDING:
        return trend(t, movie);
    case HR_CHART_RATED:
        return (t->sum[movie] + busy * t->mean) / (ratings + busy);
    default:
        return ratings;
    }
}

hr_status hr_chart_make(const hr_chart *chart, int64_t top, hr_chart_entry *entry, int64_t *count,
                        hr_error *err)
{
    hr_status status = HR_OK;
    double busy = 0.0;
    ranked *all = NULL;
    int64_t listed = 0;
    HR_ALLOC(all, chart->tally->movies);
    if (chart->order == HR_CHART_RATED)
        HR_TRY(find_busy(chart, &busy, err));
    for (int64_t m = 0; m < chart->tally->movies; m++) {
        const double score = score_of(chart, busy, m);
        if (score > -INFINITY)
            all[listed++] = (ranked){{m, score}, chart->tally->ratings[m]};
    }
    if (listed > 0)
        qsort(all, (size_t)listed, sizeof *all, by_rank);
    *count = listed < top ? listed : top;
    for (int64_t i = 0; i < *count; i++)
        entry[i] = all[i].entry;
done:
    free(all);
    return status;
}
