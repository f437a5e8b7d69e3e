#include "trainer/catalogue/popularity.h"

#include "io/comm/row_block.h"

/* Users whose ratings are read at a time. */
enum { USERS_AT_A_TIME = 4096 };

static hr_status add_users(int64_t *count, hr_h5 *dataset, int64_t first, int64_t users, double valid,
                           hr_error *err)
{
    hr_ratings slice = {0};
    const hr_status status = hr_dataset_read_slice(dataset, first, users, valid, &slice, err);
    for (int64_t i = 0; status == HR_OK && i < slice.count; i++)
        count[slice.movie[i]] += slice.split[i] == HR_TRAIN;
    hr_ratings_free(&slice);
    return status;
}

hr_status hr_count_train_ratings(int64_t *count, const hr_comm *comm, hr_h5 *dataset,
                                 const hr_dataset_summary *summary, double valid, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_row_block block = hr_row_block_of(comm, summary->users, summary->movies);
    for (int64_t done = 0; status == HR_OK && done < block.users; done += USERS_AT_A_TIME)
        status = add_users(count, dataset, block.first_user + done,
                           block.users - done < USERS_AT_A_TIME ? block.users - done : USERS_AT_A_TIME, valid,
                           err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_sum_i64(comm, count, summary->movies, err));
done:
    return status;
}
