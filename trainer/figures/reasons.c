#include "trainer/figures/reasons.h"

#include "trainer/explain/explanation_text.h"

void hr_reasons_free(hr_reasons *reasons)
{
    hr_explainer_free(&reasons->explainer);
    hr_loaded_free(&reasons->loaded);
}

hr_status hr_reasons_create(hr_reasons *reasons, const hr_run_model *model, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm alone = hr_comm_alone();
    HR_TRY(hr_load_model(&reasons->loaded, &alone, model->checkpoint, model->dataset, err));
    HR_TRY(hr_explainer_create(&reasons->explainer, &reasons->loaded, &model->catalogue, err));
done:
    return status;
}

hr_status hr_reasons_of(hr_reasons *reasons, int64_t user, const int32_t *movie, int64_t count,
                        hr_sentences *sentences, hr_error *err)
{
    hr_status status = HR_OK;
    hr_user_block block = {0};
    hr_explanation why[HR_MOST_REASONS] = {0};
    sentences->count = 0;
    const int64_t explained = count < HR_MOST_REASONS ? count : HR_MOST_REASONS;
    HR_TRY(hr_load_users(&block, &reasons->loaded, &user, 1, err));
    HR_TRY(hr_explain(&reasons->explainer, &(hr_explained_user){&block, 0, user, 0}, movie, explained, why,
                      err));
    for (int64_t i = 0; i < explained; i++)
        hr_explanation_sentence(&why[i], reasons->explainer.catalogue, sentences->text[sentences->count++],
                                HR_REASON);
done:
    for (int i = 0; i < HR_MOST_REASONS; i++)
        hr_explanation_free(&why[i]);
    hr_user_block_free(&block);
    return status;
}
