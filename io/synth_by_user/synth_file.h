/* Synthetic datasets of any size, made by all ranks and threads straight into a file: no rank holds the ratings.
 *
 * Numbers of ratings a user follow the shape exactly, and each rated movie has at least one. How many a movie has is
 * drawn: what the shape asks for in the mean (io/synth_by_user/draw_weights.h). Values and times are as in io/synth/synth.h. */
#ifndef HR_IO_SYNTH_BY_USER_SYNTH_FILE_H
#define HR_IO_SYNTH_BY_USER_SYNTH_FILE_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/split/split_rule.h"
#include "io/synth/synth.h"

#include <stdint.h>

/* Makes the dataset file at `path`, the same bytes for the same shape, rule and seed on any number of ranks and
 * threads. Each rank holds a number a user, some a movie, and a block of about 4 M ratings. splits [HR_SPLITS] receives
 * the number of ratings in each part. Collective; all ranks return the same status. HR_USAGE for a rule that needs all
 * ratings at once (time, users), or numbers that do not go together; HR_IO, HR_MEMORY, HR_COMM. */
hr_status hr_synth_write(const hr_comm *comm, const hr_synth_preset *shape, const hr_split_rule *rule,
                         uint64_t seed, const char *path, int64_t splits[HR_SPLITS], hr_error *err);

#endif
