#include "trainer/evaluation/list_tally.h"

#include "io/base/memory.h"
#include "io/base/sort.h"

#include <math.h>
#include <stdio.h>

static hr_status tally_new(hr_list_tally *t, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(t->information, t->movies);
    HR_ALLOC(t->shown, t->cutoffs->count * t->movies);
done:
    return status;
}

hr_status hr_list_tally_create(hr_list_tally *tally, const hr_comm *comm, const hr_train_figures *train,
                               const hr_cutoffs *cutoffs, const hr_similarities *similarity, hr_error *err)
{
    tally->cutoffs = cutoffs;
    tally->similarity = similarity;
    tally->movies = train->movies;
    hr_status status = tally_new(tally, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    for (int64_t m = 0; m < tally->movies; m++)
        tally->information[m] = log2((double)train->users / fmax(train->of_movie[m], 1.0));
done:
    return status;
}

void hr_list_tally_free(hr_list_tally *tally)
{
    free(tally->information);
    free(tally->shown);
    *tally = (hr_list_tally){0};
}

/* The first movies of a list. */
typedef struct prefix {
    int64_t length;
    double information;
    double similarity[HR_MAX_SIMILARITIES]; /* summed over pairs */
} prefix;

static void extend(const hr_list_tally *t, const int32_t *movie, prefix *list)
{
    const int32_t next = movie[list->length];
    list->information += t->information[next];
    for (int way = 0; way < t->similarity->count; way++) {
        const hr_similarity *similarity = &t->similarity->by[way];
        for (int64_t i = 0; i < list->length; i++)
            list->similarity[way] += similarity->between(similarity->known, movie[i], next);
    }
    list->length++;
}

static void add_means(const prefix *list, int at, hr_list_sums *sums)
{
    const double length = (double)list->length, pairs = 0.5 * length * (length - 1.0);
    if (list->length == 0)
        return;
    sums->at[at].lists += 1.0;
    sums->at[at].novelty += list->information / length;
    if (list->length < 2)
        return;
    sums->at[at].comparable += 1.0;
    for (int way = 0; way < HR_MAX_SIMILARITIES; way++)
        sums->at[at].similarity[way] += list->similarity[way] / pairs;
}

void hr_list_tally_add(hr_list_tally *tally, const int32_t *movie, int64_t length, hr_list_sums *sums)
{
    prefix list = {0};
    for (int i = 0; i < tally->cutoffs->count; i++) {
        int64_t *shown = tally->shown + i * tally->movies;
        while (list.length < length && list.length < tally->cutoffs->k[i]) {
#pragma omp atomic
            shown[movie[list.length]]++;
            extend(tally, movie, &list);
        }
        add_means(&list, i, sums);
    }
}

void hr_list_sums_merge(hr_list_sums *sum, const hr_list_sums *other)
{
    double *to = (double *)sum;
    const double *from = (const double *)other;
    for (size_t i = 0; i < sizeof *sum / sizeof *to; i++)
        to[i] += from[i];
}

/* Coverage and Gini index of counts that are in ascending order. */
static void measure_counts(const int64_t *count, int64_t movies, hr_list_figures_at *at)
{
    double sum = 0.0, weighted = 0.0, covered = 0.0;
    for (int64_t i = 0; i < movies; i++) {
        covered += count[i] > 0;
        sum += (double)count[i];
        weighted += (double)(2 * i + 1 - movies) * (double)count[i];
    }
    at->coverage = covered / (double)movies;
    at->gini = sum > 0.0 ? weighted / ((double)movies * sum) : 0.0;
}

hr_status hr_list_tally_finish(hr_list_tally *tally, const hr_comm *comm, hr_list_figures_at *figures,
                               hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t movies = tally->movies;
    const int count = tally->cutoffs->count;
    HR_TRY(hr_sum_i64(comm, tally->shown, count * movies, err));
    HR_TRY(hr_sum_f64(comm, (double *)&tally->sums, (int64_t)(sizeof tally->sums / sizeof(double)), err));
    for (int64_t i = movies; i < count * movies; i++) /* a movie among the first 10 is among the first 20 */
        tally->shown[i] += tally->shown[i - movies];
    for (int i = 0; i < count; i++) {
        int64_t *shown = tally->shown + i * movies;
        hr_sort_i64(shown, movies);
        measure_counts(shown, movies, &figures[i]);
        const double lists = tally->sums.at[i].lists, comparable = tally->sums.at[i].comparable;
        figures[i].novelty = lists > 0.0 ? tally->sums.at[i].novelty / lists : 0.0;
        for (int way = 0; way < HR_MAX_SIMILARITIES; way++)
            figures[i].diversity[way] =
                comparable > 0.0 ? 1.0 - tally->sums.at[i].similarity[way] / comparable : (double)NAN;
    }
done:
    return status;
}

void hr_list_figures_to_json(const hr_list_figures_at *figures, const hr_cutoffs *cutoffs,
                             const hr_similarities *similarity, json_t *object)
{
    char name[32];
    for (int i = 0; i < cutoffs->count; i++) {
        hr_json_set_at(object, "coverage", cutoffs->k[i], figures[i].coverage);
        hr_json_set_at(object, "gini", cutoffs->k[i], figures[i].gini);
        hr_json_set_at(object, "novelty", cutoffs->k[i], figures[i].novelty);
        for (int way = 0; way < similarity->count; way++) {
            snprintf(name, sizeof name, "diversity_%s", similarity->by[way].by);
            hr_json_set_at(object, name, cutoffs->k[i], figures[i].diversity[way]);
        }
    }
}
