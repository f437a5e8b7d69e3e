#include "trainer/config/graph_size.h"

#include "io/comm/row_block.h"
#include "io/dataset/dataset.h"
#include "io/dataset/dataset_verify.h"

static hr_status add_train(void *edges, hr_ratings *slice, hr_error *err)
{
    (void)err;
    for (int64_t i = 0; i < slice->count; i++)
        *(int64_t *)edges += slice->split[i] == HR_TRAIN;
    return HR_OK;
}

/* Train ratings of this rank's block of users that are not held out. */
static hr_status count_train(const hr_comm *comm, hr_h5 *file, const hr_dataset_summary *data, double valid,
                             int64_t *edges, hr_error *err)
{
    const hr_row_block block = hr_row_block_of(comm, data->users, data->movies);
    *edges = 0;
    return hr_dataset_each_slice(file, block.first_user, block.users, valid, false, add_train, edges, err);
}

hr_status hr_train_graph_size(const hr_comm *comm, const char *dataset, double valid, hr_graph_size *size,
                              hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_dataset_summary data;
    *size = (hr_graph_size){0};
    status = hr_dataset_open(&file, &data, dataset, err);
    if (status == HR_OK)
        *size = (hr_graph_size){data.users, data.movies, data.splits[HR_TRAIN]};
    if (status == HR_OK && valid > 0.0)
        status = count_train(comm, file, &data, valid, &size->edges, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_dataset_verify(comm, file, &data, err));
    if (valid > 0.0)
        HR_TRY(hr_sum_i64(comm, &size->edges, 1, err));
done:
    hr_h5_close(file);
    return status;
}
