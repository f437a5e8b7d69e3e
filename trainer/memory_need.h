/* How much memory a rank needs to train, before it takes it. */
#ifndef HR_TRAINER_MEMORY_NEED_H
#define HR_TRAINER_MEMORY_NEED_H

#include "partition/shard.h"
#include "trainer/train_options.h"

#include <stdint.h>

/* Bytes of arrays that a rank holds while it trains LightGCN on a shard, of which `sent` rows are ghosts
 * elsewhere. With V owned rows, G ghosts, M movies here, E edges here, R train ratings of the users here and
 * d = dim:
 *
 *     4 d (12 V + 5 G + M + 2 sent)  +  6 E  +  4 R  +  4 (users + 2 movies)  +  36 batch  +  12 d pool  +
 * rows' rest
 *
 * V counts for parameters, Adam's two moments, the best output, the output, its gradient, the panels, and
 * global order (block, and what goes in and out of it). Programs and libraries take some 40 MB beside it,
 * evaluation another 4 d movies. Local. */
int64_t hr_memory_need(const hr_shard *shard, int64_t sent, const hr_train_options *options);

#endif
