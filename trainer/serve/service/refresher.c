#include "trainer/serve/service/refresher.h"

#include "io/comm/comm.h"

#include <stdio.h>

static void say_what_is_served(hr_served *served, double seconds)
{
    hr_snapshot *snapshot = hr_served_take(served);
    fprintf(stderr, "serving a new checkpoint at %s, loaded in %.2f s\n", snapshot->checkpoint, seconds);
    hr_snapshot_release(snapshot);
}

/* Switches to a new checkpoint, and says so. */
static void refresh(hr_served *served)
{
    hr_error err = {""};
    bool changed = false;
    const double before = hr_seconds();
    const hr_status status = hr_served_refresh(served, &changed, &err);
    if (status == HR_OK && changed)
        say_what_is_served(served, hr_seconds() - before);
    else if (status != HR_OK && status != HR_STOPPED)
        fprintf(stderr, "halorec: the new checkpoint is refused, and the one before is served: %s\n",
                err.text);
}

/* A second; false once the end is asked for. */
static bool pause_a_second(hr_refresher *r)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec++;
    pthread_mutex_lock(&r->mutex);
    int result = 0;
    while (!r->stopped && result == 0)
        result = pthread_cond_timedwait(&r->stop_asked, &r->mutex, &until);
    const bool goes_on = !r->stopped;
    pthread_mutex_unlock(&r->mutex);
    return goes_on;
}

static void *refresh_each_second(void *argument)
{
    hr_refresher *r = argument;
    while (pause_a_second(r))
        refresh(r->served);
    return NULL;
}

hr_status hr_refresher_begin(hr_refresher *refresher, hr_error *err)
{
    pthread_condattr_t monotonic;
    pthread_mutex_init(&refresher->mutex, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&refresher->stop_asked, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&refresher->thread, NULL, refresh_each_second, refresher) != 0)
        return hr_fail(err, HR_MEMORY, "no thread can be started that loads new checkpoints");
    refresher->begun = true;
    return HR_OK;
}

void hr_refresher_stop(hr_refresher *refresher)
{
    if (!refresher->begun)
        return;
    pthread_mutex_lock(&refresher->mutex);
    refresher->stopped = true;
    pthread_cond_signal(&refresher->stop_asked);
    pthread_mutex_unlock(&refresher->mutex);
}

void hr_refresher_end(hr_refresher *refresher)
{
    if (!refresher->begun)
        return;
    hr_refresher_stop(refresher);
    pthread_join(refresher->thread, NULL);
    pthread_cond_destroy(&refresher->stop_asked);
    pthread_mutex_destroy(&refresher->mutex);
    refresher->begun = false;
}
