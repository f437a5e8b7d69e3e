/* What is made when it is first asked for, once, whichever thread asks. */
#ifndef HR_TRAINER_SERVE_API_LAZY_H
#define HR_TRAINER_SERVE_API_LAZY_H

#include "io/base/error.h"

#include <pthread.h>
#include <stdbool.h>

/* Begin with hr_lazy_begin; free with hr_lazy_end. */
typedef struct hr_lazy {
    pthread_mutex_t lock;
    bool made;
    hr_status status;
    hr_error error;
} hr_lazy;

void hr_lazy_begin(hr_lazy *lazy);
void hr_lazy_end(hr_lazy *lazy);

/* Whether it is there; false while it is being made, which is not waited for. */
bool hr_lazy_is_made(hr_lazy *lazy);

/* Calls `make` unless it has been called, and returns what it returned. Others that ask meanwhile wait. That there was no
 * memory, or that the system refused, is no answer for ever: the next one who asks tries again; so `make` leaves nothing behind
 * then. */
hr_status hr_lazy_make(hr_lazy *lazy, hr_status (*make)(void *context, hr_error *err), void *context,
                       hr_error *err);

#endif
