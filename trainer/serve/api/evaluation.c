/* /evaluation: how good the lists of the model are, by segment, once for each model. */
#include "trainer/explain/explain.h"
#include "trainer/report/evaluation_report.h"
#include "trainer/serve/api/endpoint.h"

#include <string.h>

/* As evaluate does without options, of a sample of users: those of millions would take minutes. */
enum { USERS = 1000, REPLICATES = 1000, NEW_BELOW = 20 };
static const double popular_share = 0.2;

/* Another file may lie at the checkpoint's path by now. */
static hr_status check_same(const hr_evaluated_model *model, const hr_facts *facts, hr_error *err)
{
    if (model->loaded.source.summary.step == facts->loaded->source.summary.step)
        return HR_OK;
    return hr_fail(err, HR_IO, "%s: is another checkpoint than the one that is served",
                   hr_h5_path(model->loaded.source.checkpoint));
}

/* Names the models that are mixed as /model does: where files are is nobody's business. */
static void name_models(json_t *mixture, const hr_loaded *loaded)
{
    char label[HR_PART_NAME];
    json_t *models = json_object_get(mixture, "models");
    for (size_t i = 0; i < json_array_size(models); i++)
        json_array_set_new(models, i, json_string(hr_model_label(loaded, (int)i, label, sizeof label)));
}

static hr_status make_evaluation(void *context, json_t **value, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_facts *facts = context;
    const hr_user_source *source = &facts->loaded->source;
    const hr_comm alone = hr_comm_alone();
    const bool has_test = facts->loaded->data.splits[HR_TEST] > 0;
    hr_evaluated_model model = {0};
    hr_evaluation_call call = {.split = has_test ? HR_TEST : HR_VALID,
                               .split_name = has_test ? "test" : "validation",
                               .mixing = facts->loaded->mixing,
                               .cutoffs = {2, {10, 20}},
                               .users = USERS,
                               .seed = 1,
                               .replicates = REPLICATES,
                               .new_below = NEW_BELOW,
                               .popular_share = popular_share};
    HR_TRY(hr_protocols_parse("full", &call.protocols, err));
    HR_TRY(hr_evaluate_model(&model, &alone, hr_h5_path(source->checkpoint), hr_h5_path(source->dataset),
                             &call, err));
    HR_TRY(check_same(&model, facts, err));
    *value = hr_evaluation_report_json(&model);
    name_models(json_object_get(*value, "mixture"), facts->loaded);
done:
    hr_evaluated_model_free(&model);
    return status;
}

static hr_status evaluation(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err)
{
    (void)request;
    return hr_kept_text_answer(&facts->text[HR_KEPT_EVALUATION], make_evaluation, facts, answer, err);
}

hr_status hr_api_evaluation(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    return hr_endpoint_call(context, evaluation, request, answer, err);
}
