#include "trainer/scoring/fold_in_users.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/utf8.h"
#include "trainer/models/model.h"

#include <cblas.h>
#include <omp.h>
#include <stdio.h>
#include <string.h>

/* Users that a thread takes at a time. */
enum { USERS_AT_A_TIME = 16 };

/* One thread's memory. */
typedef struct workspace {
    hr_fold_in_workspace model;
    int32_t *movie; /* [largest number of ratings] */
    float *value;
} workspace;

/* "als, ials, popular" */
static void list_able(char names[], size_t size)
{
    for (int i = 0; hr_models[i]; i++)
        if (hr_models[i]->fold_in) {
            const size_t used = strlen(names);
            snprintf(names + used, size - used, "%s%s", used ? ", " : "", hr_models[i]->name);
        }
}

hr_status hr_fold_in_check(const hr_dataset_summary *data, const hr_model_config *config, const char *dataset,
                           hr_error *err)
{
    char able[256] = "", rule[HR_ESCAPED_LENGTH];
    if (data->splits[HR_KNOWN] == 0 || config->table->fold_in)
        return HR_OK;
    list_able(able, sizeof able);
    return hr_fail(err, HR_USAGE,
                   "%s: holds users out whole (split %s), and --model %s has no rows of users that it was "
                   "not trained on; these have: %s",
                   dataset, hr_escape(rule, sizeof rule, data->split, (int64_t)strlen(data->split)),
                   config->table->name, able);
}

static hr_status mean_of_train(const hr_comm *comm, const hr_ratings *r, double *mean, hr_error *err)
{
    double sums[2] = {0.0, 0.0};
    for (int64_t i = 0; r->value && i < r->count; i++)
        if (r->split[i] == HR_TRAIN) {
            sums[0] += (double)r->value[i];
            sums[1] += 1.0;
        }
    const hr_status status = hr_sum_f64(comm, sums, 2, err);
    *mean = sums[1] > 0.0 ? sums[0] / sums[1] : 0.0;
    return status;
}

static void fold_in_user(const hr_fold_in *f, workspace *w, const hr_ratings *r, int64_t user, float *row)
{
    int64_t count = 0;
    for (int64_t i = r->ptr[user]; i < r->ptr[user + 1]; i++)
        if (r->split[i] == HR_KNOWN) {
            w->movie[count] = r->movie[i];
            w->value[count++] = r->value ? r->value[i] : 1.0F;
        }
    if (count > 0)
        f->config->table->fold_in(f, &w->model, w->movie, w->value, count, row);
}

static hr_status workspaces_create(workspace *w, int threads, const hr_fold_in *f, const hr_ratings *ratings,
                                   hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t largest = hr_offsets_largest(ratings->ptr, ratings->users);
    for (int i = 0; i < threads; i++) {
        HR_TRY(hr_fold_in_workspace_create(&w[i].model, f, err));
        HR_ALLOC(w[i].movie, largest);
        HR_ALLOC(w[i].value, largest);
    }
done:
    return status;
}

static void workspaces_free(workspace *w, int threads)
{
    for (int i = 0; w && i < threads; i++) {
        hr_fold_in_workspace_free(&w[i].model);
        free(w[i].movie);
        free(w[i].value);
    }
    free(w);
}

/* On this rank. */
static hr_status fold_in(const hr_model_config *config, double mean, const hr_ratings *ratings,
                         const float *movie_row, float *user_row, hr_error *err)
{
    hr_status status = HR_OK;
    hr_fold_in f = {0};
    workspace *w = NULL;
    const int threads = omp_get_max_threads();
    openblas_set_num_threads(1); /* threads take users */
    HR_TRY(hr_fold_in_create(&f, config, ratings->movies, movie_row, mean, err));
    HR_ALLOC(w, threads);
    HR_TRY(workspaces_create(w, threads, &f, ratings, err));
#pragma omp parallel for schedule(dynamic, USERS_AT_A_TIME) num_threads(threads)
    for (int64_t user = 0; user < ratings->users; user++)
        fold_in_user(&f, &w[omp_get_thread_num()], ratings, user, user_row + user * config->dim);
done:
    workspaces_free(w, threads);
    hr_fold_in_free(&f);
    return status;
}

hr_status hr_fold_in_users(const hr_comm *comm, const hr_dataset_summary *data, const hr_model_config *config,
                           const hr_ratings *ratings, const float *movie_row, float *user_row, hr_error *err)
{
    hr_status status = HR_OK;
    double mean = 0.0;
    if (data->splits[HR_KNOWN] == 0 || !config->table->fold_in)
        return HR_OK;
    HR_TRY(mean_of_train(comm, ratings, &mean, err));
    status = fold_in(config, mean, ratings, movie_row, user_row, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
done:
    return status;
}
