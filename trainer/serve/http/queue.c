#include "trainer/serve/http/queue.h"

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

static hr_exchange *take_first(hr_queue *queue)
{
    hr_exchange *first = queue->first;
    queue->first = first->next;
    if (!queue->first)
        queue->last = NULL;
    queue->count--;
    return first;
}

int hr_queue_take(hr_queue *queue, hr_exchange **taken, int most)
{
    int count = 0;
    pthread_mutex_lock(&queue->mutex);
    while (!queue->first && !queue->stopped)
        pthread_cond_wait(&queue->filled, &queue->mutex);
    if (queue->first)
        taken[count++] = take_first(queue);
    hr_handle_batch *batch =
        count && hr_exchange_is_batched(taken[0]) ? taken[0]->match.route->handle_batch : NULL;
    while (batch && count < most && queue->first && queue->first->match.route->handle_batch == batch)
        taken[count++] = take_first(queue);
    if (queue->first)
        pthread_cond_signal(&queue->filled);
    pthread_mutex_unlock(&queue->mutex);
    return count;
}

void hr_queue_stop(hr_queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    queue->stopped = true;
    pthread_cond_broadcast(&queue->filled);
    pthread_mutex_unlock(&queue->mutex);
}
