#include "trainer/serve/service/end_signal.h"

#include "io/comm/interrupt.h"

#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

static const int signals[] = {SIGTERM, SIGINT};
enum { SIGNALS = sizeof signals / sizeof *signals };

static struct sigaction before[SIGNALS];
static sem_t caught;
static atomic_llong caught_at; /* milliseconds of the monotonic clock; 0: not yet */

static long long milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000 + 1;
}

/* Of several threads one notes the first. */
static void note(int number)
{
    const long long now = milliseconds();
    long long first = 0;
    if (atomic_compare_exchange_strong(&caught_at, &first, now)) {
        sem_post(&caught);
    } else if (now >= first + 1000) {
        hr_interrupt_end(number);
    }
}

void hr_end_signal_catch(void)
{
    struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sem_init(&caught, 0, 0);
    caught_at = 0;
    for (int i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &action, &before[i]);
}

bool hr_end_signal_caught(void)
{
    return caught_at != 0;
}

void hr_end_signal_wait(void)
{
    while (sem_wait(&caught) != 0) { /* a handler ran */
    }
}

void hr_end_signal_release(void)
{
    for (int i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &before[i], NULL);
    sem_destroy(&caught);
}
