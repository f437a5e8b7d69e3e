/* One request and its answer, from the first line to the last byte. Between the rooms' handlers and libmicrohttpd. */
#ifndef HR_TRAINER_SERVE_SERVER_EXCHANGE_H
#define HR_TRAINER_SERVE_SERVER_EXCHANGE_H

#include "trainer/serve/http/request.h"
#include "trainer/serve/server/connections.h"

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct hr_exchange hr_exchange;

struct hr_exchange {
    struct MHD_Connection *connection;
    hr_connection *peer;
    hr_request request;
    hr_answer answer;
    hr_route_match match;
    char *line;        /* target as it came */
    int64_t started;   /* when the request line was read */
    int64_t capacity;  /* of the body */
    int64_t held;      /* bytes of body and answer that the server has counted */
    bool begun;        /* headers are read */
    bool ends;         /* the connection does, after the answer: the head is malformed */
    bool refused;      /* the answer is a problem, made before a handler was asked */
    bool answered;     /* the answer is ready */
    bool deferred;     /* its values are read by the thread that answers it */
    bool takes_long;   /* while a queue has it: what hr_exchange_takes_long said */
    hr_exchange *next; /* in a queue */
};

/* NULL for want of memory. */
hr_exchange *hr_exchange_create(struct MHD_Connection *connection, hr_connection *peer, const char *line);
void hr_exchange_free(hr_exchange *exchange);

/* What all requests are held against. */
typedef struct hr_exchange_rules {
    const hr_route_set *sets;
    const char *cors; /* origin that other sites' pages may ask from, "*" for all; NULL or "": none */
    const char *host; /* names that the header Host may have, separated by commas; NULL: any */
} hr_exchange_rules;

/* Takes the headers: finds the route, and refuses what is wrong with the head (http/head.h), target, method, host or origin. */
void hr_exchange_begin(hr_exchange *exchange, const char *method, const char *version,
                       const hr_exchange_rules *rules);

/* Whether the body is too large by what the headers say: it is refused unread. */
bool hr_exchange_is_large(const hr_exchange *exchange);

/* Takes a piece of the body; false where the connection should end: the body goes on beyond any sense. */
bool hr_exchange_add_body(hr_exchange *exchange, const char *bytes, size_t length);

/* Refuses the request with status 503 and Retry-After, and frees its body and the answer that it has. */
void hr_exchange_refuse_now(hr_exchange *exchange, const char *why);

/* Checks parameters once all is read. False where it is refused. */
bool hr_exchange_read_values(hr_exchange *exchange);

/* Whether the body is so large that the thread that answers takes its values apart; true from then on. */
bool hr_exchange_defer_values(hr_exchange *exchange);

/* Whether a batch handler answers it. */
bool hr_exchange_is_batched(const hr_exchange *exchange);

/* Whether it takes a handler long. */
bool hr_exchange_takes_long(const hr_exchange *exchange);

/* Reads values that were deferred, and asks the handler of one request: a failure becomes the answer, and the server's own is told on standard error too. */
void hr_exchange_answer(hr_exchange *exchange);

/* The answer of a failure, where there is none yet. */
void hr_exchange_fail(hr_exchange *exchange, hr_status status, const hr_error *err);

#endif
