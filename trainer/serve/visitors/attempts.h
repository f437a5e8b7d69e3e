/* How often somebody may try something: each has a number of tries, which come back one by one.
 *
 * Memory is bounded: those who tried longest ago are forgotten first. Which of them share a row of the table follows from a key
 * that is drawn when the server starts, so that nobody can choose whom to push out. */
#ifndef HR_TRAINER_SERVE_VISITORS_ATTEMPTS_H
#define HR_TRAINER_SERVE_VISITORS_ATTEMPTS_H

#include <pthread.h>
#include <stdint.h>

typedef enum hr_attempt_kind {
    HR_PASSWORD_OF_NAME,    /* a password for an account */
    HR_PASSWORD_OF_ADDRESS, /* a password from an address, and accounts made from there */
    HR_VISITOR_OF_ADDRESS,  /* a new visitor from an address */
    HR_UPLOAD_OF_VISITOR,   /* a picture, or a movie, of an account */
    HR_RUN_OF_ADDRESS,      /* a run of training (serve/training) from an address */
    HR_ATTEMPT_KINDS
} hr_attempt_kind;

enum { HR_ATTEMPT_ROWS = 1024, HR_ATTEMPTS_OF_A_ROW = 8, HR_ATTEMPT_KEY = 16 };

typedef struct hr_attempt {
    uint64_t who; /* hash; 0: nobody */
    double left;  /* tries, at the time */
    double time;  /* seconds of a clock that only goes forward */
} hr_attempt;

typedef struct hr_attempts {
    pthread_mutex_t mutex;
    unsigned char key[HR_ATTEMPT_KEY];
    hr_attempt row[HR_ATTEMPT_ROWS][HR_ATTEMPTS_OF_A_ROW];
} hr_attempts;

void hr_attempts_begin(hr_attempts *attempts);
void hr_attempts_end(hr_attempts *attempts);

/* Takes one try of `who` at `now`: 0, or the whole seconds until there is one. */
int hr_attempts_take(hr_attempts *attempts, hr_attempt_kind kind, const char *who, double now);

/* Gives a try back, that was a success. */
void hr_attempts_give_back(hr_attempts *attempts, hr_attempt_kind kind, const char *who, double now);

#endif
