#include "trainer/serve/server/server.h"

#include "io/base/memory.h"
#include "trainer/serve/server/listener.h"
#include "trainer/serve/server/response.h"
#include "trainer/serve/server/workers.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* A connection's memory, where the library has a head, the values of Cookie once more, and the head of the answer: more than
 * http/head.h lets a head have, so that its problems are answered and not the library's; connections beyond the most that are being closed; the files that the
 * program needs beside connections. */
enum { CONNECTION_BYTES = 32 * 1024, BEING_CLOSED = 64, OTHER_FILES = 64 };

/* Handlers that no requests take long which are known to. */
enum { LEFT_TO_OTHERS = 2 };

/* Bytes of bodies and answers that are there at a time. */
static const int64_t most_held = (int64_t)512 << 20;

struct hr_server {
    hr_server_config config;
    hr_exchange_rules rules;
    hr_connections connections;
    hr_workers batches, others;
    struct MHD_Daemon *daemon;
    int listener, port;
    atomic_bool stopping;
    int64_t held; /* bytes of all exchanges; of the thread that reads and sends */
};

/* Which names a server of this machine alone is asked by: a page that resolves its own name to 127.0.0.1 uses another. */
static const char loopback_names[] = "localhost,127.0.0.1,[::1]";

static hr_connection *peer_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void note_connection(void *context, struct MHD_Connection *connection, void **peer,
                            enum MHD_ConnectionNotificationCode code)
{
    hr_server *s = context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *peer = hr_connection_add(&s->connections, info->connect_fd);
        s->config.metrics->connections += *peer != NULL;
    } else if (*peer) {
        hr_connection_remove(&s->connections, *peer);
        s->config.metrics->connections--;
    }
}

/* Begins an exchange: called with the request line's target. */
static void *note_target(void *context, const char *target, struct MHD_Connection *connection)
{
    hr_server *s = context;
    hr_connection *peer = peer_of(connection);
    if (!peer)
        return NULL;
    hr_connection_set(&s->connections, peer, HR_CONNECTION_READING);
    return hr_exchange_create(connection, peer, target);
}

/* Counts what the exchange has; false where that is more than there is room for, and nothing is counted. */
static bool hold(hr_server *s, hr_exchange *x)
{
    const int64_t bytes = x->capacity + (x->answer.owned ? (int64_t)x->answer.length : 0);
    if (bytes > x->held && s->held + bytes - x->held > most_held)
        return false;
    s->held += bytes - x->held;
    x->held = bytes;
    return true;
}

static void let_go(hr_server *s, hr_exchange *x)
{
    s->held -= x->held;
    hr_exchange_free(x);
}

static void note_end(void *context, struct MHD_Connection *connection, void **exchange,
                     enum MHD_RequestTerminationCode code)
{
    hr_server *s = context;
    (void)connection;
    (void)code;
    if (*exchange)
        hr_connection_set(&s->connections, ((hr_exchange *)*exchange)->peer, HR_CONNECTION_IDLE);
    if (*exchange)
        let_go(s, *exchange);
    *exchange = NULL;
}

/* The target is decoded by target.h. */
static size_t keep_escapes(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context;
    (void)connection;
    return strlen(text);
}

static const char no_room[] = "the server has no room for this beside other requests";

static enum MHD_Result send_answer(hr_server *s, hr_exchange *x)
{
    int status = 0;
    if (!hold(s, x))
        hr_exchange_refuse_now(x, no_room);
    hr_connection_set(&s->connections, x->peer, HR_CONNECTION_SENDING);
    const enum MHD_Result result = hr_exchange_send(x, &s->rules, s->stopping || x->ends, &status);
    hr_metrics_count(s->config.metrics, x->match.route ? x->match.number : -1, status,
                     hr_nanoseconds() - x->started);
    return result;
}

/* Gives a request that is there to the last byte to the threads that answer it. */
static enum MHD_Result ask(hr_server *s, hr_exchange *x)
{
    if (!hr_exchange_defer_values(x) && !hr_exchange_read_values(x))
        return send_answer(s, x);
    if (x->match.route->at_once) {
        hr_exchange_answer(x);
        return send_answer(s, x);
    }
    hr_connection_set(&s->connections, x->peer, HR_CONNECTION_ANSWERING);
    if (!hr_workers_ask(hr_exchange_is_batched(x) ? &s->batches : &s->others, x))
        hr_exchange_refuse_now(x, "too many requests wait");
    return MHD_YES;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *data, size_t *size,
                              void **exchange)
{
    hr_server *s = context;
    hr_exchange *x = *exchange;
    (void)connection;
    (void)url;
    if (!x)
        return MHD_NO;
    if (!x->begun) {
        hr_exchange_begin(x, method, version, &s->rules);
        if (x->ends)
            return send_answer(s, x);
        if (!hr_exchange_is_large(x))
            return MHD_YES;
        hr_answer_problem(&x->answer, 413, NULL, "the body is too large");
        return send_answer(s, x);
    }
    if (x->answered)
        return send_answer(s, x);
    if (*size == 0)
        return ask(s, x);
    const bool goes_on = hr_exchange_add_body(x, data, *size);
    *size = 0;
    if (goes_on && !hold(s, x))
        hr_exchange_refuse_now(x, no_room);
    return goes_on ? MHD_YES : MHD_NO;
}

/* Room for all connections, as far as the system lets. */
static void raise_file_limit(int64_t connections)
{
    struct rlimit limit;
    const rlim_t wanted = (rlim_t)connections + BEING_CLOSED + OTHER_FILES;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = wanted < limit.rlim_max ? wanted : limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* Connections that the limit of open files has room for. */
static int64_t connections_that_fit(int64_t connections)
{
    struct rlimit limit;
    const int64_t others = BEING_CLOSED + OTHER_FILES;
    raise_file_limit(connections);
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || (int64_t)limit.rlim_cur >= connections + others)
        return connections;
    return (int64_t)limit.rlim_cur > 2 * others ? (int64_t)limit.rlim_cur - others : others;
}

static hr_status start_daemon(hr_server *s, hr_error *err)
{
    const unsigned most = (unsigned)s->connections.most + BEING_CLOSED;
    s->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
                                 handle, s, MHD_OPTION_LISTEN_SOCKET, s->listener,
                                 MHD_OPTION_CONNECTION_LIMIT, most, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                                 (size_t)CONNECTION_BYTES, MHD_OPTION_NOTIFY_CONNECTION, note_connection, s,
                                 MHD_OPTION_URI_LOG_CALLBACK, note_target, s, MHD_OPTION_NOTIFY_COMPLETED,
                                 note_end, s, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, s, MHD_OPTION_END);
    return s->daemon ? HR_OK : hr_fail(err, HR_MEMORY, "the server cannot be started: %s", strerror(errno));
}

static hr_status begin(hr_server *s, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_server_config *c = &s->config;
    s->rules = (hr_exchange_rules){c->sets, c->cors, c->host};
    if ((!c->host || !*c->host) && hr_is_loopback(c->bind))
        s->rules.host = loopback_names;
    s->connections.most = connections_that_fit(c->connections);
    s->connections.idle_seconds = c->idle_seconds;
    s->connections.request_seconds = c->request_seconds;
    s->connections.timed_out = &c->metrics->timed_out;
    s->batches.count = c->threads < HR_MOST_WORKERS ? c->threads : HR_MOST_WORKERS;
    s->others.count = c->handlers < HR_MOST_WORKERS ? c->handlers : HR_MOST_WORKERS;
    s->others.queue.most_long = s->others.count > LEFT_TO_OTHERS + 1 ? s->others.count - LEFT_TO_OTHERS : 1;
    s->batches.queue.most = s->others.queue.most = c->queue;
    s->batches.metrics = s->others.metrics = c->metrics;
    HR_TRY(hr_listen(c->bind, c->port, &s->listener, &s->port, err));
    HR_TRY(hr_connections_begin(&s->connections, err));
    HR_TRY(hr_workers_begin(&s->batches, err));
    HR_TRY(hr_workers_begin(&s->others, err));
    HR_TRY(start_daemon(s, err));
done:
    return status;
}

hr_status hr_server_start(hr_server **server, const hr_server_config *config, hr_error *err)
{
    hr_status status = HR_OK;
    hr_server *s = NULL;
    HR_ALLOC(s, 1);
    s->config = *config;
    s->listener = -1;
    status = begin(s, err);
    if (status == HR_OK)
        *server = s;
    else
        hr_server_stop(s, 0.0);
done:
    return status;
}

int hr_server_port(const hr_server *server)
{
    return server->port;
}

/* Waits for the requests that are there. */
static void drain(hr_server *s, double seconds)
{
    const int64_t end = hr_nanoseconds() + (int64_t)(seconds * 1e9);
    s->stopping = true;
    MHD_quiesce_daemon(s->daemon);
    shutdown(s->listener, SHUT_RDWR);
    while (hr_connections_busy(&s->connections) > 0 && hr_nanoseconds() < end)
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
}

void hr_server_stop(hr_server *server, double seconds)
{
    if (!server)
        return;
    if (server->daemon)
        drain(server, seconds);
    hr_workers_end(&server->batches);
    hr_workers_end(&server->others);
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    hr_workers_free(&server->batches);
    hr_workers_free(&server->others);
    hr_connections_end(&server->connections);
    if (server->listener >= 0)
        close(server->listener);
    free(server);
}
