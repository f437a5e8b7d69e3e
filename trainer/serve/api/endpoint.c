#include "trainer/serve/api/endpoint.h"

#include "io/base/search.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static void free_facts(void *facts)
{
    hr_facts_free(facts);
}

/* The facts of a snapshot, made by the first who asks. */
static hr_status find_facts(hr_snapshot *snapshot, hr_facts **facts, hr_error *err)
{
    hr_status status = HR_OK;
    pthread_mutex_lock(&snapshot->attaching);
    if (!snapshot->attached) {
        *facts = NULL;
        HR_TRY(hr_facts_create(facts, snapshot, err));
        snapshot->attached = *facts;
        snapshot->attached_free = free_facts;
    }
    *facts = snapshot->attached;
done:
    pthread_mutex_unlock(&snapshot->attaching);
    if (status != HR_OK)
        hr_facts_free(*facts);
    return status;
}

hr_status hr_endpoint_call(void *context, hr_endpoint *endpoint, const hr_request *request, hr_answer *answer,
                           hr_error *err)
{
    const hr_api *api = context;
    hr_facts *facts = NULL;
    hr_h5_begin_thread();
    hr_snapshot *snapshot = hr_served_take(api->served);
    hr_status status = find_facts(snapshot, &facts, err);
    if (status == HR_OK) {
        status = endpoint(facts, request, answer, err);
        status = hr_endpoint_refuse(facts, request, NULL, status, answer, err);
    }
    hr_snapshot_release(snapshot);
    return status;
}

const char *hr_text_or_empty(const hr_request *request, const char *name)
{
    const char *text = hr_request_text(request, name);
    return text ? text : "";
}

/* What a message is of instead of a path that it begins with. */
static const char *without_path(const hr_facts *facts, const char *message, const char **subject)
{
    const char *const paths[][2] = {{facts->catalogue->path, "the dataset "},
                                    {hr_h5_path(facts->loaded->source.dataset), "the dataset "},
                                    {hr_h5_path(facts->loaded->source.checkpoint), "the checkpoint "}};
    *subject = "";
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const size_t length = strlen(paths[i][0]);
        if (strncmp(message, paths[i][0], length) != 0 || strncmp(message + length, ": ", 2) != 0)
            continue;
        *subject = paths[i][1];
        return message + length + 2;
    }
    return message;
}

static bool begins_option(const char *message, const char *at)
{
    return at[0] == '-' && at[1] == '-' && isalpha((unsigned char)at[2]) &&
           (at == message || at[-1] == ' ' || at[-1] == '(');
}

/* "--without-genre" as the parameter is called: "without_genre". Returns its length without dashes. */
static size_t take_option(const char *at, char *name, size_t room)
{
    size_t length = 0;
    for (; isalnum((unsigned char)at[length]) || at[length] == '-'; length++)
        if (length + 1 < room)
            name[length] = at[length] == '-' ? '_' : at[length];
    name[length < room ? length : room - 1] = '\0';
    if (strcmp(name, "top") == 0)
        snprintf(name, room, "top_k");
    return length;
}

static const char *parameter_of(const hr_request *request, const char *name)
{
    for (const hr_parameter *p = request->route->parameters; p && p->name; p++)
        if (strcmp(p->name, name) == 0)
            return p->name;
    return NULL;
}

/* Writes a message of the command line in the words of the service; returns the first parameter that it names, or NULL. */
static const char *translate(const hr_request *request, const char *message, char *text, size_t room)
{
    const char *field = NULL;
    size_t used = 0;
    char name[64];
    for (const char *at = message; *at && used + sizeof name < room;) {
        if (!begins_option(message, at)) {
            text[used++] = *at++;
            continue;
        }
        at += 2;
        at += take_option(at, name, sizeof name);
        used += (size_t)snprintf(text + used, room - used, "%s", name);
        field = field ? field : parameter_of(request, name);
    }
    text[used] = '\0';
    return field;
}

hr_status hr_endpoint_refuse(const hr_facts *facts, const hr_request *request, const char *field,
                             hr_status status, hr_answer *answer, hr_error *err)
{
    char text[HR_ERROR_LENGTH];
    const char *subject = "";
    if (status != HR_USAGE && status != HR_INPUT)
        return status;
    const char *named = translate(request, without_path(facts, err->text, &subject), text, sizeof text);
    return hr_answer_problem(answer, 422, named ? named : field, "%s%s", subject, text);
}

bool hr_endpoint_movie(const hr_facts *facts, const hr_request *request, const char *name, int64_t *movie,
                       hr_answer *answer)
{
    hr_error why = {0};
    const char *subject = "";
    if (hr_find_movie(facts->catalogue, hr_text_or_empty(request, name), movie, &why) == HR_OK)
        return true;
    const char *message = without_path(facts, why.text, &subject);
    hr_answer_problem(answer, 404, name, "%s%s", subject, message);
    return false;
}

bool hr_endpoint_user(const hr_facts *facts, const hr_request *request, const char *name, int64_t *user,
                      hr_answer *answer)
{
    const char *id = hr_text_or_empty(request, name);
    *user = hr_snapshot_find_user(facts->snapshot, id);
    if (*user != HR_NOT_FOUND)
        return true;
    hr_answer_problem(answer, 404, name, "no user has the id %s", id);
    return false;
}
