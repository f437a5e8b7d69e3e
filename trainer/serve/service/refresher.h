/* A thread that checks each second whether there is a new checkpoint, and loads it: who waits for signals is not held up by that. */
#ifndef HR_TRAINER_SERVE_SERVICE_REFRESHER_H
#define HR_TRAINER_SERVE_SERVICE_REFRESHER_H

#include "trainer/serve/model/served.h"

/* Zero-initialise but for `served`; hr_refresher_begin and _end. */
typedef struct hr_refresher {
    hr_served *served;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t stop_asked;
    bool stopped, begun;
} hr_refresher;

/* Starts the thread, which says on standard error what it has loaded or refused. HR_MEMORY where there is none. */
hr_status hr_refresher_begin(hr_refresher *refresher, hr_error *err);

/* No more checkpoints, after the one that is being loaded. Does not wait. */
void hr_refresher_stop(hr_refresher *refresher);

/* The same, and waits for the thread. */
void hr_refresher_end(hr_refresher *refresher);

#endif
