#include "trainer/serve/http/request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void hr_request_free(hr_request *request)
{
    hr_target_free(&request->target);
    free(request->body);
    free(request->value);
    json_decref(request->json);
    *request = (hr_request){0};
}

static const hr_value *find(const hr_request *r, const char *name, int index)
{
    for (int64_t i = 0; i < r->values; i++)
        if (strcmp(r->value[i].parameter->name, name) == 0 && index-- == 0)
            return &r->value[i];
    return NULL;
}

static const hr_parameter *parameter_of(const hr_request *r, const char *name)
{
    for (const hr_parameter *p = r->route->parameters; p && p->name; p++)
        if (strcmp(p->name, name) == 0)
            return p;
    return NULL;
}

bool hr_request_has(const hr_request *request, const char *name)
{
    return find(request, name, 0) || hr_request_json(request, name);
}

const char *hr_request_text_at(const hr_request *request, const char *name, int index)
{
    const hr_value *value = find(request, name, index);
    if (!value)
        return NULL;
    return value->text ? value->text : value->number;
}

const char *hr_request_text(const hr_request *request, const char *name)
{
    const char *text = hr_request_text_at(request, name, 0);
    const hr_parameter *parameter = text ? NULL : parameter_of(request, name);
    return parameter ? parameter->otherwise : text;
}

int64_t hr_request_integer(const hr_request *request, const char *name)
{
    const char *text = hr_request_text(request, name);
    return text ? strtoll(text, NULL, 10) : 0;
}

double hr_request_real(const hr_request *request, const char *name)
{
    const char *text = hr_request_text(request, name);
    return text ? strtod(text, NULL) : 0.0;
}

bool hr_request_flag(const hr_request *request, const char *name)
{
    const char *text = hr_request_text(request, name);
    return text && (!*text || *text == '1' || *text == 't');
}

int hr_request_choice(const hr_request *request, const char *name)
{
    const char *text = hr_request_text(request, name);
    const hr_parameter *parameter = parameter_of(request, name);
    for (int i = 0; text && parameter && parameter->choices[i]; i++)
        if (strcmp(parameter->choices[i], text) == 0)
            return i;
    return 0;
}

const json_t *hr_request_json(const hr_request *request, const char *name)
{
    const json_t *value = json_object_get(request->json, name);
    return json_is_object(value) || json_is_array(value) ? value : NULL;
}

const char *hr_request_header(const hr_request *request, const char *name)
{
    for (int i = 0; i < request->headers; i++)
        if (strcasecmp(request->header[i].name, name) == 0)
            return request->header[i].value;
    return NULL;
}

bool hr_request_cookie(const hr_request *request, const char *name, char *value, size_t room)
{
    for (int i = 0; i < request->headers; i++)
        if (strcasecmp(request->header[i].name, "Cookie") == 0 &&
            hr_cookie_read(request->header[i].value, name, value, room))
            return true;
    return false;
}
