#include "trainer/explain/list_reasons.h"

#include "io/base/memory.h"
#include "io/base/utf8.h"
#include "trainer/explain/explanation_text.h"

#include <stdio.h>

hr_status hr_list_reasons_create(hr_list_reasons *reasons, hr_recommender *recommender, hr_error *err)
{
    reasons->explainer = &reasons->own;
    return hr_explainer_create(&reasons->own, &recommender->loaded, &recommender->catalogue, err);
}

static void clear(hr_list_reasons *reasons)
{
    for (int64_t i = 0; i < reasons->count; i++)
        hr_explanation_free(&reasons->why[i]);
    free(reasons->why);
    reasons->why = NULL;
    reasons->count = 0;
}

void hr_list_reasons_free(hr_list_reasons *reasons)
{
    clear(reasons);
    hr_explainer_free(&reasons->own);
}

static hr_status begin(void *context, const hr_user_block *users, int64_t index, const hr_lists *lists,
                       hr_error *err)
{
    hr_status status = HR_OK;
    hr_list_reasons *r = context;
    hr_explained_user user = {users, index, -1, r->most};
    char id[HR_ID_BUFFER];
    clear(r);
    if (users->id.count > 0)
        HR_TRY(hr_dataset_find_user(r->explainer->loaded->source.dataset, hr_ids_text(&users->id, index, id),
                                    &user.user, err));
    HR_ALLOC(r->why, lists->count[index]);
    r->count = lists->count[index];
    HR_TRY(hr_explain(r->explainer, &user, lists->movie + index * lists->k, r->count, r->why, err));
done:
    return status;
}

static hr_status print(void *context, int64_t rank, hr_error *err)
{
    (void)err;
    const hr_list_reasons *r = context;
    char sentence[4 * HR_ESCAPED_LENGTH];
    printf("     %s\n",
           hr_explanation_sentence(&r->why[rank], r->explainer->catalogue, sentence, sizeof sentence));
    return HR_OK;
}

static hr_status add(void *context, int64_t rank, json_t *object, hr_error *err)
{
    (void)err; /* what lacks memory is found when the list is printed */
    const hr_list_reasons *r = context;
    json_t *explanation =
        hr_explanation_json_short(&r->why[rank], r->explainer->catalogue, r->most > 0 ? r->most : INT64_MAX);
    json_object_update_missing(object, explanation);
    json_decref(explanation);
    return HR_OK;
}

hr_list_remarks hr_list_reasons_remarks(hr_list_reasons *reasons)
{
    return (hr_list_remarks){begin, print, add, reasons};
}
