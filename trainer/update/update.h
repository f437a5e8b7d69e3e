/* A trained model on data that has grown: extended, then trained on from where it was (incremental learning). */
#ifndef HR_TRAINER_UPDATE_UPDATE_H
#define HR_TRAINER_UPDATE_UPDATE_H

#include "io/base/error.h"
#include "io/comm/comm.h"

#include <stdint.h>

/* Paths; `log` "" is none. */
typedef struct hr_update_request {
    const char *trained, *before; /* the checkpoint, and the dataset that it is of */
    const char *data;             /* the dataset now */
    const char *checkpoint;       /* receives the model; it may not be `trained` */
    const char *log;
    int64_t epochs; /* beside the one that the run is in, which is finished */
    int progress;   /* io/comm/progress.h */
} hr_update_request;

/* Extends the model (extend.h) and resumes its run, by the options that it keeps, without early stopping: it is validated after the
 * last epoch alone, whose rows are kept. The learning rate goes on along its schedule, as of a run of as many epochs. A model that
 * is counted (model.h) is not trained: extending it counts it anew. Collective; all ranks return the same: the errors of hr_extend
 * and of hr_train. After a failure of training `checkpoint` is the extended model. */
hr_status hr_update(const hr_comm *comm, const hr_update_request *request, hr_error *err);

#endif
