#include "io/dataset/dataset_verify.h"

#include "io/base/even.h"
#include "io/base/memory.h"
#include "io/dataset/ids_file.h"

#include <inttypes.h>

enum { AT_ONCE = 1 << 20, SPLITS = sizeof((hr_dataset_summary){0}.splits) / sizeof(int64_t) };

static hr_status damaged(const hr_h5 *file, const char *what, int64_t at, hr_error *err)
{
    return hr_fail(err, HR_INPUT, "%s: %s, at %" PRId64 "; the file is damaged: import the data again",
                   hr_h5_path(file), what, at);
}

/* Ratings first … end - 1, by split, added to counts. */
static hr_status count_splits(hr_h5 *file, int64_t first, int64_t end, int64_t counts[SPLITS], hr_error *err)
{
    hr_status status = HR_OK;
    uint8_t *split = NULL;
    int64_t of[UINT8_MAX + 1] = {0};
    HR_ALLOC(split, end - first < AT_ONCE ? end - first : AT_ONCE);
    for (int64_t at = first; at < end; at += AT_ONCE) {
        const int64_t count = end - at < AT_ONCE ? end - at : AT_ONCE;
        HR_TRY(hr_h5_read_rows(file, "rating/split", HR_H5_U8, at, count, 1, split, err));
        for (int64_t i = 0; i < count; i++)
            of[split[i]]++;
    }
    for (int s = 0; s <= UINT8_MAX; s++)
        if (s < SPLITS)
            counts[s] += of[s];
        else if (of[s] > 0)
            HR_TRY(damaged(file, "a rating is in no known part of the split", s, err));
done:
    free(split);
    return status;
}

/* Where the ratings of users first … end - 1 begin and end. */
static hr_status check_offsets(hr_h5 *file, const hr_dataset_summary *s, int64_t first, int64_t end,
                               hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *ptr = NULL;
    HR_ALLOC(ptr, end - first + 1);
    HR_TRY(hr_h5_read_rows(file, "rating/ptr", HR_H5_I64, first, end - first + 1, 1, ptr, err));
    if (first == 0 && ptr[0] != 0)
        HR_TRY(damaged(file, "the first user's ratings do not begin at 0", ptr[0], err));
    for (int64_t u = first; u < end; u++)
        if (ptr[u - first + 1] < ptr[u - first] || ptr[u - first + 1] > s->ratings)
            HR_TRY(damaged(file, "a user's ratings are out of range", u, err));
    if (end == s->users && ptr[end - first] != s->ratings)
        HR_TRY(damaged(file, "the users' ratings do not sum up", ptr[end - first], err));
done:
    free(ptr);
    return status;
}

/* Ids first … end - 1 and the one before, in pieces that overlap by one. */
static hr_status check_ids(hr_h5 *file, const char *name, int64_t first, int64_t end, hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t at = first > 0 ? first - 1 : 0; at < end; at += AT_ONCE) {
        hr_ids ids = {0};
        HR_TRY(hr_ids_read(file, name, at, end - at <= AT_ONCE ? end - at : AT_ONCE + 1, &ids, err));
        hr_ids_free(&ids);
    }
done:
    return status;
}

static hr_status compare_counts(const hr_h5 *file, const hr_dataset_summary *s, const int64_t counts[SPLITS],
                                hr_error *err)
{
    static const char *const names[] = {"train", "valid", "test", "known"};
    for (int i = 0; i < SPLITS; i++)
        if (counts[i] != s->splits[i])
            return hr_fail(err, HR_INPUT,
                           "%s: says that %" PRId64 " ratings are in %s, but %" PRId64
                           " are; the file is damaged: import the data again",
                           hr_h5_path(file), s->splits[i], names[i], counts[i]);
    return HR_OK;
}

hr_status hr_dataset_verify(const hr_comm *comm, hr_h5 *file, const hr_dataset_summary *s, hr_error *err)
{
    const int rank = comm->rank, size = comm->size;
    const int64_t first_user = hr_block_first(s->users, rank, size),
                  end_user = hr_block_first(s->users, rank + 1, size);
    int64_t counts[SPLITS] = {0};
    hr_status status = count_splits(file, hr_block_first(s->ratings, rank, size),
                                    hr_block_first(s->ratings, rank + 1, size), counts, err);
    if (status == HR_OK)
        status = check_offsets(file, s, first_user, end_user, err);
    if (status == HR_OK)
        status = check_ids(file, "user/id", first_user, end_user, err);
    if (status == HR_OK)
        status = check_ids(file, "movie/id", hr_block_first(s->movies, rank, size),
                           hr_block_first(s->movies, rank + 1, size), err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_sum_i64(comm, counts, SPLITS, err));
    status = compare_counts(file, s, counts, err);
done:
    return status;
}
