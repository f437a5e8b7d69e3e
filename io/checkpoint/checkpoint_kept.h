/* The last few checkpoints of a run: PATH is the newest, PATH.step-NNNNNN, after so many steps, are older.
 *
 * A new one replaces it in three steps: the old one is given its second name, PATH.step-…, by a hard
 * link; the new one is renamed to PATH; names that are too many are removed. At every moment there is a whole
 * file at PATH. Where the file system has no hard links the old one is renamed, and for a moment only
 * PATH.step-… is there. Where PATH is a symbolic link, all names are beside the file that it leads to. */
#ifndef HR_IO_CHECKPOINT_CHECKPOINT_KEPT_H
#define HR_IO_CHECKPOINT_CHECKPOINT_KEPT_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/options/options.h"

#include <stdint.h>

/* Flushes `temporary`, a checkpoint after `step` steps, and makes it the one at `path`, keeping `keep` - 1
 * older ones. Older ones with as many steps or more are of another run of that name, and are removed like
 * those beyond `keep`; an old file at `path` that can't be read is replaced. One process. HR_IO; the
 * old checkpoint is then still whole, at `path` or under its second name. */
hr_status hr_kept_publish(const char *temporary, const char *path, int64_t step, int64_t keep, hr_error *err);

/* Finds the newest whole checkpoint among path and the older ones kept, each read and compared with its
 * checksums by all ranks together. Rank 0 says what is wrong with newer ones. *found is "" where there is
 * none at all. Collective; all ranks return the same. HR_INPUT where there are some but none is whole; HR_IO
 * where the newest cannot be opened, as while another program holds it. */
hr_status hr_kept_find(const hr_comm *comm, const char *path, char found[HR_TEXT_LENGTH], hr_error *err);

/* HR_USAGE where `input` is one of the older ones of `path`: publishing a first checkpoint there removes
 * them. Local. */
hr_status hr_kept_check(const char *path, const char *input, hr_error *err);

#endif
