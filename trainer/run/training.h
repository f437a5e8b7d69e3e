/* What a rank holds to train on an open partition, where steps are measured without a run around them. */
#ifndef HR_TRAINER_RUN_TRAINING_H
#define HR_TRAINER_RUN_TRAINING_H

#include "io/hdf5/h5.h"
#include "trainer/run/state.h"
#include "trainer/run/step.h"

/* Zero-initialise; free with hr_training_free. Its members point at one another: it must not move. */
typedef struct hr_training {
    hr_graph_context graph;
    hr_stepper stepper;
    hr_state state;
} hr_training;

/* Reads this rank's part and allocates the rest. Parameters are drawn at random, as those of a run without a
 * spectral start.
 *   partition  with a part for each rank of comm; may be closed afterwards
 *   config     not of a model that reads ratings or features; it and comm must outlive the training
 * Collective; all ranks return the same status: HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_training_create(hr_training *training, const hr_comm *comm, hr_h5 *partition,
                             const hr_train_config *config, hr_error *err);
void hr_training_free(hr_training *training);

#endif
