#include "trainer/figures/run_model.h"

#include "io/base/memory.h"

void hr_run_model_free(hr_run_model *model)
{
    json_decref(model->run);
    hr_loaded_free(&model->loaded);
    hr_catalogue_free(&model->catalogue);
    hr_statistics_free(&model->statistics);
    free(model->popularity);
    *model = (hr_run_model){.checkpoint = NULL};
}

static hr_status count_popularity(hr_run_model *model, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_ratings *ratings = &model->loaded.ratings;
    HR_ALLOC(model->popularity, ratings->movies);
    for (int64_t i = 0; i < ratings->count; i++)
        model->popularity[ratings->movie[i]] += ratings->split[i] == HR_TRAIN;
done:
    return status;
}

hr_status hr_run_model_load(hr_run_model *model, const char *checkpoint, const char *dataset, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    const hr_comm alone = hr_comm_alone();
    model->checkpoint = checkpoint;
    model->dataset = dataset;
    HR_TRY(hr_checkpoint_open(&file, &model->trained, &model->run, checkpoint, err));
    HR_TRY(hr_load_scorer(&model->loaded, &alone, checkpoint, dataset, err));
    HR_TRY(hr_catalogue_read(&model->catalogue, &alone, dataset, err));
    HR_TRY(hr_statistics_read(&model->statistics, dataset, err));
    HR_TRY(count_popularity(model, err));
done:
    hr_h5_close(file);
    return status;
}
