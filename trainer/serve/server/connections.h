/* Open connections, and how long each has been at what it does: one that takes too long is closed, and where there are too many,
 * the one that has been idle longest. */
#ifndef HR_TRAINER_SERVE_SERVER_CONNECTIONS_H
#define HR_TRAINER_SERVE_SERVER_CONNECTIONS_H

#include "io/base/error.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum hr_connection_state {
    HR_CONNECTION_IDLE,      /* no request line yet, or since the last answer */
    HR_CONNECTION_READING,   /* headers or body */
    HR_CONNECTION_ANSWERING, /* the server is at work */
    HR_CONNECTION_SENDING,   /* the answer is being sent */
} hr_connection_state;

typedef struct hr_connection hr_connection;

struct hr_connection {
    int socket;
    hr_connection_state state;
    int64_t since; /* nanoseconds of the monotonic clock */
    bool closed;   /* for both directions; the server notices soon */
    hr_connection *before, *after;
};

/* Zero-initialise but for the limits; hr_connections_begin and _end. */
typedef struct hr_connections {
    int64_t most;           /* connections */
    double idle_seconds;    /* that one may be idle */
    double request_seconds; /* that reading a request, or sending an answer, may take */
    pthread_mutex_t mutex;
    pthread_cond_t stop_asked;
    pthread_t watcher;
    bool stopped, begun;
    hr_connection *first;
    int64_t count;
    _Atomic uint64_t *timed_out; /* counts those closed */
} hr_connections;

/* Starts the thread that watches. HR_MEMORY where there is none. */
hr_status hr_connections_begin(hr_connections *connections, hr_error *err);
void hr_connections_end(hr_connections *connections);

/* A new connection, which is idle; NULL for want of memory. Closes another one where there are too many. */
hr_connection *hr_connection_add(hr_connections *connections, int socket);
void hr_connection_remove(hr_connections *connections, hr_connection *connection);
void hr_connection_set(hr_connections *connections, hr_connection *connection, hr_connection_state state);

/* How many are at a request. */
int64_t hr_connections_busy(hr_connections *connections);

/* Nanoseconds of the monotonic clock. */
int64_t hr_nanoseconds(void);

#endif
