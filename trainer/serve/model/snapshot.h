/* A trained model as it is served: loaded once, read by all threads, freed when nobody uses it any more. */
#ifndef HR_TRAINER_SERVE_MODEL_SNAPSHOT_H
#define HR_TRAINER_SERVE_MODEL_SNAPSHOT_H

#include "io/base/error.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/recommend/known_movies.h"
#include "trainer/scoring/load_scorer.h"
#include "trainer/scoring/train_figures.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <time.h>

/* All but `holders` and what a mutex guards is constant once it is loaded. It stays where it is. */
typedef struct hr_snapshot {
    atomic_int holders;
    uint64_t number;                  /* 1 of the first that a server has loaded, 2 of the next, … */
    time_t loaded_at;                 /* seconds since 1970 */
    const char *checkpoint, *dataset; /* paths */
    hr_loaded loaded; /* model and scorer, both files open; fold-in is read where the model has it */
    hr_catalogue catalogue;
    hr_known_movies known;  /* of which diversity is */
    hr_train_figures train; /* of all users */
    pthread_mutex_t files;  /* held while the open files are read (hr_load_users, hr_h5_…) */
} hr_snapshot;

/* Loads checkpoint and dataset, with one holder; the paths outlive it. HR_IO, HR_INPUT where a file is damaged or the
 * checkpoint is of another dataset, HR_MEMORY. */
hr_status hr_snapshot_load(hr_snapshot **snapshot, const char *checkpoint, const char *dataset,
                           hr_error *err);

/* Frees it where the holder was the last. NULL is allowed. */
void hr_snapshot_release(hr_snapshot *snapshot);

#endif
