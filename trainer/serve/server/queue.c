#include "trainer/serve/server/queue.h"

void hr_queue_begin(hr_queue *queue)
{
    pthread_mutex_init(&queue->mutex, NULL);
    pthread_cond_init(&queue->filled, NULL);
}

void hr_queue_end(hr_queue *queue)
{
    pthread_cond_destroy(&queue->filled);
    pthread_mutex_destroy(&queue->mutex);
}

bool hr_queue_put(hr_queue *queue, hr_exchange *exchange)
{
    pthread_mutex_lock(&queue->mutex);
    const bool room = queue->count < queue->most && !queue->stopped;
    if (room) {
        exchange->next = NULL;
        exchange->takes_long = hr_exchange_takes_long(exchange);
        if (queue->last)
            queue->last->next = exchange;
        else
            queue->first = exchange;
        queue->last = exchange;
        queue->count++;
        pthread_cond_signal(&queue->filled);
    }
    pthread_mutex_unlock(&queue->mutex);
    return room;
}

/* The one before the first that may be taken, where `found` receives this one; NULL where there is none before. */
static hr_exchange *find_next(const hr_queue *queue, hr_exchange **found)
{
    const bool skips = queue->most_long > 0 && queue->taken_long >= queue->most_long;
    hr_exchange *before = NULL, *x = queue->first;
    for (; x && skips && x->takes_long; x = x->next)
        before = x;
    *found = x;
    return before;
}

static bool has_next(const hr_queue *queue)
{
    hr_exchange *found = NULL;
    find_next(queue, &found);
    return found;
}

static hr_exchange *take_next(hr_queue *queue)
{
    hr_exchange *found = NULL, *before = find_next(queue, &found);
    if (before)
        before->next = found->next;
    else
        queue->first = found->next;
    if (queue->last == found)
        queue->last = before;
    queue->count--;
    queue->taken_long += found->takes_long;
    return found;
}

int hr_queue_take(hr_queue *queue, hr_exchange **taken, int most)
{
    int count = 0;
    pthread_mutex_lock(&queue->mutex);
    while (!has_next(queue) && !(queue->stopped && !queue->first))
        pthread_cond_wait(&queue->filled, &queue->mutex);
    if (queue->first)
        taken[count++] = take_next(queue);
    hr_handle_batch *batch =
        count && hr_exchange_is_batched(taken[0]) ? taken[0]->match.route->handle_batch : NULL;
    while (batch && count < most && queue->first && queue->first->match.route->handle_batch == batch)
        taken[count++] = take_next(queue);
    if (has_next(queue) || queue->stopped)
        pthread_cond_signal(&queue->filled);
    pthread_mutex_unlock(&queue->mutex);
    return count;
}

void hr_queue_end_long(hr_queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    queue->taken_long--;
    pthread_cond_signal(&queue->filled);
    pthread_mutex_unlock(&queue->mutex);
}

void hr_queue_stop(hr_queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    queue->stopped = true;
    pthread_cond_broadcast(&queue->filled);
    pthread_mutex_unlock(&queue->mutex);
}
