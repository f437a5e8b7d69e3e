#include "trainer/update/update.h"

#include "io/checkpoint/checkpoint.h"
#include "trainer/config/graph_size.h"
#include "trainer/models/model.h"
#include "trainer/run/extend.h"
#include "trainer/run/train.h"

#include <stdio.h>

/* The options that the checkpoint keeps, and the step that it is at. */
static hr_status read_kept(const char *path, hr_train_options *options, int64_t *step, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    json_t *run = NULL;
    hr_checkpoint_summary summary;
    HR_TRY(hr_checkpoint_open(&file, &summary, &run, path, err));
    *options = hr_train_defaults;
    HR_TRY(hr_train_options_from_json(json_object_get(run, "options"), options, err));
    *step = summary.step;
done:
    json_decref(run);
    hr_h5_close(file);
    return status;
}

/* The options of the run that goes on: up to the end of the epoch that it is in, and as many as are asked for. */
static hr_status resolve(const hr_comm *comm, const hr_update_request *r, hr_train_config *config,
                         hr_error *err)
{
    hr_status status = HR_OK;
    hr_train_options options;
    hr_graph_size size;
    int64_t step = 0;
    status = read_kept(r->checkpoint, &options, &step, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_train_graph_size(comm, r->data, options.valid, &size, err));
    snprintf(options.resume, sizeof options.resume, "%s", r->checkpoint);
    snprintf(options.checkpoint, sizeof options.checkpoint, "%s", r->checkpoint);
    snprintf(options.log, sizeof options.log, "%s", r->log);
    options.progress = r->progress;
    options.patience = 0;
    HR_TRY(hr_train_config_resolve(&options, size, config, err));
    const int64_t steps = config->run.epoch_steps;
    options.epochs = step / steps + (step % steps != 0) + r->epochs;
    HR_TRY(hr_train_config_resolve(&options, size, config, err));
    config->run.eval_every = options.epochs; /* the model is the last epoch's, not the best one's */
done:
    return hr_agree(comm, status, NULL, err);
}

hr_status hr_update(const hr_comm *comm, const hr_update_request *request, hr_error *err)
{
    hr_status status = HR_OK;
    hr_train_config config;
    HR_TRY(hr_extend(comm, request->trained, request->before, request->data, request->checkpoint, err));
    HR_TRY(resolve(comm, request, &config, err));
    if (!config.model.table->is_counted) /* else it is of all the data already */
        HR_TRY(hr_train(comm, request->data, &config, err));
done:
    return status;
}
