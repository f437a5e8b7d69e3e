/* /graph: the neighbourhood of a user or a movie as JSON, or drawn. */
#include "io/base/memory.h"
#include "trainer/neighbourhood/graph_file.h"
#include "trainer/neighbourhood/near_graph.h"
#include "trainer/serve/api/endpoint.h"
#include "trainer/serve/model/hidden_users.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

/* Dot takes seconds for more. */
enum { MOST_DRAWN = 400 };

static bool wants_picture(const hr_request *request)
{
    const char *accept = hr_request_header(request, "Accept");
    if (hr_request_has(request, "format"))
        return hr_request_choice(request, "format") == 1;
    return accept && strncmp(accept, "image/svg+xml", strlen("image/svg+xml")) == 0;
}

/* The bytes of a file, from its beginning. */
static hr_status read_all(FILE *file, char **bytes, size_t *length, hr_error *err)
{
    hr_status status = HR_OK;
    const long end = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    if (end < 0)
        HR_TRY(hr_fail(err, HR_IO, "a picture cannot be read back: %s", strerror(errno)));
    rewind(file);
    HR_ALLOC(*bytes, end + 1);
    *length = fread(*bytes, 1, (size_t)end, file);
done:
    return status;
}

static hr_status draw(const hr_named_graph *graph, hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    char *bytes = NULL;
    size_t length = 0;
    FILE *file = NULL;
    if (graph->near->vertices > MOST_DRAWN)
        return hr_answer_problem(answer, 422, "limit",
                                 "a picture has up to %d users and movies, and these are %" PRId64
                                 ": give fewer hops or a smaller limit, or format=json",
                                 MOST_DRAWN, graph->near->vertices);
    file = tmpfile();
    if (!file)
        HR_TRY(hr_fail(err, HR_IO, "a temporary file cannot be made: %s", strerror(errno)));
    status = hr_graph_draw(graph, file, "the picture", err);
    if (status == HR_USAGE) { /* there is no dot */
        status = hr_answer_problem(answer, 501, "format", "%s; format=json needs nothing", err->text);
        goto done;
    }
    HR_TRY(status);
    HR_TRY(read_all(file, &bytes, &length, err));
    hr_answer_bytes(answer, "image/svg+xml", bytes, length);
done:
    if (file)
        fclose(file);
    return status;
}

/* The centre that is asked for; false, with a problem as the answer, where it is none or two. */
static bool find_centre(const hr_facts *facts, const hr_request *request, hr_graph_request *wanted,
                        hr_answer *answer)
{
    wanted->from_movie = hr_request_has(request, "movie");
    if (wanted->from_movie == hr_request_has(request, "user")) {
        hr_answer_problem(answer, 400, wanted->from_movie ? "movie" : "user",
                          "give one of user and movie, at which the graph begins");
        return false;
    }
    return wanted->from_movie ? hr_endpoint_movie(facts, request, "movie", &wanted->centre, answer)
                              : hr_endpoint_user(facts, request, "user", &wanted->centre, answer);
}

static hr_status append(hr_strings *strings, const char *text, hr_error *err)
{
    return hr_strings_append(strings, text, (int64_t)strlen(text), err);
}

/* Visitors among the neighbours lose their ids. */
static hr_status hide_users(hr_near_graph *found, hr_error *err)
{
    hr_status status = HR_OK;
    hr_near_names shown = {0};
    for (int64_t v = 0; v < found->near.vertices; v++) {
        const char *id = hr_strings_at(&found->names.id, v);
        const bool hidden = !found->near.vertex[v].is_movie && hr_is_hidden_user(id);
        HR_TRY(append(&shown.id, hidden ? "" : id, err));
        HR_TRY(append(&shown.name, hidden ? "a visitor" : hr_strings_at(&found->names.name, v), err));
    }
    const hr_near_names names = found->names;
    found->names = shown;
    shown = names;
done:
    hr_near_names_free(&shown);
    return status;
}

static hr_status answer_found(const hr_near_graph *found, const hr_request *request, hr_answer *answer,
                              hr_error *err)
{
    hr_status status = HR_OK;
    const hr_named_graph named = hr_near_graph_named(found);
    HR_TRY(hr_answer_header(answer, err, "Vary", "%s", "Accept"));
    HR_TRY(wants_picture(request) ? draw(&named, answer, err)
                                  : hr_answer_json(answer, hr_graph_json(&named), err));
done:
    return status;
}

static hr_status graph(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_loaded *loaded = facts->loaded;
    hr_near_graph found = {0};
    hr_rating_pass pass = {0};
    hr_graph_request wanted = {.hops = hr_request_integer(request, "hops"),
                               .limit = hr_request_integer(request, "limit")};
    if (!find_centre(facts, request, &wanted, answer))
        return HR_OK;
    const hr_graph_source source = {.pass = &pass,
                                    .user_id = &facts->snapshot->user_id,
                                    .dataset = loaded->source.dataset,
                                    .users = loaded->data.users,
                                    .catalogue = facts->catalogue,
                                    .train = &facts->snapshot->train,
                                    .loaded = hr_graph_has_messages(&loaded->model) ? loaded : NULL,
                                    .valid = loaded->scoring.valid};
    HR_TRY(hr_snapshot_pass(facts->snapshot, &pass, err));
    status = hr_near_graph_find(&found, &source, &wanted, err);
    status = status == HR_OK ? hide_users(&found, err) : status;
    status = status == HR_OK ? answer_found(&found, request, answer, err)
                             : hr_endpoint_refuse(facts, request, "limit", status, answer, err);
done:
    hr_near_graph_free(&found);
    return status;
}

hr_status hr_api_graph(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    return hr_endpoint_call(context, graph, request, answer, err);
}
