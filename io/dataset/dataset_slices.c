#include "io/base/memory.h"
#include "io/base/search.h"
#include "io/dataset/dataset.h"

/* Most users and, unless one user has more, ratings of a slice. */
enum { SLICE_USERS = 1 << 16, SLICE_RATINGS = 1 << 22 };

/* Whether the ratings of as many users are few enough. */
static bool are_few(const void *ptr, int64_t users, int64_t first)
{
    const int64_t end = ((const int64_t *)ptr)[users + 1];
    return end <= first || end - first <= SLICE_RATINGS; /* nothing overflows in a damaged file either */
}

/* How many of the users from `first` to `end` - 1 the next slice has. */
static hr_status count_users(hr_h5 *file, int64_t first, int64_t end, int64_t *users, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *ptr = NULL;
    const int64_t most = end - first < SLICE_USERS ? end - first : SLICE_USERS;
    HR_ALLOC(ptr, most + 1);
    HR_TRY(hr_h5_read_rows(file, "rating/ptr", HR_H5_I64, first, most + 1, 1, ptr, err));
    const int64_t few = ptr[0] < 0 ? 0 : hr_bisect(ptr, most, ptr[0], are_few); /* damage is for the reader */
    *users = few > 0 ? few : 1;
done:
    free(ptr);
    return status;
}

hr_status hr_dataset_each_slice(hr_h5 *file, int64_t first_user, int64_t users, double valid_share,
                                bool with_values, hr_slice_visit *visit, void *context, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings slice = {0};
    const int64_t end = first_user + users;
    for (int64_t first = first_user, count = 0; first < end; first += count) {
        HR_TRY(count_users(file, first, end, &count, err));
        HR_TRY(hr_dataset_read_slice(file, first, count, valid_share, &slice, err));
        if (with_values)
            HR_TRY(hr_dataset_read_values(file, &slice, err));
        HR_TRY(visit(context, &slice, err));
        hr_ratings_free(&slice);
    }
done:
    hr_ratings_free(&slice);
    return status;
}
