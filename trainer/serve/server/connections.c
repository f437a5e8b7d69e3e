#include "trainer/serve/server/connections.h"

#include "io/base/memory.h"

#include <sys/socket.h>
#include <time.h>

int64_t hr_nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* The socket stays open until the server has noticed: its number is of this connection as long as it is in the list. */
static void close_connection(hr_connections *all, hr_connection *c)
{
    c->closed = true;
    shutdown(c->socket, SHUT_RDWR);
    ++*all->timed_out;
}

static bool is_late(const hr_connections *all, const hr_connection *c, int64_t now)
{
    const double seconds = (double)(now - c->since) * 1e-9;
    if (c->closed || c->state == HR_CONNECTION_ANSWERING)
        return false;
    return seconds > (c->state == HR_CONNECTION_IDLE ? all->idle_seconds : all->request_seconds);
}

static void *watch(void *argument)
{
    hr_connections *all = argument;
    pthread_mutex_lock(&all->mutex);
    while (!all->stopped) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec++;
        pthread_cond_timedwait(&all->stop_asked, &all->mutex, &until);
        const int64_t now = hr_nanoseconds();
        for (hr_connection *c = all->first; c; c = c->after)
            if (is_late(all, c, now))
                close_connection(all, c);
    }
    pthread_mutex_unlock(&all->mutex);
    return NULL;
}

hr_status hr_connections_begin(hr_connections *connections, hr_error *err)
{
    pthread_condattr_t monotonic;
    pthread_mutex_init(&connections->mutex, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&connections->stop_asked, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&connections->watcher, NULL, watch, connections) != 0)
        return hr_fail(err, HR_MEMORY, "no thread can be started that watches connections");
    connections->begun = true;
    return HR_OK;
}

void hr_connections_end(hr_connections *connections)
{
    if (!connections->begun)
        return;
    pthread_mutex_lock(&connections->mutex);
    connections->stopped = true;
    pthread_cond_signal(&connections->stop_asked);
    pthread_mutex_unlock(&connections->mutex);
    pthread_join(connections->watcher, NULL);
    pthread_cond_destroy(&connections->stop_asked);
    pthread_mutex_destroy(&connections->mutex);
    connections->begun = false;
}

/* The list begins with the newest. */
static void close_longest_idle(hr_connections *all)
{
    hr_connection *longest = NULL;
    for (hr_connection *c = all->first; c; c = c->after)
        if (!c->closed && c->state == HR_CONNECTION_IDLE && (!longest || c->since < longest->since))
            longest = c;
    if (longest)
        close_connection(all, longest);
}

hr_connection *hr_connection_add(hr_connections *connections, int socket)
{
    hr_connection *c = hr_alloc(1, sizeof *c);
    if (!c)
        return NULL;
    pthread_mutex_lock(&connections->mutex);
    if (connections->count >= connections->most)
        close_longest_idle(connections);
    *c = (hr_connection){.socket = socket, .since = hr_nanoseconds(), .after = connections->first};
    if (c->after)
        c->after->before = c;
    connections->first = c;
    connections->count++;
    pthread_mutex_unlock(&connections->mutex);
    return c;
}

void hr_connection_remove(hr_connections *connections, hr_connection *connection)
{
    pthread_mutex_lock(&connections->mutex);
    if (connection->before)
        connection->before->after = connection->after;
    else
        connections->first = connection->after;
    if (connection->after)
        connection->after->before = connection->before;
    connections->count--;
    pthread_mutex_unlock(&connections->mutex);
    free(connection);
}

void hr_connection_set(hr_connections *connections, hr_connection *connection, hr_connection_state state)
{
    pthread_mutex_lock(&connections->mutex);
    connection->state = state;
    connection->since = hr_nanoseconds();
    pthread_mutex_unlock(&connections->mutex);
}

int64_t hr_connections_busy(hr_connections *connections)
{
    int64_t busy = 0;
    pthread_mutex_lock(&connections->mutex);
    for (hr_connection *c = connections->first; c; c = c->after)
        busy += !c->closed && c->state != HR_CONNECTION_IDLE;
    pthread_mutex_unlock(&connections->mutex);
    return busy;
}
