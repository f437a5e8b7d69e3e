#include "trainer/explain/explain.h"

#include "trainer/explain/explanation_text.h"
#include "trainer/serve/api/endpoint.h"
#include "trainer/serve/model/hidden_users.h"

/* The explanation as halorec explain prints it, with no more than the first reasons. */
static json_t *describe(const hr_facts *facts, const hr_explanation *why, int64_t user, int64_t most)
{
    json_t *object = hr_explanation_json_short(why, facts->catalogue, most);
    hr_hide_users_of_paths(object);
    json_object_set_new(object, "user", hr_ids_json(&facts->snapshot->user_id, user));
    return object;
}

static hr_status explain(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t user = 0, movie = 0;
    const hr_explainer *explainer = NULL;
    hr_user_block block = {0};
    hr_explanation why = {0};
    if (!hr_endpoint_user(facts, request, "user", &user, answer) ||
        !hr_endpoint_movie(facts, request, "movie", &movie, answer))
        return HR_OK;
    HR_TRY(hr_snapshot_explainer(facts->snapshot, &explainer, err));
    HR_TRY(hr_load_users(&block, facts->loaded, &user, 1, err));
    HR_TRY(hr_explain(explainer, &(hr_explained_user){&block, 0, user, hr_request_integer(request, "top_k")},
                      &(int32_t){(int32_t)movie}, 1, &why, err));
    HR_TRY(hr_answer_json(answer, describe(facts, &why, user, hr_request_integer(request, "top_k")), err));
done:
    hr_explanation_free(&why);
    hr_user_block_free(&block);
    return status;
}

hr_status hr_api_explain(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    return hr_endpoint_call(context, explain, request, answer, err);
}
