/* Ratings of a source, and what identifies them. */
#ifndef HR_TESTS_FUZZ_RATING_SUM_H
#define HR_TESTS_FUZZ_RATING_SUM_H

#include "io/readers/source.h"
#include "tests/fuzz/input.h"

#include <math.h>

typedef struct rating_sum {
    int64_t rows, bytes;
    uint64_t hash;
} rating_sum;

static inline void hash_bytes(rating_sum *s, const void *bytes, int64_t length)
{
    const unsigned char *at = bytes;
    for (int64_t i = 0; i < length; i++)
        s->hash = (s->hash ^ at[i]) * UINT64_C(0x100000001B3);
    s->bytes += length;
}

static inline hr_status sum_rows(void *context, const hr_rating_rows *rows, hr_error *err)
{
    rating_sum *s = context;
    (void)err;
    for (int64_t i = 0; i < rows->count; i++) {
        need(rows->user[i].length > 0 && rows->item[i].length > 0, "ids are not empty");
        need(!memchr(rows->user[i].at, 0, (size_t)rows->user[i].length), "a user's id has no NUL");
        need(!memchr(rows->item[i].at, 0, (size_t)rows->item[i].length), "an item's id has no NUL");
        need(isfinite(rows->value[i]), "values are finite");
        hash_bytes(s, rows->user[i].at, rows->user[i].length);
        hash_bytes(s, rows->item[i].at, rows->item[i].length);
        hash_bytes(s, &rows->value[i], sizeof rows->value[i]);
        hash_bytes(s, &rows->time[i], sizeof rows->time[i]);
        hash_bytes(s, &rows->offset[i], sizeof rows->offset[i]);
        hash_bytes(s, &rows->file, sizeof rows->file);
        hash_bytes(s, &rows->split, sizeof rows->split);
    }
    s->rows += rows->count;
    return HR_OK;
}

static inline hr_status sum_shares(const hr_source *source, int64_t pieces, rating_sum *s, hr_bad_lines *bad)
{
    hr_error err = {""};
    hr_status status = HR_OK;
    for (int64_t piece = 0; piece < pieces && status == HR_OK; piece++)
        status = hr_source_read(source, piece, pieces, sum_rows, s, bad, &err);
    succeeds(status, &err);
    return status;
}

/* The same ratings come of one share and of several, where no line is bad. */
static inline void compare_shares(const hr_source *source, int64_t pieces)
{
    rating_sum one = {0}, several = {0};
    hr_bad_lines bad = {0}, worse = {0};
    const hr_status whole = sum_shares(source, 1, &one, &bad),
                    cut = sum_shares(source, pieces, &several, &worse);
    if (whole == HR_OK && bad.count == 0)
        need(cut == HR_OK && memcmp(&one, &several, sizeof one) == 0, "shares give what the whole gives");
}

#endif
