/* A model trained on this machine, beside the server and by its visitors' wish: one run at a time, whose checkpoint is
 * served when it is done. Its log is in the folder of runs, where /runs finds it. */
#ifndef HR_TRAINER_SERVE_TRAINING_TRAINING_H
#define HR_TRAINER_SERVE_TRAINING_TRAINING_H

#include "trainer/serve/http/route.h"
#include "trainer/serve/model/served.h"
#include "trainer/serve/training/run_files.h"
#include "trainer/serve/visitors/visitors.h"

#include <pthread.h>
#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

typedef enum hr_training_state {
    HR_TRAINING_NONE,
    HR_TRAINING_RUNNING,
    HR_TRAINING_DONE,
    HR_TRAINING_STOPPED, /* by DELETE /training, with a checkpoint; or by a signal */
    HR_TRAINING_FAILED,
} hr_training_state;

/* The context of the routes. Zero-initialise but for the first four; hr_training_begin and _end. */
typedef struct hr_training {
    const char *dataset, *runs; /* that is trained on; the folder of runs */
    hr_served *served;          /* serves the checkpoint of a run that is done */
    hr_visitors *visitors;      /* count the runs of an address */
    pthread_mutex_t mutex;      /* of what follows */
    hr_training_state state;
    hr_run_files files;
    pid_t process;
    pthread_t waiting;
    bool waited; /* whether there is, or was, a thread that waits for the process */
    time_t started;
    char message[512]; /* how it ended; "" where it is done */
    bool asked;        /* whether it was asked to end */
    bool refuses;      /* whether no run is started any more */
} hr_training;

/* GET /training: how the run is that was started last. POST: starts one; 409 where one is going on, 429 where an address starts
 * too many (visitors/attempts.h), 507 where the folder has HR_MOST_RUNS checkpoints of such runs. DELETE: ends it after the
 * step that it is in, with a checkpoint; a second one ends it at once. */
extern const hr_route hr_training_routes[];

void hr_training_begin(hr_training *training);

/* Watches the process that was just started, in a thread: its end changes the state, and hands its checkpoint on. Under the
 * mutex. HR_MEMORY for want of a thread: the process is ended. */
hr_status hr_training_watch(hr_training *training, hr_error *err);

/* Sends the run a signal; false where none is going on. */
bool hr_training_stop(hr_training *training, int signal);

/* From now on none is started. Asks the one that is going on to end, unless it was asked, and does not wait. */
void hr_training_refuse(hr_training *training);

/* The same, and waits: ends a run that is going on, with a checkpoint, and after some seconds without. */
void hr_training_end(hr_training *training);

#endif
