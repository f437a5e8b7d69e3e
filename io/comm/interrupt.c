#include "io/comm/interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const int signals[] = {SIGTERM, SIGUSR1};
enum {
    SIGNALS = sizeof signals / sizeof *signals,
    TWICE_MILLISECONDS = 1000 /* for so long a second signal is the first one sent twice */
};

static struct sigaction before[SIGNALS];
static volatile sig_atomic_t caught;
static volatile int64_t caught_at; /* in milliseconds */
static const char *first_words, *last_words;

static int64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void say(const char *words)
{
    const ssize_t written = write(STDERR_FILENO, words, strlen(words));
    (void)written;
}

void hr_interrupt_end(int number)
{
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    signal(number, SIG_DFL);
    raise(number);
    pthread_sigmask(SIG_UNBLOCK, &only, NULL); /* in its handler it is blocked */
    _exit(128 + number);                       /* the first process of a container does not end by signals */
}

static void explain(int number)
{
    say(last_words);
    hr_interrupt_end(number);
}

static void note(int number)
{
    const int64_t now = milliseconds();
    if (caught && now >= caught_at + TWICE_MILLISECONDS)
        explain(number);
    if (!caught) {
        caught_at = now;
        say(first_words);
    }
    caught = number;
}

static void install(void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &action, &before[i]);
}

void hr_interrupt_catch(const char *first, const char *second)
{
    caught = 0;
    first_words = first;
    last_words = second;
    install(note);
}

void hr_interrupt_explain(const char *words)
{
    last_words = words;
    install(explain);
}

void hr_interrupt_release(void)
{
    for (int i = 0; i < SIGNALS; i++)
        sigaction(signals[i], &before[i], NULL);
}

int hr_interrupt_caught(void)
{
    return caught;
}
