/* Routes: tables of which method and path go to which function, and which parameters it takes. A request is checked against
 * its route before the handler sees it, and /openapi.json is made of the same tables.
 *
 *     static const hr_parameter parameters[] = {
 *         {.name = "id", .where = HR_IN_PATH, .kind = HR_TEXT_PARAMETER, .summary = "the movie's id"},
 *         {.name = "top_k", .kind = HR_INTEGER_PARAMETER, .minimum = 1, .maximum = 1000, .otherwise = "10",
 *          .summary = "number of movies"},
 *         {0}};
 *     const hr_route routes[] = {{"GET", "/movies/{id}", "What is known of a movie", parameters, .handle = answer_movie}, {0}}; */
#ifndef HR_TRAINER_SERVE_HTTP_ROUTE_H
#define HR_TRAINER_SERVE_HTTP_ROUTE_H

#include "trainer/serve/http/answer.h"
#include "trainer/serve/http/target.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct hr_request hr_request;

typedef enum hr_parameter_where {
    HR_IN_QUERY,
    HR_IN_PATH, /* the segment that the path names {so} */
    HR_IN_BODY, /* a member of the JSON object that the body is */
} hr_parameter_where;

typedef enum hr_parameter_kind {
    HR_TEXT_PARAMETER,    /* minimum and maximum are of its bytes; a maximum of 0 is 1,000 */
    HR_ID_PARAMETER,      /* the same; in JSON a text or a whole number */
    HR_INTEGER_PARAMETER, /* from minimum to maximum */
    HR_REAL_PARAMETER,    /* likewise; finite */
    HR_FLAG_PARAMETER,    /* true or false, 1 or 0; in a query "" is true */
    HR_CHOICE_PARAMETER,  /* one of `choices` */
    HR_JSON_PARAMETER,    /* of the body alone: a list or an object, which the handler takes apart */
} hr_parameter_kind;

typedef struct hr_parameter {
    const char *name;
    hr_parameter_where where;
    hr_parameter_kind kind;
    bool required; /* those of the path are in any case */
    bool repeated; /* may be given several times; in JSON a list, or one */
    double minimum, maximum;
    const char *const *choices; /* words, NULL at the end */
    const char *otherwise;      /* its value where it is not given; NULL: none */
    const char *summary;        /* a line for the reader of the documentation */
} hr_parameter;

/* How long a GET's answer may be kept by the client. All answers but those that may not be stored have an ETag. */
typedef enum hr_caching {
    HR_REVALIDATED, /* it asks each time whether it still holds: "no-cache" */
    HR_NOT_STORED,  /* "no-store": of one visitor alone */
    HR_FOR_AN_HOUR, /* "max-age=3600" */
} hr_caching;

/* Answers one request, on any worker thread, several at once. What it returns other than HR_OK becomes a problem
 * (hr_answer_failure), and a line in the log where that is the server's fault. */
typedef hr_status hr_handle(void *context, const hr_request *request, hr_answer *answer, hr_error *err);

/* Answers several at once, those that wait; each has its own answer. `thread` is one of 0 … the server's threads - 1, and no
 * two calls have the same one at a time. A failure is of those that have no status yet. */
typedef hr_status hr_handle_batch(void *context, int thread, const hr_request *const *request,
                                  hr_answer *const *answer, int count, hr_error *err);

/* Whether a request takes a handler long: such requests leave some threads to others. Asked when it comes, by the thread that reads:
 * it waits for nothing. `context` is the handler's. */
typedef bool hr_takes_long(void *context, const hr_request *request);

typedef struct hr_route {
    const char *method; /* "GET", which serves HEAD too, "POST", "PUT", "PATCH", "DELETE" */
    const char *path;   /* "/movies/{id}" */
    const char *summary;
    const hr_parameter *parameters; /* ending with a name of NULL; NULL: none */
    hr_handle *handle;              /* of one request; or, with handle_batch too, of those that are `alone` */
    hr_handle_batch *handle_batch;
    bool (*alone)(const hr_request *request);
    hr_takes_long *takes_long; /* NULL: none does */
    bool
        at_once; /* answered by the thread that reads and sends, whatever else waits: its handler does next to nothing */
    hr_caching caching;
    const char *answers; /* what the JSON is: its keys, for the documentation; NULL where `type` is another */
    const char *type;    /* of the answer; NULL: application/json */
    int64_t most_body;   /* bytes of a body; 0: 64 KiB where a parameter is in the body, else none */
    const char
        *takes; /* the body's type where it is no JSON object: "image/png"; the handler reads the bytes */
} hr_route;

/* A table with what its handlers get as context. */
typedef struct hr_route_set {
    const hr_route *routes; /* ending with a method of NULL */
    void *context;
} hr_route_set;

/* What a request goes to. */
typedef struct hr_route_match {
    const hr_route *route; /* NULL: no such path, or no such method of it */
    void *context;
    int number;       /* of the route, counted over all sets */
    char methods[64]; /* those of the path, "GET, HEAD, POST"; "" where there is no such path */
} hr_route_match;

/* Finds the route of a method and a path among `sets`, ending with routes of NULL. A path without {} goes before one with. */
hr_route_match hr_route_find(const hr_route_set *sets, const char *method, const hr_target *target);

/* True of every request: all of a route take long. */
hr_takes_long hr_always_takes_long;

/* Number of all routes. */
int hr_route_count(const hr_route_set *sets);

/* The index of the path's segment {name}, or -1. */
int hr_route_segment(const hr_route *route, const char *name);

/* Most bytes of a body that the route takes. */
int64_t hr_route_most_body(const hr_route *route);

#endif
