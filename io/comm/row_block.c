#include "io/comm/row_block.h"

#include "io/base/even.h"

hr_row_block hr_row_block_of(const hr_comm *comm, int64_t users, int64_t movies)
{
    const int64_t first_user = hr_block_first(users, comm->rank, comm->size);
    const int64_t first_movie = hr_block_first(movies, comm->rank, comm->size);
    return (hr_row_block){first_user, hr_block_first(users, comm->rank + 1, comm->size) - first_user,
                          first_movie, hr_block_first(movies, comm->rank + 1, comm->size) - first_movie};
}
