/* libFuzzer: any target, cookie and body of an HTTP request, as handlers see them. Whatever they are, reading them ends with values
 * that fit the route's table, or with one problem that names what is wrong. The first byte chooses what is read; of bodies and
 * queries together, a line ends the query. */
#include "io/base/utf8.h"
#include "tests/fuzz/input.h"
#include "trainer/serve/http/request.h"

static const char *const words[] = {"popular", "latest", NULL};

#define KINDS(where_)                                                                                        \
    {.name = "text", .where = where_, .kind = HR_TEXT_PARAMETER, .minimum = 1, .maximum = 20},               \
        {.name = "id", .where = where_, .kind = HR_ID_PARAMETER, .repeated = true},                          \
        {.name = "whole",                                                                                    \
         .where = where_,                                                                                    \
         .kind = HR_INTEGER_PARAMETER,                                                                       \
         .minimum = -5,                                                                                      \
         .maximum = 1000,                                                                                    \
         .otherwise = "10"},                                                                                 \
        {.name = "real",                                                                                     \
         .where = where_,                                                                                    \
         .kind = HR_REAL_PARAMETER,                                                                          \
         .minimum = 0,                                                                                       \
         .maximum = 1,                                                                                       \
         .otherwise = "0"},                                                                                  \
        {.name = "flag", .where = where_, .kind = HR_FLAG_PARAMETER},                                        \
    {                                                                                                        \
        .name = "choice", .where = where_, .kind = HR_CHOICE_PARAMETER, .choices = words                     \
    }

static const hr_parameter parameters[] = {{.name = "name", .where = HR_IN_PATH, .kind = HR_TEXT_PARAMETER},
                                          KINDS(HR_IN_QUERY),
                                          KINDS(HR_IN_BODY),
                                          {.name = "any", .where = HR_IN_BODY, .kind = HR_JSON_PARAMETER},
                                          {0}};

static const hr_route routes[] = {{.method = "POST", .path = "/a/{name}", .parameters = parameters}, {0}};
static const hr_route_set sets[] = {{routes, NULL}, {0}};

static void need_text(const char *text)
{
    need(hr_utf8_is_valid(text, (int64_t)strlen(text)), "what handlers see is UTF-8");
}

static void read_target(const char *text)
{
    hr_error err = {""};
    hr_target target = {0};
    if (succeeds(hr_target_read(&target, text, &err), &err)) {
        for (int i = 0; i < target.segments; i++) {
            need_text(target.segment[i]);
            need(*target.segment[i] && strcmp(target.segment[i], "..") != 0, "a path goes nowhere else");
        }
        for (int i = 0; i < target.pairs; i++) {
            need_text(target.pair[i].name);
            need_text(target.pair[i].value);
        }
        hr_route_find(sets, "GET", &target);
    }
    hr_target_free(&target);
}

static void read_cookie(const char *text)
{
    char value[16];
    if (hr_cookie_read(text, "session", value, sizeof value))
        need(strlen(value) < sizeof value && strstr(text, value), "a cookie's value is of the header");
}

static void check_values(const hr_request *r)
{
    const char *text = hr_request_text(r, "text");
    const int64_t whole = hr_request_integer(r, "whole");
    const double real = hr_request_real(r, "real");
    need(!text || (*text && strlen(text) <= 20), "a text has its length");
    need(whole >= -5 && whole <= 1000 && real >= 0.0 && real <= 1.0, "numbers are in their ranges");
    need(hr_request_choice(r, "choice") < 2, "a choice is one of the words");
    for (int64_t i = 0; i < r->values; i++)
        need_text(r->value[i].text ? r->value[i].text : r->value[i].number);
    need(hr_request_text(r, "name") != NULL, "what is in the path is there");
}

/* A query, and behind the first line end a body. */
static void read_values(const char *text)
{
    hr_error err = {""};
    hr_answer answer = {0};
    const char *line_end = strchr(text, '\n'), *body = line_end ? line_end + 1 : "";
    const size_t length = line_end ? (size_t)(line_end - text) : strlen(text);
    char *line = malloc(length + 8);
    snprintf(line, length + 8, "/a/b?%.*s", (int)length, text);
    hr_request r = {.route = &routes[0],
                    .method = "POST",
                    .headers = 1,
                    .header = {{"Content-Type", "application/json"}}};
    r.body = strdup(body);
    r.length = strlen(body);
    if (succeeds(hr_target_read(&r.target, line, &err), &err)) {
        if (hr_request_read_values(&r, &answer))
            check_values(&r);
        else
            need(answer.status >= 400 && answer.status < 500 && answer.body, "a problem where it is refused");
    }
    hr_request_free(&r);
    hr_answer_free(&answer);
    free(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const readers[])(const char *) = {read_target, read_cookie, read_values};
    if (size == 0)
        return 0;
    char *text = malloc(size);
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    readers[data[0] % 3](text);
    free(text);
    return 0;
}
