/* What a handler answers: a status, headers, and a body of JSON, text or bytes; or a problem document (RFC 9457), which
 * names the field that is wrong. */
#ifndef HR_TRAINER_SERVE_HTTP_ANSWER_H
#define HR_TRAINER_SERVE_HTTP_ANSWER_H

#include "io/base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HR_ANSWER_HEADERS = 8, HR_HEADER_LENGTH = 1024 };

/* The server zero-initialises and frees it. A handler calls one of the functions below that give the body; of several the
 * last counts. */
typedef struct hr_answer {
    int status;       /* 200 unless it is set */
    const char *type; /* of the body; NULL: there is none */
    const char *body; /* [length] */
    size_t length;
    char *owned; /* the same, where it is freed with the answer; else the body stays as long as the server */
    uint64_t
        version; /* of a body that stays, for its ETag: other than 0; else the server makes one of the bytes */
    bool not_stored; /* whether it is of one visitor alone, whatever the route says of caching */
    int headers;
    struct {
        const char *name;
        char *value; /* owned */
    } header[HR_ANSWER_HEADERS];
} hr_answer;

void hr_answer_free(hr_answer *answer);

/* JSON, as the commands print it: 8 digits, a line. Takes the value over, also after a failure; NULL is a failure.
 * HR_MEMORY. */
hr_status hr_answer_json(hr_answer *answer, json_t *value, hr_error *err);

/* Bytes, which the answer frees. */
void hr_answer_bytes(hr_answer *answer, const char *type, char *bytes, size_t length);

/* Bytes that outlive the server: files of the page that the program holds.
 *   type     a text that stays too: "text/css; charset=utf-8"
 *   version  any number that is another one for other bytes, such as their checksum; not 0 */
void hr_answer_constant(hr_answer *answer, const char *type, const void *bytes, size_t length,
                        uint64_t version);

/* Adds a header; its name stays. Headers of the server itself (Content-Type, ETag, Cache-Control, those of security and
 * CORS) are not given; Location, Set-Cookie, Retry-After, Content-Disposition are. HR_MEMORY, also where there are more than
 * HR_ANSWER_HEADERS; HR_USAGE for a value with control characters, or of HR_HEADER_LENGTH bytes and more. */
hr_status hr_answer_header(hr_answer *answer, hr_error *err, const char *name, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Makes it a problem document with this status; `field` is the parameter or the member of the body that is wrong, or NULL.
 * Returns HR_OK, so that a handler writes `return hr_answer_problem(answer, 404, "id", "no movie has the id %s", id);`. What
 * is not UTF-8 is escaped. Want of memory leaves the status alone. */
hr_status hr_answer_problem(hr_answer *answer, int status, const char *field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* The problem of a status that a function below the handlers returned: HR_USAGE is 400 and HR_INPUT 422, with the message;
 * others are 500, or 503 of HR_MEMORY, without it. */
void hr_answer_failure(hr_answer *answer, hr_status status, const char *field, const hr_error *err);

/* "Not Found". */
const char *hr_status_phrase(int status);

#endif
