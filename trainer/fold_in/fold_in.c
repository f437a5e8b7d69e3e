#include "trainer/fold_in/fold_in.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "trainer/fold_in/hard_negatives.h"
#include "trainer/fold_in/least_squares.h"
#include "trainer/fold_in/method.h"

#include <cblas.h>
#include <omp.h>

/* Users that a thread takes at a time. */
enum { USERS_AT_A_TIME = 16 };

static hr_status make_gram(hr_fold_in *f, hr_error *err)
{
    hr_status status = HR_OK;
    double *wide = NULL;
    const int64_t dim = f->model->dim;
    HR_ALLOC(f->gram, dim * dim);
    HR_ALLOC(wide, dim);
    for (int64_t m = 0; m < f->movies; m++) {
        hr_fold_in_widen(f->movie_row + m * dim, wide, dim);
        hr_fold_in_add_square(f->gram, wide, dim);
    }
done:
    free(wide);
    return status;
}

bool hr_fold_in_wants_map(const hr_model_config *model)
{
    return hr_fold_in_method_of(model)->wants_map;
}

hr_status hr_fold_in_create(hr_fold_in *f, hr_error *err)
{
    f->arrays = hr_input_arrays_of(f->model, f->movies);
    f->method = hr_fold_in_method_of(f->model);
    return f->method->wants_gram ? make_gram(f, err) : HR_OK;
}

void hr_fold_in_free(hr_fold_in *f)
{
    free(f->gram);
    *f = (hr_fold_in){0};
}

/* What a block says of one of its users. */
static hr_known_ratings list_known(const hr_ratings *r, int64_t user, hr_fold_in_workspace *w)
{
    hr_known_ratings known = {w->movie, r->value ? w->value : NULL, 0};
    for (int64_t i = r->ptr[user]; i < r->ptr[user + 1]; i++)
        if (r->split[i] == HR_KNOWN) {
            w->movie[known.count] = r->movie[i];
            w->value[known.count++] = r->value ? r->value[i] : 1.0F;
        }
    return known;
}

static void make_row(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known, float *row)
{
    if (known->count == 0)
        return;
    f->method->user(f, w, known, row);
    if (hr_fold_in_takes_steps(f->model))
        hr_fold_in_step(f, w, known, row);
}

static void fold_in_user(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_ratings *r, int64_t user,
                         float *row)
{
    const hr_known_ratings known = list_known(r, user, w);
    make_row(f, w, &known, row);
}

static void workspaces_free(hr_fold_in_workspace *w, int threads)
{
    for (int i = 0; w && i < threads; i++)
        hr_fold_in_workspace_free(&w[i]);
    free(w);
}

hr_status hr_fold_in_block(const hr_fold_in *f, const hr_ratings *ratings, float *row, hr_error *err)
{
    hr_status status = HR_OK;
    hr_fold_in_workspace *w = NULL;
    int threads = omp_get_max_threads();
    const int64_t largest = hr_offsets_largest(ratings->ptr, ratings->users);
    if (ratings->users < threads)
        threads = ratings->users > 0 ? (int)ratings->users : 1;
    openblas_set_num_threads(1); /* threads take users */
    HR_ALLOC(w, threads);
    for (int i = 0; i < threads; i++)
        HR_TRY(hr_fold_in_workspace_create(&w[i], f, largest, err));
#pragma omp parallel for schedule(dynamic, USERS_AT_A_TIME) num_threads(threads)
    for (int64_t user = 0; user < ratings->users; user++)
        fold_in_user(f, &w[omp_get_thread_num()], ratings, user, row + user * f->model->dim);
done:
    workspaces_free(w, threads);
    return status;
}

hr_status hr_fold_in_one(const hr_fold_in *f, const hr_known_ratings *known, float *row, hr_error *err)
{
    hr_status status = HR_OK;
    hr_fold_in_workspace w = {0};
    openblas_set_num_threads(1);
    HR_TRY(hr_fold_in_workspace_create(&w, f, known->count, err));
    make_row(f, &w, known, row);
done:
    hr_fold_in_workspace_free(&w);
    return status;
}
