#include "trainer/fold_in/hard_negatives.h"

#include "trainer/fold_in/layers.h"
#include "trainer/models/model.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The others that count: one in so many, but no fewer than some. */
enum { SHARE = 12, FEWEST = 64 };

bool hr_fold_in_takes_steps(const hr_model_config *model)
{
    return !model->predicts_ratings && !model->has_mlp && hr_fold_in_wants_map(model);
}

static int by_score(const void *a, const void *b)
{
    const hr_ranked_movie *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return (x->movie > y->movie) - (x->movie < y->movie);
}

/* Fills w->weight with the scores of the user's movies and w->ranked with the hardest others; returns how many count. */
static int64_t rank(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known,
                    const float *row, int64_t *others)
{
    const int dim = (int)f->model->dim;
    int64_t count = 0;
    cblas_sgemv(CblasRowMajor, CblasNoTrans, (int)f->movies, dim, 1.0F, f->movie_row, dim, row, 1, 0.0F,
                w->score, 1);
    for (int64_t i = 0; i < known->count; i++) {
        w->weight[i] = w->score[known->movie[i]];
        if (hr_is_liked(known, i))
            w->score[known->movie[i]] = NAN;
    }
    for (int64_t m = 0; m < f->movies; m++)
        if (!isnan(w->score[m]))
            w->ranked[count++] = (hr_ranked_movie){w->score[m], 0.0F, (int32_t)m};
    qsort(w->ranked, (size_t)count, sizeof *w->ranked, by_score);
    const int64_t most = count / SHARE > FEWEST ? count / SHARE : FEWEST;
    *others = count;
    return count < most ? count : most;
}

/* One step; the probabilities are scaled to sum to 1. */
static void step(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known, double liked,
                 float *row)
{
    int64_t others;
    const int64_t dim = f->model->dim, count = rank(f, w, known, row, &others);
    const double all = (double)others, rest = 1.0 - pow((all - (double)count) / all, HR_HARDEST);
    const float constant = row[0];
    memset(w->vector, 0, (size_t)dim * sizeof *w->vector);
    for (int64_t i = 0; i < known->count; i++) {
        double sum = 0.0;
        if (!hr_is_liked(known, i))
            continue;
        for (int64_t r = 0; r < count; r++) {
            const double left = (all - (double)r) / all, next = (all - (double)r - 1.0) / all;
            const double share = (pow(left, HR_HARDEST) - pow(next, HR_HARDEST)) / rest / liked;
            const double g = share / (1.0 + exp((double)w->weight[i] - (double)w->ranked[r].score));
            w->ranked[r].gradient += (float)g;
            sum += g;
        }
        for (int64_t c = 0; c < dim; c++)
            w->vector[c] += sum * (double)f->movie_row[known->movie[i] * dim + c];
    }
    for (int64_t r = 0; r < count; r++)
        for (int64_t c = 0; c < dim; c++)
            w->vector[c] -=
                (double)w->ranked[r].gradient * (double)f->movie_row[w->ranked[r].movie * dim + c];
    for (int64_t c = 0; c < dim; c++)
        row[c] += (float)w->vector[c];
    if (hr_fold_in_has_biases(f))
        row[0] = constant;
}

void hr_fold_in_step(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known, float *row)
{
    double liked = 0.0;
    for (int64_t i = 0; i < known->count; i++)
        liked += hr_is_liked(known, i) ? 1.0 : 0.0;
    for (int i = 0; i < HR_FOLD_IN_STEPS && liked > 0.0 && liked < (double)f->movies; i++)
        step(f, w, known, liked, row);
}
