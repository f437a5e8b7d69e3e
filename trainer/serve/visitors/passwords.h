/* Passwords as argon2id hashes, by libsodium: 64 MiB and some 0.1 s each, one at a time. */
#ifndef HR_TRAINER_SERVE_VISITORS_PASSWORDS_H
#define HR_TRAINER_SERVE_VISITORS_PASSWORDS_H

#include "io/base/error.h"
#include "trainer/serve/store/accounts.h"

#include <pthread.h>
#include <stdbool.h>

/* Bytes of a password. */
enum { HR_PASSWORD_LEAST = 8, HR_PASSWORD_MOST = 1000 };

typedef struct hr_passwords {
    pthread_mutex_t one_at_a_time;
    char nobody[HR_PASSWORD_HASH]; /* a hash that no password has */
} hr_passwords;

/* HR_MEMORY; HR_IO where the system gives no random numbers. */
hr_status hr_passwords_begin(hr_passwords *passwords, hr_error *err);
void hr_passwords_end(hr_passwords *passwords);

/* HR_MEMORY, also where others wait too long. */
hr_status hr_password_hash(hr_passwords *passwords, const char *password, char hash[HR_PASSWORD_HASH],
                           hr_error *err);

/* Whether the hash is of this password. Of "", nobody's hash, false, after the same time. HR_MEMORY where others wait too long. */
hr_status hr_password_check(hr_passwords *passwords, const char *hash, const char *password, bool *right,
                            hr_error *err);

#endif
