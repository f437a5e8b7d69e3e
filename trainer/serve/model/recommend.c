#include "trainer/serve/model/recommend.h"

#include "trainer/explain/list_reasons.h"
#include "trainer/serve/model/batch.h"
#include "trainer/serve/model/hidden_users.h"

#include <omp.h>

/* Whether a request takes more than a product of rows: those do not hold up the others. */
static bool is_alone(const hr_request *request)
{
    return !hr_request_has(request, "user") || hr_request_flag(request, "explain") ||
           hr_request_has(request, "mixture") || hr_request_has(request, "allow") ||
           hr_request_has(request, "exclude") || hr_request_has(request, "candidates");
}

static void hide_users(const json_t *list)
{
    size_t rank = 0;
    json_t *movie = NULL;
    json_array_foreach(json_object_get(list, "recommendations"), rank, movie) hr_hide_users_of_paths(movie);
}

/* Reasons are of a pass over all ratings. */
static bool wants_reasons(void *context, const hr_request *request)
{
    (void)context;
    return hr_request_flag(request, "explain");
}

static void answer_list(hr_answer *answer, const hr_snapshot *s, const hr_batch *batch, int index,
                        const hr_list_remarks *remarks)
{
    hr_error err = {""};
    json_t *object = NULL;
    hr_status status =
        hr_list_json(&object, &s->catalogue, &batch->users, index, &batch->lists, remarks, &err);
    hide_users(object);
    if (status == HR_OK)
        status = hr_answer_json(answer, object, &err);
    else
        json_decref(object);
    if (status != HR_OK)
        hr_answer_failure(answer, status, NULL, &err);
}

/* Answers those requests that are good questions, together. */
static hr_status answer_together(hr_recommending *c, hr_snapshot *s, int thread,
                                 const hr_request *const *request, hr_answer *const *answer, int count,
                                 hr_error *err)
{
    hr_status status = HR_OK;
    hr_question read[HR_LIST_USERS] = {{0}}, *asked[HR_LIST_USERS];
    hr_answer *of[HR_LIST_USERS];
    hr_batch batch = {0};
    const hr_batch_way way = {.workspace = &s->workspace[thread]};
    int good = 0;
    for (int i = 0; i < count; i++)
        if (hr_question_read(&read[i], request[i], s, c->who_asks, c->who, answer[i])) {
            asked[good] = &read[i];
            of[good++] = answer[i];
        }
    if (good > 0)
        HR_TRY(hr_batch_make(&batch, s, asked, good, &way, err));
    for (int i = 0; i < good; i++)
        answer_list(of[i], s, &batch, i, NULL);
done:
    hr_batch_free(&batch);
    for (int i = 0; i < count; i++)
        hr_question_free(&read[i]);
    return status;
}

static hr_status answer_batch(void *context, int thread, const hr_request *const *request,
                              hr_answer *const *answer, int count, hr_error *err)
{
    hr_recommending *c = context;
    hr_snapshot *s = hr_served_take(c->served);
    omp_set_num_threads(1); /* threads take batches */
    const hr_status status = answer_together(c, s, thread, request, answer, count, err);
    hr_snapshot_release(s);
    return status;
}

/* A mixer of this request's mixture, whose memory is the snapshot's; false, with a problem as the answer, where it has none. */
static bool choose_mixer(hr_mixer *mixer, hr_snapshot *s, const hr_request *request, hr_answer *answer)
{
    hr_error err = {""};
    const hr_mixer *of_all = NULL;
    hr_mixture mixture;
    hr_status status =
        hr_mixture_parse(hr_request_text(request, "mixture"), 1 + s->loaded.others, &mixture, &err);
    const bool of_models = s->loaded.others > 0 && !hr_mixture_wants_content(&mixture);
    if (status == HR_OK && of_models)
        of_all = &s->loaded.mixer;
    else if (status == HR_OK)
        status = hr_snapshot_mixer(s, &of_all, &err);
    if (status != HR_OK) {
        hr_answer_failure(answer, status, "mixture", &err);
        return false;
    }
    *mixer = *of_all;
    mixer->mixture = mixture;
    mixer->uses_content = hr_mixture_wants_content(&mixture);
    return true;
}

/* Explains the scores that the scorer made, which may be of another mixture than the model's own. */
static hr_status answer_with_reasons(hr_answer *answer, hr_snapshot *s, const hr_scorer *scorer,
                                     const hr_batch *batch, int64_t most, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_explainer *of_model = NULL;
    hr_list_reasons reasons = {0};
    hr_loaded loaded = s->loaded; /* its memory, and the explainer's, is the snapshot's */
    loaded.scorer.mixer = scorer->mixer;
    HR_TRY(hr_snapshot_explainer(s, &of_model, err));
    hr_explainer explainer = *of_model;
    explainer.loaded = &loaded;
    reasons.explainer = &explainer;
    reasons.most = most;
    const hr_list_remarks remarks = hr_list_reasons_remarks(&reasons);
    HR_TRY(remarks.begin(remarks.context, &batch->users, 0, &batch->lists, err));
    answer_list(answer, s, batch, 0, &remarks);
done:
    hr_list_reasons_free(&reasons);
    return status;
}

static hr_status answer_question(hr_snapshot *s, hr_question *question, const hr_request *request,
                                 hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    hr_lists_workspace workspace = {0};
    hr_batch batch = {0};
    hr_mixer mixer = {0};
    hr_scorer scorer = s->loaded.scorer;
    const bool mixes = hr_request_has(request, "mixture");
    const hr_batch_way way = {.mixer = mixes ? &mixer : NULL,
                              .whole = hr_request_flag(request, "explain"),
                              .workspace = &workspace};
    if (mixes && !choose_mixer(&mixer, s, request, answer))
        return HR_OK;
    if (mixes)
        scorer.mixer = &mixer;
    HR_TRY(hr_lists_workspace_create(&workspace, &scorer, question->rules.depth, err));
    HR_TRY(hr_batch_make(&batch, s, &question, 1, &way, err));
    if (way.whole)
        HR_TRY(answer_with_reasons(answer, s, &scorer, &batch, hr_request_integer(request, "because"), err));
    else
        answer_list(answer, s, &batch, 0, NULL);
done:
    hr_batch_free(&batch);
    hr_lists_workspace_free(&workspace);
    return status;
}

static hr_status answer_alone(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_recommending *c = context;
    hr_status status = HR_OK;
    hr_snapshot *s = hr_served_take(c->served);
    hr_question question = {0};
    if (hr_question_read(&question, request, s, c->who_asks, c->who, answer))
        status = answer_question(s, &question, request, answer, err);
    hr_question_free(&question);
    hr_snapshot_release(s);
    return status;
}

#define SHAPE                                                                                                \
    "{user: id|null, recommendations: [{movie: id, score: number, title: text, genres: text, parts?: {*: "   \
    "number}, "                                                                                              \
    "because?: any, paths?: any, *: any}]}"

const hr_route hr_recommend_routes[] = {
    {.method = "GET",
     .path = "/recommend",
     .summary = "The best movies for a user, or for a newcomer who likes some",
     .parameters = hr_question_query,
     .handle = answer_alone,
     .handle_batch = answer_batch,
     .alone = is_alone,
     .takes_long = wants_reasons,
     .answers = SHAPE},
    {.method = "POST",
     .path = "/recommend",
     .summary = "The same, asked by a body of JSON; a newcomer may have ratings",
     .parameters = hr_question_body,
     .handle = answer_alone,
     .handle_batch = answer_batch,
     .alone = is_alone,
     .takes_long = wants_reasons,
     .most_body = 1 << 20,
     .answers = SHAPE},
    {0}};
