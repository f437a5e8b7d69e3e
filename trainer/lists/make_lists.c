#include "trainer/lists/make_lists.h"

/* Most users of a block, and most entries of their lists. */
enum { MOST_USERS = 4096, MOST_ENTRIES = 1 << 22, TILE_USERS = HR_WORKSPACE_USERS };

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Users of a rank's block: whole tiles, and no more than an even share of all. */
static int64_t block_size(const hr_recommender *r, const hr_comm *comm, const hr_list_users *users)
{
    const int64_t fit = smaller(MOST_USERS, MOST_ENTRIES / r->rules.top);
    const int64_t share = smaller(fit, (users->count + comm->size - 1) / comm->size);
    return users->newcomers ? users->count : (share + TILE_USERS - 1) / TILE_USERS * TILE_USERS;
}

/* The next `count` users' lists. Local. */
static hr_status make_block(hr_recommender *r, const hr_list_users *users, int64_t first, int64_t count,
                            hr_user_block *block, hr_lists *lists, hr_error *err)
{
    hr_status status = HR_OK;
    if (count == 0)
        return HR_OK;
    HR_TRY(hr_list_users_read(block, users, &r->loaded, first, count, err));
    hr_recommender_rank(r, block, lists);
done:
    return status;
}

hr_status hr_make_lists(hr_recommender *recommender, const hr_comm *comm, const hr_list_users *users,
                        const hr_list_sink *sink, hr_error *err)
{
    const int64_t size = block_size(recommender, comm, users);
    hr_lists lists = {0};
    hr_user_block block = {0};
    hr_status status = hr_lists_create(&lists, size, recommender->rules.top, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    for (int64_t done = 0; done < users->count; done += size * comm->size) {
        const int64_t first = smaller(done + size * comm->rank, users->count);
        status =
            make_block(recommender, users, first, smaller(size, users->count - first), &block, &lists, err);
        HR_TRY(hr_agree(comm, status, NULL, err));
        HR_TRY(sink->take(sink->context, first, &block, &lists, err));
        hr_user_block_free(&block);
    }
done:
    hr_user_block_free(&block);
    hr_lists_free(&lists);
    return status;
}
