/* /users, a search of ids, and /users/{id}: a user's ratings, in pages. */
#include "io/base/json.h"
#include "io/base/memory.h"
#include "trainer/serve/api/endpoint.h"
#include "trainer/serve/model/hidden_users.h"

#include <stdlib.h>
#include <string.h>

/* A rating, to be sorted. */
typedef struct rated {
    int64_t time;
    int64_t at; /* in the slice */
} rated;

static int latest_first(const void *a, const void *b)
{
    const rated *x = a, *y = b;
    if (x->time != y->time)
        return x->time > y->time ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static hr_status read_ratings(const hr_facts *facts, int64_t user, hr_ratings *slice, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *dataset = facts->loaded->source.dataset;
    HR_TRY(hr_dataset_read_slice(dataset, user, 1, facts->loaded->scoring.valid, slice, err));
    HR_TRY(hr_dataset_read_values(dataset, slice, err));
    HR_TRY(hr_dataset_read_times(dataset, slice, err));
done:
    return status;
}

static json_t *rating_json(const hr_facts *facts, const hr_ratings *slice, int64_t at)
{
    const hr_catalogue *catalogue = facts->catalogue;
    const int32_t movie = slice->movie[at];
    json_t *object = json_pack("{s:o, s:o, s:f, s:s}", "movie", hr_ids_json(&catalogue->id, movie), "title",
                               hr_json_string(hr_strings_at(&catalogue->title, movie)), "rating",
                               (double)slice->value[at], "split", hr_split_names[slice->split[at]]);
    if (slice->time[at] != HR_NO_TIME)
        json_object_set_new(object, "time", json_integer((json_int_t)slice->time[at]));
    return object;
}

/* How many ratings, their mean, and from when to when. */
static json_t *describe(const hr_facts *facts, int64_t user, const hr_ratings *slice)
{
    double sum = 0.0;
    int64_t first = INT64_MAX, last = INT64_MIN;
    for (int64_t i = 0; i < slice->count; i++) {
        const int64_t time = slice->time[i];
        sum += (double)slice->value[i];
        first = time != HR_NO_TIME && time < first ? time : first;
        last = time != HR_NO_TIME && time > last ? time : last;
    }
    json_t *object = json_pack("{s:o, s:I}", "user", hr_ids_json(&facts->snapshot->user_id, user), "count",
                               (json_int_t)slice->count);
    if (slice->count > 0)
        json_object_set_new(object, "mean", json_real(sum / (double)slice->count));
    if (first <= last) {
        json_object_set_new(object, "first", json_integer((json_int_t)first));
        json_object_set_new(object, "last", json_integer((json_int_t)last));
    }
    return object;
}

static hr_status list_ratings(const hr_facts *facts, const hr_request *request, const hr_ratings *slice,
                              json_t *object, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t offset = hr_request_integer(request, "offset"), most = hr_request_integer(request, "top_k");
    rated *order = NULL;
    json_t *list = json_array();
    HR_ALLOC(order, slice->count);
    for (int64_t i = 0; i < slice->count; i++)
        order[i] = (rated){slice->time[i], i};
    if (slice->count > 0)
        qsort(order, (size_t)slice->count, sizeof *order, latest_first);
    for (int64_t i = offset; i < slice->count && i < offset + most; i++)
        json_array_append_new(list, rating_json(facts, slice, order[i].at));
    json_object_set_new(object, "offset", json_integer((json_int_t)offset));
    json_object_set(object, "ratings", list);
done:
    json_decref(list);
    free(order);
    return status;
}

static hr_status user(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t number = 0;
    hr_ratings slice = {0};
    json_t *object = NULL;
    if (!hr_endpoint_user(facts, request, "id", &number, answer))
        return HR_OK;
    HR_TRY(read_ratings(facts, number, &slice, err));
    object = describe(facts, number, &slice);
    HR_TRY(list_ratings(facts, request, &slice, object, err));
    HR_TRY(hr_answer_json(answer, json_incref(object), err));
done:
    json_decref(object);
    hr_ratings_free(&slice);
    return status;
}

hr_status hr_api_user(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    return hr_endpoint_call(context, user, request, answer, err);
}

/* Whether the id begins with the text. */
static bool begins(const hr_ids *ids, int64_t index, const char *text)
{
    char buffer[HR_ID_BUFFER];
    return strncmp(hr_ids_text(ids, index, buffer), text, strlen(text)) == 0;
}

static hr_status append(const hr_facts *facts, int64_t number, json_t *list, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t ptr[2] = {0};
    HR_TRY(hr_h5_read_rows(facts->loaded->source.dataset, "rating/ptr", HR_H5_I64, number, 2, 1, ptr, err));
    json_array_append_new(list,
                          json_pack("{s:o, s:I}", "user", hr_ids_json(&facts->snapshot->user_id, number),
                                    "ratings", (json_int_t)(ptr[1] - ptr[0])));
done:
    return status;
}

static hr_status users(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    const char *query = hr_text_or_empty(request, "query");
    const int64_t offset = hr_request_integer(request, "offset"), most = hr_request_integer(request, "top_k");
    int64_t found = 0;
    json_t *list = json_array();
    for (int64_t u = 0; u < facts->snapshot->user_id.count; u++) {
        if (hr_hides_user(&facts->snapshot->user_id, u) || !begins(&facts->snapshot->user_id, u, query))
            continue;
        if (found >= offset && found < offset + most)
            HR_TRY(append(facts, u, list, err));
        found++;
    }
    HR_TRY(hr_answer_json(
        answer,
        json_pack("{s:I, s:I, s:O}", "total", (json_int_t)found, "offset", (json_int_t)offset, "users", list),
        err));
done:
    json_decref(list);
    return status;
}

hr_status hr_api_users(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    return hr_endpoint_call(context, users, request, answer, err);
}
