#include "trainer/serve/visitors/attempts.h"

#include <math.h>
#include <sodium.h>
#include <string.h>

_Static_assert((int)HR_ATTEMPT_KEY == (int)crypto_shorthash_KEYBYTES, "the key is SipHash's");

/* Tries at once, and seconds until one comes back. */
static const struct {
    double most, seconds;
} limits[HR_ATTEMPT_KINDS] = {[HR_PASSWORD_OF_NAME] = {10, 30},
                              [HR_PASSWORD_OF_ADDRESS] = {40, 10},
                              [HR_VISITOR_OF_ADDRESS] = {100, 10},
                              [HR_UPLOAD_OF_VISITOR] = {30, 60},
                              [HR_RUN_OF_ADDRESS] = {20, 300}};

void hr_attempts_begin(hr_attempts *attempts)
{
    memset(attempts->row, 0, sizeof attempts->row);
    pthread_mutex_init(&attempts->mutex, NULL);
    randombytes_buf(attempts->key, sizeof attempts->key);
}

void hr_attempts_end(hr_attempts *attempts)
{
    pthread_mutex_destroy(&attempts->mutex);
}

static uint64_t hash_of(const hr_attempts *attempts, hr_attempt_kind kind, const char *who)
{
    unsigned char key[HR_ATTEMPT_KEY];
    uint64_t hash;
    memcpy(key, attempts->key, sizeof key);
    key[0] ^= (unsigned char)kind;
    crypto_shorthash((unsigned char *)&hash, (const unsigned char *)who, strlen(who), key);
    return hash ? hash : 1;
}

/* The entry of who tries, with what has come back since; that of the longest ago where there is none. */
static hr_attempt *find(hr_attempts *attempts, hr_attempt_kind kind, const char *who, double now)
{
    const uint64_t hash = hash_of(attempts, kind, who);
    hr_attempt *row = attempts->row[hash % HR_ATTEMPT_ROWS], *found = row;
    for (int i = 0; i < HR_ATTEMPTS_OF_A_ROW && found->who != hash; i++)
        if (row[i].who == hash || row[i].time < found->time)
            found = &row[i];
    if (found->who != hash)
        *found = (hr_attempt){hash, limits[kind].most, now};
    found->left = fmin(limits[kind].most, found->left + (now - found->time) / limits[kind].seconds);
    found->time = now;
    return found;
}

int hr_attempts_take(hr_attempts *attempts, hr_attempt_kind kind, const char *who, double now)
{
    pthread_mutex_lock(&attempts->mutex);
    hr_attempt *found = find(attempts, kind, who, now);
    const double missing = 1 - found->left;
    if (missing <= 0)
        found->left -= 1;
    pthread_mutex_unlock(&attempts->mutex);
    return missing <= 0 ? 0 : (int)ceil(missing * limits[kind].seconds);
}

void hr_attempts_give_back(hr_attempts *attempts, hr_attempt_kind kind, const char *who, double now)
{
    pthread_mutex_lock(&attempts->mutex);
    hr_attempt *found = find(attempts, kind, who, now);
    found->left = fmin(limits[kind].most, found->left + 1);
    pthread_mutex_unlock(&attempts->mutex);
}
