#include "trainer/serve/server/workers.h"

/* From here on the exchange is the server's. */
static void finish(hr_exchange *x)
{
    x->answered = true;
    MHD_resume_connection(x->connection);
}

static void answer_one(hr_worker *w, hr_exchange *x)
{
    const bool took_long = x->takes_long;
    if (w->workers->ending)
        hr_exchange_refuse_now(x, "the server is ending");
    else
        hr_exchange_answer(x);
    finish(x);
    if (took_long)
        hr_queue_end_long(&w->workers->queue);
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
    for (int i = 0; i < count; i++) {
        hr_exchange_fail(taken[i], status, &err);
        finish(taken[i]);
    }
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
        if (!w->workers->ending && hr_exchange_is_batched(taken[0]))
            answer_batch(w, taken, count);
        else
            for (int i = 0; i < count; i++)
                answer_one(w, taken[i]);
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
    workers->ending = true;
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
