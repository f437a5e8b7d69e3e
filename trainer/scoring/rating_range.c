#include "trainer/scoring/rating_range.h"

#include "io/comm/row_block.h"

#include <math.h>

/* Users whose ratings are read at a time. */
enum { USERS_AT_A_TIME = 4096 };

/* Widens what most[0], the lowest negated, and most[1] say by some users' train ratings. */
static hr_status add_users(double most[2], hr_h5 *dataset, int64_t first, int64_t users, double valid,
                           hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings slice = {0};
    HR_TRY(hr_dataset_read_slice(dataset, first, users, valid, &slice, err));
    HR_TRY(hr_dataset_read_values(dataset, &slice, err));
    for (int64_t i = 0; i < slice.count; i++)
        if (slice.split[i] == HR_TRAIN) {
            most[0] = fmax(most[0], -(double)slice.value[i]);
            most[1] = fmax(most[1], (double)slice.value[i]);
        }
done:
    hr_ratings_free(&slice);
    return status;
}

hr_status hr_rating_range_find(hr_rating_range *range, const hr_comm *comm, hr_h5 *dataset,
                               const hr_dataset_summary *summary, double valid, hr_error *err)
{
    hr_status status = HR_OK;
    double most[2] = {-INFINITY, -INFINITY};
    const hr_row_block block = hr_row_block_of(comm, summary->users, summary->movies);
    for (int64_t done = 0; status == HR_OK && done < block.users; done += USERS_AT_A_TIME)
        status = add_users(most, dataset, block.first_user + done,
                           block.users - done < USERS_AT_A_TIME ? block.users - done : USERS_AT_A_TIME, valid,
                           err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_max_f64(comm, most, 2, err));
    *range = (hr_rating_range){-most[0], most[1]};
done:
    return status;
}
