/* The values of a request's parameters, checked against its route. */
#include "io/base/memory.h"
#include "trainer/serve/http/request.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { USUAL_TEXT = 1000, MOST_VALUES = 10000 };

/* What is read, and where to say what is wrong. */
typedef struct reader {
    hr_request *request;
    hr_answer *answer;
} reader;

static int refusal_of(const hr_parameter *p)
{
    return p->where == HR_IN_BODY ? 422 : 400;
}

static bool refuse(const reader *r, const hr_parameter *p, const char *expected)
{
    hr_answer_problem(r->answer, refusal_of(p), p->name, "%s: expected %s", p->name, expected);
    return false;
}

static bool check_length(const reader *r, const hr_parameter *p, const char *text)
{
    char expected[96];
    const double most = p->maximum > 0.0 ? p->maximum : USUAL_TEXT, length = (double)strlen(text);
    snprintf(expected, sizeof expected, "a text of %.0f to %.0f bytes", p->minimum, most);
    return (length >= p->minimum && length <= most) || refuse(r, p, expected);
}

static bool check_number(const reader *r, const hr_parameter *p, const char *text)
{
    char *end = NULL, expected[128];
    const bool whole = p->kind == HR_INTEGER_PARAMETER, begins = strchr("+-0123456789.", *text) && *text;
    snprintf(expected, sizeof expected, "a %snumber from %.15g to %.15g", whole ? "whole " : "", p->minimum,
             p->maximum);
    errno = 0;
    const double number = !begins ? NAN : whole ? (double)strtoll(text, &end, 10) : strtod(text, &end);
    const bool fits =
        begins && end != text && !*end && !errno && number >= p->minimum && number <= p->maximum;
    return fits || refuse(r, p, expected);
}

static bool is_one_of(const char *text, const char *const *words)
{
    for (int i = 0; words[i]; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return false;
}

static bool check_choice(const reader *r, const hr_parameter *p, const char *text)
{
    char expected[512] = "one of";
    if (is_one_of(text, p->choices))
        return true;
    for (int i = 0; p->choices[i]; i++) {
        const size_t used = strlen(expected);
        snprintf(expected + used, sizeof expected - used, "%s %s", i ? "," : "", p->choices[i]);
    }
    return refuse(r, p, expected);
}

static bool check(const reader *r, const hr_parameter *p, const char *text)
{
    static const char *const flags[] = {"", "1", "0", "true", "false", NULL};
    switch (p->kind) {
    case HR_INTEGER_PARAMETER:
    case HR_REAL_PARAMETER:
        return check_number(r, p, text);
    case HR_FLAG_PARAMETER:
        return is_one_of(text, flags) || refuse(r, p, "true or false");
    case HR_CHOICE_PARAMETER:
        return check_choice(r, p, text);
    case HR_JSON_PARAMETER:
        return refuse(r, p, "a list or an object of JSON");
    default:
        return check_length(r, p, text);
    }
}

/* Adds a value; the text stays with target or body, or is a number of its own. */
static bool add(const reader *r, const hr_parameter *p, const char *text, const char *number)
{
    hr_request *q = r->request;
    const bool again = !p->repeated && hr_request_text_at(q, p->name, 0);
    if (again)
        return refuse(r, p, "one value, found several");
    if (!check(r, p, text ? text : number))
        return false;
    hr_value *grown =
        q->values < MOST_VALUES ? hr_grow(q->value, &q->capacity, q->values + 1, sizeof *q->value) : NULL;
    if (!grown)
        return refuse(r, p, "fewer values");
    q->value = grown;
    hr_value *value = &grown[q->values++];
    *value = (hr_value){p, text, ""};
    if (!text)
        snprintf(value->number, sizeof value->number, "%s", number);
    return true;
}

static const hr_parameter *parameter_at(const hr_route *route, hr_parameter_where where, const char *name)
{
    for (const hr_parameter *p = route->parameters; p && p->name; p++)
        if (p->where == where && strcmp(p->name, name) == 0)
            return p;
    return NULL;
}

static bool read_path(const reader *r)
{
    const hr_route *route = r->request->route;
    for (const hr_parameter *p = route->parameters; p && p->name; p++) {
        const int segment = p->where == HR_IN_PATH ? hr_route_segment(route, p->name) : -1;
        if (segment >= 0 && !add(r, p, r->request->target.segment[segment], NULL))
            return false;
    }
    return true;
}

static bool read_query(const reader *r)
{
    const hr_target *t = &r->request->target;
    for (int i = 0; i < t->pairs; i++) {
        const hr_parameter *p = parameter_at(r->request->route, HR_IN_QUERY, t->pair[i].name);
        if (!p) {
            hr_answer_problem(r->answer, 400, t->pair[i].name,
                              "%s: no such parameter; /openapi.json lists them", t->pair[i].name);
            return false;
        }
        if (!add(r, p, t->pair[i].value, NULL))
            return false;
    }
    return true;
}

/* A member of the body that is no list and no object. */
static bool add_scalar(const reader *r, const hr_parameter *p, const json_t *value)
{
    char number[32];
    const bool text = p->kind == HR_TEXT_PARAMETER || p->kind == HR_CHOICE_PARAMETER;
    if (json_is_string(value) && (text || p->kind == HR_ID_PARAMETER)) {
        if (strlen(json_string_value(value)) != json_string_length(value))
            return refuse(r, p, "a text without NUL");
        return add(r, p, json_string_value(value), NULL);
    }
    if (json_is_boolean(value) && p->kind == HR_FLAG_PARAMETER)
        return add(r, p, json_is_true(value) ? "1" : "0", NULL);
    if (json_is_integer(value) && !text && p->kind != HR_FLAG_PARAMETER)
        snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    else if (json_is_real(value) && p->kind == HR_REAL_PARAMETER)
        snprintf(number, sizeof number, "%.17g", json_real_value(value));
    else
        return refuse(r, p,
                      text                           ? "a text"
                      : p->kind == HR_FLAG_PARAMETER ? "true or false"
                      : p->kind == HR_ID_PARAMETER   ? "an id"
                                                     : "a number");
    return add(r, p, NULL, number);
}

static bool add_member(const reader *r, const hr_parameter *p, const json_t *value)
{
    if (json_is_null(value))
        return true;
    if (p->kind == HR_JSON_PARAMETER)
        return json_is_object(value) || json_is_array(value) || refuse(r, p, "a list or an object");
    if (!p->repeated || !json_is_array(value))
        return add_scalar(r, p, value);
    for (size_t i = 0; i < json_array_size(value); i++)
        if (!add_scalar(r, p, json_array_get(value, i)))
            return false;
    return true;
}

/* Whether the body says that it is JSON: no page of another site sends such a one without asking first. */
static bool is_json(const hr_request *q)
{
    static const char json[] = "application/json";
    const char *type = hr_request_header(q, "Content-Type");
    return type && strncasecmp(type, json, strlen(json)) == 0 && strchr("; ", type[strlen(json)]);
}

static bool parse_body(const reader *r)
{
    hr_request *q = r->request;
    json_error_t fault;
    if (q->length == 0)
        return true;
    if (!is_json(q)) {
        hr_answer_problem(r->answer, 415, NULL,
                          "expected a body of JSON, with Content-Type: application/json");
        return false;
    }
    q->json = json_loadb(q->body, q->length, JSON_REJECT_DUPLICATES, &fault);
    if (json_is_object(q->json))
        return true;
    hr_answer_problem(r->answer, 400, NULL, "the body is no JSON object%s%s", q->json ? "" : ": ",
                      q->json ? "" : fault.text);
    return false;
}

static bool read_body(const reader *r)
{
    const char *name = NULL;
    json_t *value = NULL;
    if (r->request->route->takes || hr_route_most_body(r->request->route) == 0)
        return true;
    if (!parse_body(r))
        return false;
    json_object_foreach(r->request->json, name, value)
    {
        const hr_parameter *p = parameter_at(r->request->route, HR_IN_BODY, name);
        if (!p) {
            hr_answer_problem(r->answer, 422, name, "%s: no such member; /openapi.json lists them", name);
            return false;
        }
        if (!add_member(r, p, value))
            return false;
    }
    return true;
}

static bool has_required(const reader *r)
{
    for (const hr_parameter *p = r->request->route->parameters; p && p->name; p++)
        if (p->required && !hr_request_has(r->request, p->name)) {
            hr_answer_problem(r->answer, refusal_of(p), p->name, "%s is missing: %s", p->name, p->summary);
            return false;
        }
    return true;
}

bool hr_request_read_values(hr_request *request, hr_answer *answer)
{
    const reader r = {request, answer};
    return read_path(&r) && read_query(&r) && read_body(&r) && has_required(&r);
}
