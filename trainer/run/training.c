#include "trainer/run/training.h"

hr_status hr_training_create(hr_training *training, const hr_comm *comm, hr_h5 *partition,
                             const hr_train_config *config, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_grid_shape shape = {comm->size, 1};
    HR_TRY(hr_graph_context_create(&training->graph, comm, partition, shape, config->model.dim,
                                   config->run.reproducible, err));
    HR_TRY(hr_stepper_create(&training->stepper, &training->graph, config, err));
    status =
        hr_state_create(&training->state, &training->graph, &config->model, !training->stepper.model->solve,
                        hr_stepper_dense_counts(&training->stepper), err);
    if (status == HR_OK)
        hr_stepper_dense_start(&training->stepper, &training->state);
    status = hr_agree(comm, status, NULL, err);
done:
    return status;
}

void hr_training_free(hr_training *training)
{
    hr_state_free(&training->state);
    hr_stepper_free(&training->stepper);
    hr_graph_context_free(&training->graph);
}
