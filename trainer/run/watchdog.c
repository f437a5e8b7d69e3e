#include "trainer/run/watchdog.h"

#include "io/base/memory.h"
#include "io/comm/heartbeat.h"
#include "io/comm/log.h"

#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Seconds: between two heartbeats at most, between two greetings at the start, until greetings are given
 * up. */
static const double beat_seconds = 1.0, greeting_seconds = 0.05, greeting_limit = 5.0;

/* Heartbeats within the timeout at least, since some are lost. */
enum { BEATS_A_TIMEOUT = 5 };

/* Seconds of silence after which a warning is printed; half of the timeout where that is less. */
static const double warning_seconds = 5.0;

/* Silent ranks that a message names. */
enum { NAMED = 4 };

/* Another rank, as far as it is known. */
typedef struct peer {
    hr_beat beat; /* its last */
    bool known;
    double heard, moved; /* times of its last heartbeat, and of its last progress */
} peer;

/* Ranks without a heartbeat. */
typedef struct silence {
    int ranks;
    double seconds; /* since the oldest of their last heartbeats */
    char names[1024];
} silence;

struct hr_watchdog {
    const hr_comm *comm;
    double timeout, interval;
    hr_heartbeat heartbeat;
    char host[HR_HOST_LENGTH];
    _Atomic int activity; /* of this rank; written by the rank, read by the thread */
    _Atomic int64_t step, marks;
    _Atomic bool ends;
    bool watches; /* the thread runs */
    pthread_t thread;
    bool has_warned; /* of those that are silent now */
    peer *peer;      /* [peers] rank 0: of each rank, its own too; others: of rank 0 */
    int peers;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static hr_beat own_beat(hr_watchdog *w)
{
    hr_beat beat = {.rank = w->comm->rank,
                    .activity = atomic_load(&w->activity),
                    .step = atomic_load(&w->step),
                    .marks = atomic_load(&w->marks)};
    memcpy(beat.host, w->host, sizeof beat.host);
    return beat;
}

static void note(hr_watchdog *w, const hr_beat *beat, double time)
{
    if (beat->rank < 0 || beat->rank >= w->peers)
        return;
    peer *p = &w->peer[beat->rank];
    if (!p->known || beat->marks != p->beat.marks)
        p->moved = time;
    p->heard = time;
    p->known = true;
    p->beat = *beat;
}

static bool knows_all(const hr_watchdog *w)
{
    for (int i = 0; i < w->peers; i++)
        if (!w->peer[i].known)
            return false;
    return true;
}

/* Waits for a heartbeat until `until`; rank 0 answers it. */
static void listen_once(hr_watchdog *w, double until)
{
    hr_beat beat;
    if (!hr_heartbeat_receive(&w->heartbeat, until - now(), &beat))
        return;
    note(w, &beat, now());
    beat = own_beat(w);
    if (w->comm->rank == 0)
        hr_heartbeat_send(&w->heartbeat, &beat);
}

/* Sends this rank's heartbeat to rank 0, which notes its own. */
static void beat_once(hr_watchdog *w)
{
    hr_beat own = own_beat(w);
    if (w->comm->rank == 0)
        note(w, &own, now());
    else
        hr_heartbeat_send(&w->heartbeat, &own);
}

static void print_line(const char *message)
{
    (void)!write(STDERR_FILENO, message, strlen(message));
}

static void end_process(const char *message)
{
    print_line(message);
    _exit(HR_COMM);
}

/* The ranks without a heartbeat for longer than `limit`. */
static silence silent_ranks(const hr_watchdog *w, double time, double limit)
{
    silence all = {0};
    for (int i = 0; i < w->peers; i++) {
        const peer *p = &w->peer[i];
        const size_t used = strlen(all.names);
        if (time - p->heard <= limit)
            continue;
        all.seconds = time - p->heard > all.seconds ? time - p->heard : all.seconds;
        if (all.ranks++ < NAMED)
            snprintf(all.names + used, sizeof all.names - used, "%srank %d on host %s, after step %" PRId64,
                     used > 0 ? "; " : "", p->beat.rank, p->beat.host, p->beat.step);
    }
    if (all.ranks > NAMED) {
        const size_t used = strlen(all.names);
        snprintf(all.names + used, sizeof all.names - used, "; and %d more", all.ranks - NAMED);
    }
    return all;
}

/* Warns once of silent ranks: mpirun may end the run before the timeout, and names no rank. */
static void warn_of_silence(hr_watchdog *w, double time)
{
    const double limit = 0.5 * w->timeout < warning_seconds ? 0.5 * w->timeout : warning_seconds;
    const silence all = silent_ranks(w, time, limit);
    char message[1280];
    snprintf(message, sizeof message, "not heard of for %.0f s: %s; after %.0f s the run ends\n", all.seconds,
             all.names, w->timeout);
    if (all.ranks > 0 && !w->has_warned && w->comm->rank <= 1)
        print_line(message);
    w->has_warned = all.ranks > 0;
}

/* Ends the run where a rank is silent for longer than `limit`. */
static void check_silence(const hr_watchdog *w, double time, double limit)
{
    const silence all = silent_ranks(w, time, limit);
    char message[1280];
    snprintf(message, sizeof message,
             "halorec: lost: %s: not heard of for %.0f s; --stall-timeout %.0f ends the run\n", all.names,
             all.seconds, w->timeout);
    if (all.ranks > 0)
        end_process(message);
}

/* Ends the run where no rank has made progress, and names the one that is furthest behind. */
static void check_progress(const hr_watchdog *w, double time)
{
    static const char *const doing[] = {[HR_WATCHED_SET_UP] = "setting up",
                                        [HR_WATCHED_STEP] = "training",
                                        [HR_WATCHED_VALIDATION] = "validating",
                                        [HR_WATCHED_CHECKPOINT] = "at a checkpoint"};
    const peer *last = &w->peer[0];
    double moved = 0.0;
    for (int i = 0; i < w->peers; i++) {
        const peer *p = &w->peer[i];
        if (p->beat.activity == HR_WATCHED_SET_UP)
            return;
        moved = p->moved > moved ? p->moved : moved;
        last = p->beat.marks < last->beat.marks ? p : last;
    }
    if (time - moved <= w->timeout)
        return;
    char message[512];
    snprintf(message, sizeof message,
             "halorec: all ranks stand still for %.0f s; rank %d on host %s is furthest behind, after step "
             "%" PRId64 ", %s; --stall-timeout %.0f ends the run\n",
             time - moved, last->beat.rank, last->beat.host, last->beat.step, doing[last->beat.activity],
             w->timeout);
    end_process(message);
}

/* A rank that was itself suspended counts the silence of others from now on. */
static void restart_clocks(hr_watchdog *w, double time)
{
    for (int i = 0; i < w->peers; i++)
        w->peer[i].heard = w->peer[i].moved = time;
}

static void *watch(void *watchdog)
{
    hr_watchdog *w = watchdog;
    const double patience = w->comm->rank > 1 ? 2.0 * w->interval + 1.0 : 0.0;
    for (double before = now(); !atomic_load(&w->ends);) {
        beat_once(w);
        while (now() < before + w->interval && !atomic_load(&w->ends))
            listen_once(w, before + w->interval);
        const double time = now();
        if (time - before > 0.5 * w->timeout)
            restart_clocks(w, time);
        before = time;
        warn_of_silence(w, time);
        check_silence(w, time, w->timeout + patience);
        if (w->comm->rank == 0)
            check_progress(w, time);
    }
    return NULL;
}

/* The thread receives no signals: the main thread handles them. */
static hr_status start_thread(hr_watchdog *w, hr_error *err)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const int code = pthread_create(&w->thread, NULL, watch, w);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    w->watches = code == 0;
    return w->watches ? HR_OK : hr_fail(err, HR_IO, "no thread for the watchdog: %s", strerror(code));
}

static hr_status watchdog_new(hr_watchdog **out, const hr_comm *comm, int64_t timeout, hr_error *err)
{
    hr_status status = HR_OK;
    hr_watchdog *w = NULL;
    HR_ALLOC(w, 1);
    *out = w;
    w->comm = comm;
    w->timeout = (double)timeout;
    w->interval = w->timeout / BEATS_A_TIMEOUT < beat_seconds ? w->timeout / BEATS_A_TIMEOUT : beat_seconds;
    w->peers = comm->rank == 0 ? comm->size : 1;
    gethostname(w->host, sizeof w->host - 1);
    HR_ALLOC(w->peer, w->peers);
done:
    return status;
}

static void watchdog_free(hr_watchdog *w)
{
    if (w->watches) {
        atomic_store(&w->ends, true);
        hr_heartbeat_wake(&w->heartbeat);
        pthread_join(w->thread, NULL);
    }
    hr_heartbeat_close(&w->heartbeat);
    free(w->peer);
    free(w);
}

/* Exchanges heartbeats until all ranks that this one watches are known, then starts the thread, which on
 * rank 0 answers those that still ask. *deaf receives whether one is unknown, on any rank. */
static hr_status greet(hr_watchdog *w, bool *deaf, hr_error *err)
{
    hr_status status = HR_OK;
    const double begun = now();
    while (!knows_all(w) && now() - begun < greeting_limit) {
        beat_once(w);
        for (const double until = now() + greeting_seconds; !knows_all(w) && now() < until;)
            listen_once(w, until);
    }
    int64_t unheard = knows_all(w) ? 0 : 1;
    restart_clocks(w, now());
    HR_TRY(hr_agree(w->comm, unheard ? HR_OK : start_thread(w, err), NULL, err));
    HR_TRY(hr_max_i64(w->comm, &unheard, 1, err));
    *deaf = unheard > 0;
done:
    return status;
}

hr_status hr_watchdog_start(hr_watchdog **out, const hr_comm *comm, int64_t timeout, hr_error *err)
{
    hr_status status = HR_OK;
    hr_watchdog *w = NULL;
    bool deaf = false;
    *out = NULL;
    if (timeout == 0 || comm->size == 1)
        return HR_OK;
    HR_TRY(hr_agree(comm, watchdog_new(&w, comm, timeout, err), NULL, err));
    HR_TRY(hr_heartbeat_open(&w->heartbeat, comm, err));
    HR_TRY(greet(w, &deaf, err));
    if (!deaf) {
        *out = w;
        return HR_OK;
    }
    hr_log(comm, "UDP does not go between the ranks: a rank that is lost will not be noticed");
done:
    if (w)
        watchdog_free(w);
    return status;
}

void hr_watchdog_mark(hr_watchdog *w, hr_watched activity, int64_t step)
{
    if (!w)
        return;
    atomic_store(&w->activity, activity);
    atomic_store(&w->step, step);
    atomic_fetch_add(&w->marks, 1);
}

void hr_watchdog_stop(hr_watchdog *w)
{
    if (!w)
        return;
    MPI_Barrier(w->comm->mpi);
    watchdog_free(w);
}
