/* An HTTP/1.1 server, by libmicrohttpd: one thread reads and sends, others answer. */
#ifndef HR_TRAINER_SERVE_SERVER_SERVER_H
#define HR_TRAINER_SERVE_SERVER_SERVER_H

#include "io/base/error.h"
#include "trainer/serve/http/metrics.h"
#include "trainer/serve/http/route.h"

#include <stdint.h>

typedef struct hr_server_config {
    const char *bind; /* address or name */
    int64_t port;     /* 0: one that is free */
    const char *cors; /* exchange.h */
    const char *host;
    int threads;                /* that answer batches; of more than 64 there are 64 */
    int handlers;               /* threads that answer other requests; likewise. Those that take long leave it
                                   two, or all but one */
    int64_t connections, queue; /* most open connections, most requests that wait */
    double idle_seconds, request_seconds;
    const hr_route_set *sets; /* ending with routes of NULL; they, and their contexts, outlive the server */
    hr_metrics *metrics;      /* of these sets */
} hr_server_config;

typedef struct hr_server hr_server;

/* Starts a server. HR_IO where it cannot listen there, with what to do; HR_USAGE for no such address, HR_MEMORY. The config's texts
 * outlive it. */
hr_status hr_server_start(hr_server **server, const hr_server_config *config, hr_error *err);

/* The port that it listens on. */
int hr_server_port(const hr_server *server);

/* Takes no more connections, and ends after the requests that are there, or after `seconds`. NULL is allowed. */
void hr_server_stop(hr_server *server, double seconds);

#endif
