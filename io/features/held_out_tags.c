#include "io/features/held_out_tags.h"

#include "io/base/memory.h"
#include "io/base/search.h"

#include <stdbool.h>
#include <string.h>

/* Whether the user, one of this rank's, has a rating of the movie that is kept from training. */
static bool is_held_out(const hr_ratings *r, int64_t user, int32_t movie)
{
    const int64_t first = r->ptr[user];
    const int64_t at = hr_find_i32(r->movie + first, r->ptr[user + 1] - first, movie);
    return at != HR_NOT_FOUND && r->split[first + at] != HR_TRAIN;
}

hr_status hr_tags_held_out(const hr_comm *comm, const hr_dataset *d, int32_t **held_out, hr_error *err)
{
    const hr_ratings *r = &d->ratings;
    int64_t tags = d->tags;
    int32_t *user = NULL, *movie = NULL; /* [tags] */
    hr_status status = hr_broadcast(comm, &tags, sizeof tags, 0, err);
    if (status != HR_OK)
        return status;
    user = hr_alloc(tags, sizeof *user);
    movie = hr_alloc(tags, sizeof *movie);
    *held_out = hr_alloc(tags, sizeof **held_out);
    if (!user || !movie || !*held_out)
        status = hr_fail_memory(err, tags, sizeof *user, "tags");
    HR_TRY(hr_agree(comm, status, NULL, err));
    if (comm->rank == 0 && tags > 0) {
        memcpy(user, d->tag_user, (size_t)tags * sizeof *user);
        memcpy(movie, d->tag_movie, (size_t)tags * sizeof *movie);
    }
    HR_TRY(hr_broadcast(comm, user, tags * (int64_t)sizeof *user, 0, err));
    HR_TRY(hr_broadcast(comm, movie, tags * (int64_t)sizeof *movie, 0, err));
#pragma omp parallel for schedule(static)
    for (int64_t t = 0; t < tags; t++) {
        const int64_t mine = user[t] - r->first_user;
        (*held_out)[t] = mine >= 0 && mine < r->users && is_held_out(r, mine, movie[t]);
    }
    HR_TRY(hr_sum_i32(comm, *held_out, tags, err));
done:
    free(movie);
    free(user);
    return status;
}
