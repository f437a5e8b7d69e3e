#include "trainer/serve/http/workers.h"

#include <stdio.h>
#include <string.h>

/* What a handler returned becomes the answer; the server's own faults are told on standard error too. */
static void finish(hr_exchange *x, hr_status status, const hr_error *err)
{
    if (status != HR_OK && x->answer.status == 0) {
        hr_answer_failure(&x->answer, status, NULL, err);
        if (x->answer.status >= 500)
            fprintf(stderr, "halorec: %s %s: %s\n", x->request.method, x->match.route->path, err->text);
    }
    x->answered = true;
    MHD_resume_connection(x->connection);
}

static void answer_one(hr_exchange *x)
{
    hr_error err = {""};
    const hr_status status = x->match.route->handle(x->match.context, &x->request, &x->answer, &err);
    finish(x, status, &err);
}

static void answer_batch(hr_worker *w, hr_exchange **taken, int count)
{
    hr_error err = {""};
    const hr_request *request[HR_MOST_BATCH];
    hr_answer *answer[HR_MOST_BATCH];
    for (int i = 0; i < count; i++) {
        request[i] = &taken[i]->request;
        answer[i] = &taken[i]->answer;
    }
    w->workers->metrics->batches++;
    w->workers->metrics->batched += (uint64_t)count;
    const hr_status status =
        taken[0]->match.route->handle_batch(taken[0]->match.context, w->number, request, answer, count, &err);
    for (int i = 0; i < count; i++)
        finish(taken[i], status, &err);
}

static void *work(void *argument)
{
    hr_worker *w = argument;
    hr_exchange *taken[HR_MOST_BATCH];
    for (;;) {
        const int count = hr_queue_take(&w->workers->queue, taken, HR_MOST_BATCH);
        if (count == 0)
            return NULL;
        w->workers->metrics->waiting -= count;
        if (hr_exchange_is_batched(taken[0]))
            answer_batch(w, taken, count);
        else
            answer_one(taken[0]);
    }
}

hr_status hr_workers_begin(hr_workers *workers, hr_error *err)
{
    hr_queue_begin(&workers->queue);
    for (int i = 0; i < workers->count; i++) {
        hr_worker *w = &workers->worker[i];
        *w = (hr_worker){.workers = workers, .number = i};
        if (pthread_create(&w->thread, NULL, work, w) != 0)
            return hr_fail(err, HR_MEMORY, "thread %d of %d cannot be started", i + 1, workers->count);
        workers->begun++;
    }
    return HR_OK;
}

void hr_workers_end(hr_workers *workers)
{
    hr_queue_stop(&workers->queue);
    for (int i = 0; i < workers->begun; i++)
        pthread_join(workers->worker[i].thread, NULL);
    workers->begun = 0;
}

void hr_workers_free(hr_workers *workers)
{
    hr_queue_end(&workers->queue);
}

bool hr_workers_ask(hr_workers *workers, hr_exchange *exchange)
{
    workers->metrics->waiting++;
    MHD_suspend_connection(exchange->connection);
    if (hr_queue_put(&workers->queue, exchange))
        return true;
    workers->metrics->waiting--;
    workers->metrics->refused++;
    exchange->answered = true;
    MHD_resume_connection(exchange->connection);
    return false;
}
