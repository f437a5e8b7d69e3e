#include "trainer/figures/quality.h"

#include "io/base/memory.h"
#include "trainer/evaluation/evaluate.h"

void hr_quality_free(hr_quality *quality)
{
    hr_known_movies_free(&quality->known);
    free(quality->shown);
    *quality = (hr_quality){.measured = false};
}

/* How often each movie is in a list of the longest cutoff: the tally counts by the shortest that has it. */
static hr_status count_shown(hr_quality *quality, const hr_list_tally *lists, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(quality->shown, lists->movies);
    for (int i = 0; i < quality->cutoffs.count; i++)
        for (int64_t m = 0; m < lists->movies; m++)
            quality->shown[m] += lists->shown[i * lists->movies + m];
done:
    return status;
}

static hr_status measure(hr_quality *quality, const hr_loaded *loaded, hr_split split, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm alone = hr_comm_alone();
    hr_list_tally lists = {0};
    const hr_evaluation asked = {.split = split, .cutoffs = &quality->cutoffs, .auc = true, .lists = &lists};
    HR_TRY(hr_list_tally_create(&lists, &alone, &loaded->ratings, &quality->cutoffs,
                                &quality->known.similarity, err));
    HR_TRY(hr_evaluate(&alone, &loaded->scorer, &asked, &quality->metrics, err));
    HR_TRY(count_shown(quality, &lists, err));
    HR_TRY(hr_list_tally_finish(&lists, &alone, quality->lists, err));
    if (loaded->scoring.predicts_ratings)
        HR_TRY(hr_rating_errors_measure(&alone, &loaded->scorer, split, &(hr_user_sample){0}, NULL,
                                        &quality->errors, err));
    quality->has_errors = loaded->scoring.predicts_ratings;
    quality->measured = true;
done:
    hr_list_tally_free(&lists);
    return status;
}

hr_status hr_quality_measure(hr_quality *quality, const hr_run_model *model, hr_error *err)
{
    const hr_comm alone = hr_comm_alone();
    const hr_loaded *loaded = &model->loaded;
    const bool has_test = loaded->data.splits[HR_TEST] > 0,
               has_valid = loaded->data.splits[HR_VALID] > 0 || loaded->scoring.valid > 0.0;
    quality->part = has_test ? "test" : "valid";
    quality->cutoffs = (hr_cutoffs){2, {10, 20}};
    hr_status status = hr_known_movies_read(&quality->known, &alone, model->dataset, err);
    if (status == HR_OK && (has_test || has_valid))
        status = measure(quality, loaded, has_test ? HR_TEST : HR_VALID, err);
    return status;
}
