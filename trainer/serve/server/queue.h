/* Requests that wait for a thread, first come first served. */
#ifndef HR_TRAINER_SERVE_SERVER_QUEUE_H
#define HR_TRAINER_SERVE_SERVER_QUEUE_H

#include "trainer/serve/server/exchange.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise but for `most`; hr_queue_begin and _end. */
typedef struct hr_queue {
    int64_t most;   /* requests that wait */
    int most_long;  /* requests that take long and are answered at a time; 0: any number */
    int taken_long; /* those that are */
    pthread_mutex_t mutex;
    pthread_cond_t filled;
    bool stopped;
    hr_exchange *first, *last;
    int64_t count;
} hr_queue;

void hr_queue_begin(hr_queue *queue);
void hr_queue_end(hr_queue *queue);

/* Whether there is room: false says no. */
bool hr_queue_put(hr_queue *queue, hr_exchange *exchange);

/* Waits for requests and takes the first one, and those behind it that go to the same batch handler, up to `most` in all.
 * Where as many that take long are answered as may be, the first one that does not. 0 once the queue is stopped and empty. */
int hr_queue_take(hr_queue *queue, hr_exchange **taken, int most);

/* A request that took long is answered: another one may be taken. */
void hr_queue_end_long(hr_queue *queue);

/* Wakes all that wait. */
void hr_queue_stop(hr_queue *queue);

#endif
