#include "trainer/serve/http/answer.h"

#include "io/base/json.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void forget_body(hr_answer *a)
{
    free(a->owned);
    a->owned = NULL;
    a->body = NULL;
    a->type = NULL;
    a->length = 0;
    a->version = 0;
}

void hr_answer_free(hr_answer *answer)
{
    forget_body(answer);
    for (int i = 0; i < answer->headers; i++)
        free(answer->header[i].value);
    *answer = (hr_answer){0};
}

void hr_answer_bytes(hr_answer *answer, const char *type, char *bytes, size_t length)
{
    forget_body(answer);
    answer->type = type;
    answer->body = answer->owned = bytes;
    answer->length = length;
}

void hr_answer_constant(hr_answer *answer, const char *type, const void *bytes, size_t length,
                        uint64_t version)
{
    forget_body(answer);
    answer->type = type;
    answer->body = bytes;
    answer->length = length;
    answer->version = version;
}

hr_status hr_answer_json(hr_answer *answer, json_t *value, hr_error *err)
{
    char *text = NULL, *line = NULL;
    hr_status status = hr_json_text(value, JSON_REAL_PRECISION(8), "an answer", &text, err);
    json_decref(value);
    if (status != HR_OK)
        return status;
    const size_t length = strlen(text);
    line = realloc(text, length + 2);
    if (!line) {
        free(text);
        return hr_fail(err, HR_MEMORY, "out of memory: no room for an answer");
    }
    memcpy(line + length, "\n", 2);
    hr_answer_bytes(answer, "application/json", line, length + 1);
    return HR_OK;
}

hr_status hr_answer_header(hr_answer *answer, hr_error *err, const char *name, const char *format, ...)
{
    char value[HR_HEADER_LENGTH];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(value, sizeof value, format, arguments);
    va_end(arguments);
    if (length < 0 || length >= HR_HEADER_LENGTH)
        return hr_fail(err, HR_USAGE, "the header %s is longer than %d bytes", name, HR_HEADER_LENGTH - 1);
    for (const char *c = value; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            return hr_fail(err, HR_USAGE, "the header %s has a control character", name);
    char *copy = answer->headers < HR_ANSWER_HEADERS ? strdup(value) : NULL;
    if (!copy)
        return hr_fail(err, HR_MEMORY, "no room for the header %s", name);
    answer->header[answer->headers].name = name;
    answer->header[answer->headers++].value = copy;
    return HR_OK;
}

/* Type about:blank, whose title is the status's phrase (RFC 9457, 4.2.1). */
static void make_problem(hr_answer *a, int status, const char *field, const char *detail)
{
    hr_error ignored;
    json_t *object = json_pack("{s:s, s:s, s:i, s:o}", "type", "about:blank", "title",
                               hr_status_phrase(status), "status", status, "detail", hr_json_string(detail));
    if (field)
        json_object_set_new(object, "field", hr_json_string(field));
    forget_body(a);
    a->status = status;
    if (hr_answer_json(a, object, &ignored) == HR_OK)
        a->type = "application/problem+json";
}

hr_status hr_answer_problem(hr_answer *answer, int status, const char *field, const char *format, ...)
{
    char detail[HR_ERROR_LENGTH];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    make_problem(answer, status, field, detail);
    return HR_OK;
}

void hr_answer_failure(hr_answer *answer, hr_status status, const char *field, const hr_error *err)
{
    if (status == HR_USAGE || status == HR_INPUT)
        make_problem(answer, status == HR_USAGE ? 400 : 422, field, err->text);
    else if (status == HR_MEMORY)
        make_problem(answer, 503, NULL, "the server has no memory left for this; try again later");
    else
        make_problem(answer, 500, NULL, "the server failed; its log says why");
}

const char *hr_status_phrase(int status)
{
    static const struct {
        int status;
        const char *phrase;
    } phrases[] = {{200, "OK"},
                   {201, "Created"},
                   {202, "Accepted"},
                   {204, "No Content"},
                   {304, "Not Modified"},
                   {400, "Bad Request"},
                   {401, "Unauthorized"},
                   {403, "Forbidden"},
                   {404, "Not Found"},
                   {405, "Method Not Allowed"},
                   {409, "Conflict"},
                   {413, "Content Too Large"},
                   {414, "URI Too Long"},
                   {415, "Unsupported Media Type"},
                   {421, "Misdirected Request"},
                   {422, "Unprocessable Content"},
                   {429, "Too Many Requests"},
                   {431, "Request Header Fields Too Large"},
                   {500, "Internal Server Error"},
                   {501, "Not Implemented"},
                   {503, "Service Unavailable"},
                   {507, "Insufficient Storage"}};
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (phrases[i].status == status)
            return phrases[i].phrase;
    return "Unknown";
}
