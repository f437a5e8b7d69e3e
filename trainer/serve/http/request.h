/* A request as handlers see it. Its parameters were checked against the route's table: a handler asks for them by name and
 * gets what fits the table, wherever they were given. */
#ifndef HR_TRAINER_SERVE_HTTP_REQUEST_H
#define HR_TRAINER_SERVE_HTTP_REQUEST_H

#include "trainer/serve/http/route.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HR_REQUEST_HEADERS = 64, HR_CLIENT_LENGTH = 64 };

/* A parameter's value as text. */
typedef struct hr_value {
    const hr_parameter *parameter;
    const char *text; /* NULL: `number` */
    char number[32];
} hr_value;

/* The server makes and frees it. */
struct hr_request {
    const hr_route *route;
    const char *method; /* "HEAD" where that was asked */
    hr_target target;
    int headers;
    hr_pair header[HR_REQUEST_HEADERS];
    char client[HR_CLIENT_LENGTH]; /* the address that the connection is from, such as 127.0.0.1 */
    char *body;                    /* [length] as it came; NULL: none */
    size_t length;
    json_t *json; /* the object that the body is, where the route has parameters there; else NULL */
    int64_t values, capacity;
    hr_value *value; /* [values] of parameters of the path, the query and the body, in this order */
};

/* Whether the parameter was given. */
bool hr_request_has(const hr_request *request, const char *name);

/* Its value, or the table's where it was not given, or NULL. Valid as long as the request. */
const char *hr_request_text(const hr_request *request, const char *name);

/* The value number `index` of one that may be repeated, from 0 on; NULL where there are not so many. */
const char *hr_request_text_at(const hr_request *request, const char *name, int index);

/* The same of other kinds; 0, or false, where there is none. */
int64_t hr_request_integer(const hr_request *request, const char *name);
double hr_request_real(const hr_request *request, const char *name);
bool hr_request_flag(const hr_request *request, const char *name);
int hr_request_choice(const hr_request *request, const char *name); /* index of the word */

/* A member of the body of HR_JSON_PARAMETER; borrowed; NULL where it was not given. */
const json_t *hr_request_json(const hr_request *request, const char *name);

/* A header's value, whatever the capitals of its name; NULL where there is none. */
const char *hr_request_header(const hr_request *request, const char *name);

/* A cookie's value (target.h). */
bool hr_request_cookie(const hr_request *request, const char *name, char *value, size_t room);

/* Fills the values from target and body, by the route; false, with a problem as the answer, where one does not fit: 400 of
 * path and query, 415 and 422 of the body. */
bool hr_request_read_values(hr_request *request, hr_answer *answer);
void hr_request_free(hr_request *request);

#endif
