#include "io/dataset/fingerprint.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>

/* What is hashed of a user, in two bits of the seed. */
enum { MOVIES = 0, VALUES = 1, SPLITS = 2, ID = 3, SEEDS_A_USER = 4 };

static void add(uint64_t sum[2], const void *data, int64_t bytes, uint64_t seed)
{
    const XXH128_hash_t hash = XXH3_128bits_withSeed(data, (size_t)bytes, seed);
    sum[0] += hash.high64;
    sum[1] += hash.low64;
}

void hr_fingerprint_add_ratings(uint64_t sum[2], const hr_ratings *r)
{
    uint64_t high = 0, low = 0;
#pragma omp parallel for schedule(static) reduction(+ : high, low)
    for (int64_t u = 0; u < r->users; u++) {
        const int64_t first = r->ptr[u], count = r->ptr[u + 1] - first;
        const uint64_t seed = (uint64_t)(r->first_user + u) * SEEDS_A_USER;
        uint64_t user[2] = {0, 0};
        add(user, r->movie + first, count * (int64_t)sizeof *r->movie, seed + MOVIES);
        add(user, r->value + first, count * (int64_t)sizeof *r->value, seed + VALUES);
        add(user, r->split + first, count, seed + SPLITS);
        high += user[0];
        low += user[1];
    }
    sum[0] += high;
    sum[1] += low;
}

void hr_fingerprint_add_ids(uint64_t sum[2], const hr_dataset *d)
{
    char buffer[HR_ID_BUFFER];
    for (int64_t u = 0; u < d->user_id.count; u++) {
        const char *text = hr_ids_text(&d->user_id, u, buffer);
        add(sum, text, (int64_t)strlen(text), (uint64_t)u * SEEDS_A_USER + ID);
    }
    for (int64_t m = 0; m < d->movie_id.count; m++) {
        const char *text = hr_ids_text(&d->movie_id, m, buffer);
        add(sum, text, (int64_t)strlen(text), ~(uint64_t)m);
    }
}

void hr_fingerprint_text(const uint64_t sum[2], char text[HR_FINGERPRINT_LENGTH])
{
    snprintf(text, HR_FINGERPRINT_LENGTH, "%016" PRIx64 "%016" PRIx64, sum[0], sum[1]);
}
