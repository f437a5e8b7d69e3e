#include "trainer/serve/training/training.h"

#include "trainer/serve/training/run_process.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { SECONDS_TO_END = 10, STOPPED_BY_SIGNAL = HR_STOPPED };

/* The state that an exit code leaves, and a line that says why. */
static void note_end(hr_training *t, int code)
{
    t->message[0] = '\0';
    t->state = code == HR_OK               ? HR_TRAINING_DONE
               : code == STOPPED_BY_SIGNAL ? HR_TRAINING_STOPPED
                                           : HR_TRAINING_FAILED;
    if (code != HR_OK)
        hr_run_files_last_line(&t->files, t->message, sizeof t->message);
    if (code > 128 && !*t->message)
        snprintf(t->message, sizeof t->message, "ended by signal %d", code - 128);
    if (code == 128 + SIGTERM || code == 128 + SIGKILL)
        t->state = HR_TRAINING_STOPPED;
}

/* Waits for the run, and has its checkpoint served. */
static void *wait_for_run(void *context)
{
    hr_training *t = context;
    hr_error err = {""};
    hr_run_process_wait(t->process); /* of this run until the thread is joined */
    pthread_mutex_lock(&t->mutex);
    note_end(t, hr_run_process_take(t->process));
    const bool done = t->state == HR_TRAINING_DONE;
    if (done && hr_served_follow(t->served, t->files.checkpoint, &err) != HR_OK)
        snprintf(t->message, sizeof t->message, "%s", err.text);
    pthread_mutex_unlock(&t->mutex);
    return NULL;
}

void hr_training_begin(hr_training *training)
{
    pthread_mutex_init(&training->mutex, NULL);
}

hr_status hr_training_watch(hr_training *training, hr_error *err)
{
    if (training->waited)
        pthread_join(training->waiting, NULL); /* it is past its last line */
    training->waited = false;
    training->state = HR_TRAINING_RUNNING;
    training->asked = false;
    if (pthread_create(&training->waiting, NULL, wait_for_run, training) != 0) {
        kill(training->process, SIGKILL);
        note_end(training, hr_run_process_take(training->process));
        return hr_fail(err, HR_MEMORY, "out of memory: no thread to wait for %s", training->files.name);
    }
    training->waited = true;
    return HR_OK;
}

/* The run's number stays its own while the state is running: wait_for_run takes it away under the mutex. */
bool hr_training_stop(hr_training *training, int signal)
{
    pthread_mutex_lock(&training->mutex);
    const bool running = training->state == HR_TRAINING_RUNNING;
    if (running)
        kill(training->process, signal);
    training->asked = true;
    pthread_mutex_unlock(&training->mutex);
    return running;
}

void hr_training_refuse(hr_training *training)
{
    pthread_mutex_lock(&training->mutex);
    training->refuses = true;
    if (training->state == HR_TRAINING_RUNNING &&
        !training->asked) /* a second one ends it without a checkpoint */
        kill(training->process, SIGTERM);
    training->asked = true;
    pthread_mutex_unlock(&training->mutex);
}

void hr_training_end(hr_training *training)
{
    struct timespec until;
    hr_training_refuse(training);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += SECONDS_TO_END;
    if (training->waited && pthread_timedjoin_np(training->waiting, NULL, &until) != 0) {
        hr_training_stop(training, SIGKILL);
        pthread_join(training->waiting, NULL);
    }
    pthread_mutex_destroy(&training->mutex);
}
