#include "trainer/serve/description/openapi.h"

#include "io/base/json.h"
#include "trainer/serve/description/parameter_schema.h"
#include "trainer/serve/description/shape.h"

#include <ctype.h>
#include <string.h>

enum { OPERATION_LENGTH = 128 };

/* "get_movies_id" */
static json_t *operation_name(const hr_route *route)
{
    char name[OPERATION_LENGTH];
    size_t used = 0;
    for (const char *c = route->method; *c && used + 1 < sizeof name; c++)
        name[used++] = (char)tolower((unsigned char)*c);
    for (const char *c = route->path; *c && used + 1 < sizeof name; c++)
        if (isalnum((unsigned char)*c))
            name[used++] = *c;
        else if (name[used - 1] != '_')
            name[used++] = '_';
    while (used > 0 && name[used - 1] == '_')
        used--;
    return json_stringn(name, used);
}

/* The answer of a route that goes well. */
static hr_status answer_of(const hr_route *route, json_t *responses, hr_error *err)
{
    hr_status status = HR_OK;
    json_t *schema = json_object();
    if (route->answers && !route->type) {
        json_decref(schema);
        schema = NULL;
        HR_TRY(hr_fail_in(err, hr_shape_schema(route->answers, &schema, err), route->path));
    }
    json_object_set_new(responses, "200",
                        json_pack("{s:s, s:{s:{s:O}}}", "description", "the answer", "content",
                                  route->type ? route->type : "application/json", "schema", schema));
done:
    json_decref(schema);
    return status;
}

/* The body that a route takes. */
static void add_body(const hr_route *route, json_t *operation)
{
    if (route->takes) {
        json_object_set_new(operation, "requestBody",
                            json_pack("{s:b, s:{s:{}}}", "required", 1, "content", route->takes));
        return;
    }
    json_t *schema = hr_body_schema(route->parameters);
    if (schema)
        json_object_set_new(operation, "requestBody",
                            json_pack("{s:{s:{s:o}}}", "content", "application/json", "schema", schema));
}

static hr_status add_operation(const hr_route *route, json_t *paths, hr_error *err)
{
    hr_status status = HR_OK;
    char method[16] = "";
    json_t *path = json_object_get(paths, route->path), *responses = json_object();
    if (!path)
        json_object_set_new(paths, route->path, path = json_object());
    for (size_t i = 0; route->method[i] && i + 1 < sizeof method; i++)
        method[i] = (char)tolower((unsigned char)route->method[i]);
    HR_TRY(answer_of(route, responses, err));
    json_object_set_new(responses, "default", json_pack("{s:s}", "$ref", "#/components/responses/Problem"));
    json_t *operation = json_pack("{s:o, s:s, s:o, s:O}", "operationId", operation_name(route), "summary",
                                  route->summary ? route->summary : "", "parameters",
                                  hr_parameters_json(route->parameters), "responses", responses);
    add_body(route, operation);
    json_object_set_new(path, method, operation);
done:
    json_decref(responses);
    return status;
}

/* RFC 9457. */
static json_t *problem_schema(void)
{
    return json_pack("{s:s, s:{s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s, s:s}}, s:[s, s, s]}", "type",
                     "object", "properties", "type", "type", "string", "title", "type", "string", "status",
                     "type", "integer", "detail", "type", "string", "field", "type", "string", "description",
                     "the parameter, or member of the body, that is wrong", "required", "type", "title",
                     "status");
}

static json_t *components(void)
{
    return json_pack("{s:{s:o}, s:{s:{s:s, s:{s:{s:{s:s}}}}}}", "schemas", "Problem", problem_schema(),
                     "responses", "Problem", "description", "why there is no answer", "content",
                     "application/problem+json", "schema", "$ref", "#/components/schemas/Problem");
}

hr_status hr_openapi_make(const hr_route_set *sets, json_t **document, hr_error *err)
{
    hr_status status = HR_OK;
    json_t *paths = json_object();
    for (const hr_route_set *set = sets; set->routes; set++)
        for (const hr_route *route = set->routes; route->method; route++)
            HR_TRY(add_operation(route, paths, err));
    *document =
        json_pack("{s:s, s:{s:s, s:s, s:s}, s:O, s:o}", "openapi", "3.1.0", "info", "title", "halorec",
                  "version", HR_VERSION, "description", "A trained recommender, asked over HTTP.", "paths",
                  paths, "components", components());
    HR_TRY(hr_json_check("the description of the service", err));
done:
    json_decref(paths);
    return status;
}
