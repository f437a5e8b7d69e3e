#include "trainer/figures/quality.h"

#include "io/base/memory.h"

#include <string.h>

/* As evaluate does without options. */
enum { REPLICATES = 1000, NEW_BELOW = 20 };
static const double popular_share = 0.2;

void hr_quality_free(hr_quality *quality)
{
    hr_evaluated_model_free(&quality->model);
    free(quality->shown);
    *quality = (hr_quality){.measured = false};
}

static hr_status count_shown(hr_quality *quality, int64_t movies, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_user_figures *figures = &quality->model.figures;
    HR_ALLOC(quality->shown, movies);
    for (int64_t u = 0; u < figures->count; u++)
        for (int32_t i = 0; i < figures->length[u]; i++)
            quality->shown[figures->movie[u * figures->top + i]]++;
done:
    return status;
}

hr_status hr_quality_measure(hr_quality *quality, const hr_run_model *model, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm alone = hr_comm_alone();
    const hr_loaded *loaded = &model->loaded;
    const bool has_test = loaded->data.splits[HR_TEST] > 0,
               has_valid = loaded->data.splits[HR_VALID] > 0 || loaded->scoring.valid > 0.0;
    quality->call = (hr_evaluation_call){.split = has_test ? HR_TEST : HR_VALID,
                                         .split_name = has_test ? "test" : "validation",
                                         .cutoffs = {2, {10, 20}},
                                         .seed = 1,
                                         .replicates = REPLICATES,
                                         .new_below = NEW_BELOW,
                                         .popular_share = popular_share,
                                         .keeps_lists = true};
    HR_TRY(hr_protocols_parse("full", &quality->call.protocols, err));
    if (!has_test && !has_valid) {
        strcpy(quality->why, "The dataset holds no ratings out to measure lists by.");
        return HR_OK;
    }
    status =
        hr_evaluate_model(&quality->model, &alone, model->checkpoint, model->dataset, &quality->call, err);
    if (status == HR_USAGE) { /* a model without rows of the users that are held out */
        memcpy(quality->why, err->text, sizeof quality->why);
        return HR_OK;
    }
    HR_TRY(status);
    HR_TRY(count_shown(quality, loaded->data.movies, err));
    quality->measured = true;
done:
    return status;
}
