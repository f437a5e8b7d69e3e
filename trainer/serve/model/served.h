/* The model that a server serves now: a snapshot, which another one replaces when the checkpoint's file is another one.
 *
 *     hr_snapshot *s = hr_served_take(served);
 *     …                                        reads s as often as it likes: it does not change
 *     hr_snapshot_release(s); */
#ifndef HR_TRAINER_SERVE_MODEL_SERVED_H
#define HR_TRAINER_SERVE_MODEL_SERVED_H

#include "trainer/serve/model/snapshot.h"

#include <sys/stat.h>

/* Zero-initialise but for paths, mixing, threads and stop; hr_served_begin and _end. */
typedef struct hr_served {
    const char *checkpoint, *dataset;
    hr_mixing mixing; /* other models, and shares */
    int threads;      /* that make lists */
    hr_load_stop stop;
    char *follows; /* path that the checkpoint is read from instead; NULL: none */
    pthread_mutex_t mutex;
    hr_snapshot *snapshot;
    struct stat file[HR_MIXTURE_MODELS]; /* of the checkpoints that were loaded, or refused */
    int failures;                        /* of memory or of the system, with this file, one after the other */
    time_t again;                        /* when it is tried again after these */
    _Atomic uint64_t switched, refused;  /* checkpoints, since the first */
} hr_served;

/* Loads the first one. The errors of hr_snapshot_load. */
hr_status hr_served_begin(hr_served *served, hr_error *err);
void hr_served_end(hr_served *served);

/* The model of now, held until hr_snapshot_release. */
hr_snapshot *hr_served_take(hr_served *served);

/* From the next refresh on the checkpoint is read from this path, which is copied. On any thread. HR_MEMORY. */
hr_status hr_served_follow(hr_served *served, const char *checkpoint, hr_error *err);

/* Loads the checkpoints if the file of one is another one, or another time, than before, and serves them from then on; a damaged one is
 * refused, and the old one stays. Where memory lacked, or the system refused, the file is tried again, after 1, 2, 4 and up to 64
 * seconds. *changed receives whether there was a new file. The errors of hr_snapshot_load. Called by
 * one thread. */
hr_status hr_served_refresh(hr_served *served, bool *changed, hr_error *err);

#endif
