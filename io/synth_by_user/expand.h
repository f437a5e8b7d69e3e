/* Larger data out of a dataset, by itself: fractal expansion, a randomised Kronecker product (Belletti, Lakshmanan,
 * Krichene, Chen & Anderson, "Scalable realistic recommendation datasets through fractal expansions", 2019).
 *
 * A dataset of U users and M movies by A x B becomes one of A U users and B M movies, A x B blocks. The dataset is
 * reduced to A x B numbers: users in order of activity and movies in order of popularity are cut into A and B groups,
 * and p(a, b) is the density of ratings of group a of group b, divided by the largest. Block (a, b) is the dataset with
 * its users moved round by a drawn distance, each rating kept with probability p(a, b): the whole is to a block as the
 * dataset is to a rating. Movies are not moved, so that users of all blocks have the same movies in common;
 * the paper moves them too, and reduces by a singular value decomposition. */
#ifndef HR_IO_SYNTH_BY_USER_EXPAND_H
#define HR_IO_SYNTH_BY_USER_EXPAND_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/split/split_rule.h"

#include <stdint.h>

/* What was made. */
typedef struct hr_expanded {
    int64_t users, movies, ratings, splits[HR_SPLITS];
} hr_expanded;

/* Makes the dataset file `out` of the dataset at `path`, the same bytes for the same seed on any number of ranks and
 * threads. Users and movies are numbered 1, 2, …; a user who would have no rating keeps one; titles, years, genres,
 * values and times are those of the dataset; there are no tags. Each rank holds the dataset that is expanded, and a
 * block of what is made. Collective; all ranks return the same. HR_USAGE for a rule of all ratings at once (time,
 * users) or more than 2^31 users or movies; HR_INPUT for the dataset; HR_IO, HR_MEMORY, HR_COMM. */
hr_status hr_expand(const hr_comm *comm, const char *path, int64_t user_blocks, int64_t movie_blocks,
                    const hr_split_rule *rule, uint64_t seed, const char *out, hr_expanded *made,
                    hr_error *err);

#endif
