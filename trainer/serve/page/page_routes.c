#include "trainer/serve/page/page_routes.h"

#include "trainer/serve/http/request.h"
#include "trainer/serve/page/page_files.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static hr_status answer_file(hr_answer *answer, const char *name)
{
    const hr_page_file *file = hr_page_file_find(name);
    if (!file)
        return hr_answer_problem(answer, 404, "file", "the page has no file %s", name);
    hr_answer_constant(answer, hr_page_file_type(name), file->bytes, file->size, file->version);
    return HR_OK;
}

static hr_status answer_index(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    (void)context;
    (void)request;
    (void)err;
    return answer_file(answer, "index.html");
}

static hr_status answer_top_file(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    (void)context;
    (void)err;
    return answer_file(answer, hr_request_text(request, "file"));
}

static hr_status answer_folder_file(void *context, const hr_request *request, hr_answer *answer,
                                    hr_error *err)
{
    char name[256];
    (void)context;
    (void)err;
    snprintf(name, sizeof name, "%s/%s", hr_request_text(request, "folder"),
             hr_request_text(request, "file"));
    return answer_file(answer, name);
}

/* Whether some set has a route with this method and path that takes the parameter; NULL: any. */
static bool offers(const hr_route_set *sets, const char *method, const char *path, const char *parameter)
{
    for (const hr_route_set *set = sets; set->routes; set++)
        for (const hr_route *route = set->routes; route->method; route++) {
            if (strcmp(route->method, method) != 0 || strcmp(route->path, path) != 0)
                continue;
            if (!parameter)
                return true;
            for (const hr_parameter *p = route->parameters; p && p->name; p++)
                if (strcmp(p->name, parameter) == 0)
                    return true;
        }
    return false;
}

static hr_status answer_offers(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    const hr_page *page = context;
    (void)request;
    json_t *json =
        json_pack("{s:b,s:b,s:b,s:b,s:b,s:b}", "ratings", offers(page->sets, "GET", "/ratings", NULL),
                  "accounts", offers(page->sets, "POST", "/account", NULL), "training",
                  offers(page->sets, "POST", "/training", NULL), "mixture",
                  offers(page->sets, "GET", "/recommend", "mixture"), "pictures",
                  offers(page->sets, "GET", "/movies/{id}/picture", NULL), "runs", page->runs);
    return hr_answer_json(answer, json, err);
}

static const hr_parameter file_parameters[] = {
    {.name = "file", .where = HR_IN_PATH, .kind = HR_TEXT_PARAMETER, .summary = "the file's name"}, {0}};

static const hr_parameter folder_parameters[] = {{.name = "folder",
                                                  .where = HR_IN_PATH,
                                                  .kind = HR_TEXT_PARAMETER,
                                                  .maximum = 100,
                                                  .summary = "the folder"},
                                                 {.name = "file",
                                                  .where = HR_IN_PATH,
                                                  .kind = HR_TEXT_PARAMETER,
                                                  .maximum = 100,
                                                  .summary = "the file's name"},
                                                 {0}};

const hr_route hr_page_routes[] = {{.method = "GET",
                                    .path = "/",
                                    .summary = "The page, for a browser",
                                    .handle = answer_index,
                                    .type = "text/html; charset=utf-8"},
                                   {.method = "GET",
                                    .path = "/page/offers",
                                    .summary = "What the server offers its visitors, for the page",
                                    .handle = answer_offers,
                                    .answers = "{*: flag}"},
                                   {.method = "GET",
                                    .path = "/page/{file}",
                                    .summary = "A file of the page: its style, its program, its picture",
                                    .parameters = file_parameters,
                                    .handle = answer_top_file,
                                    .type = "text/css"},
                                   {.method = "GET",
                                    .path = "/page/{folder}/{file}",
                                    .summary = "A module of the page",
                                    .parameters = folder_parameters,
                                    .handle = answer_folder_file,
                                    .type = "text/javascript"},
                                   {0}};
