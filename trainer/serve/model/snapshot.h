/* A trained model as it is served: loaded once, read by all threads, freed when nobody uses it any more. */
#ifndef HR_TRAINER_SERVE_MODEL_SNAPSHOT_H
#define HR_TRAINER_SERVE_MODEL_SNAPSHOT_H

#include "io/base/error.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/explain/explain.h"
#include "trainer/lists/rank_tile.h"
#include "trainer/recommend/known_movies.h"
#include "trainer/scoring/load_scorer.h"
#include "trainer/scoring/train_figures.h"
#include "trainer/serve/model/raters.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum { HR_SNAPSHOT_THREADS = 64 };

/* Whether loading is to be given up: asked between its steps, and in passes over ratings. */
typedef struct hr_load_stop {
    bool (*asked)(void *context); /* NULL: never */
    void *context;
} hr_load_stop;

/* Constant once it is loaded, but for `holders`, workspaces, and what a mutex guards. It stays where it is. The open files may be
 * read by several threads: HDF5 is built for that (hr_snapshot_load checks it). */
typedef struct hr_snapshot {
    atomic_int holders;
    uint64_t number;            /* 1 of the first that a server has loaded, 2 of the next, … */
    time_t loaded_at;           /* seconds since 1970 */
    hr_load_stop stop;          /* while it is loaded */
    char *checkpoint, *dataset; /* paths */
    hr_loaded loaded; /* model and scorer, both files open; fold-in is read where the model has it */
    hr_catalogue catalogue;
    hr_known_movies known;  /* of which diversity is */
    hr_train_figures train; /* of all users */
    hr_ranking ranking;     /* without a scorer: each thread has one with users of its own */
    hr_ids user_id;         /* [users] */
    float *user_row
        [HR_MIXTURE_MODELS]; /* [users x dim] of each model, also of users that the dataset holds out whole */
    hr_rated_lists rated;
    int threads;
    hr_lists_workspace workspace[HR_SNAPSHOT_THREADS]; /* [threads] */

    pthread_mutex_t mutex; /* of what is made when it is first asked for */
    hr_raters raters;
    hr_explainer explainer;
    hr_mixer mixer; /* of mixtures that a request asks for */

    pthread_mutex_t
        attaching; /* of `attached`: what other rooms make of the model when it is first asked for */
    void *attached;
    void (*attached_free)(void *attached); /* called first of all */
} hr_snapshot;

/* What a snapshot is loaded from. */
typedef struct hr_snapshot_source {
    const char *checkpoint, *dataset;
    hr_mixing mixing; /* other models, and shares; its texts outlive the snapshot */
    int threads;      /* that make lists */
    hr_load_stop stop;
} hr_snapshot_source;

/* Loads it, with one holder. HR_IO, HR_INPUT where a file is damaged or a checkpoint is of another dataset, HR_USAGE where models
 * do not mix, HR_MEMORY; HR_STOPPED where it is given up. */
hr_status hr_snapshot_load(hr_snapshot **snapshot, const hr_snapshot_source *source, hr_error *err);

/* Frees it where the holder was the last. NULL is allowed. */
void hr_snapshot_release(hr_snapshot *snapshot);

/* The number of the user whose id is written so; HR_NOT_FOUND (io/base/search.h), also of visitors (hidden_users.h). */
int64_t hr_snapshot_find_user(const hr_snapshot *snapshot, const char *id);

/* A pass over those who have rated movies: what it takes is made when it is first asked for. HR_MEMORY. */
hr_status hr_snapshot_pass(hr_snapshot *snapshot, hr_rating_pass *pass, hr_error *err);

/* What explains its scores: made when it is first asked for, which reads all ratings. HR_INPUT, HR_MEMORY. */
hr_status hr_snapshot_explainer(hr_snapshot *snapshot, const hr_explainer **explainer, hr_error *err);

/* What other mixtures than the model's own are mixed of, likewise; of the same models. HR_USAGE where the data has no content that
 * two movies share. */
hr_status hr_snapshot_mixer(hr_snapshot *snapshot, const hr_mixer **mixer, hr_error *err);

#endif
