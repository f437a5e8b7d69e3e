/* Threads that ask handlers for answers. */
#ifndef HR_TRAINER_SERVE_SERVER_WORKERS_H
#define HR_TRAINER_SERVE_SERVER_WORKERS_H

#include "trainer/serve/http/metrics.h"
#include "trainer/serve/server/queue.h"

enum { HR_MOST_WORKERS = 64, HR_MOST_BATCH = 48 };

typedef struct hr_workers hr_workers;

typedef struct hr_worker {
    hr_workers *workers;
    int number;
    pthread_t thread;
} hr_worker;

/* Zero-initialise but for count, most of the queue and metrics; hr_workers_begin, _end and _free. */
struct hr_workers {
    int count; /* up to HR_MOST_WORKERS */
    hr_queue queue;
    hr_metrics *metrics;
    int begun;
    atomic_bool ending; /* what waits is refused */
    hr_worker worker[HR_MOST_WORKERS];
};

/* HR_MEMORY where a thread cannot be started. */
hr_status hr_workers_begin(hr_workers *workers, hr_error *err);

/* Ends them once each has answered what it has taken; what waits is refused with status 503, and from then on the queue takes
 * nothing. */
void hr_workers_end(hr_workers *workers);
void hr_workers_free(hr_workers *workers);

/* Suspends the exchange's connection until a worker has answered; false where the queue is full. */
bool hr_workers_ask(hr_workers *workers, hr_exchange *exchange);

#endif
