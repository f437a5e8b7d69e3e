/* How much memory a rank needs to train, and how much its host has. */
#ifndef HR_TRAINER_RUN_MEMORY_NEED_H
#define HR_TRAINER_RUN_MEMORY_NEED_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "partition/halo/part_size.h"
#include "trainer/config/train_config.h"

#include <stdint.h>

/* Bytes of arrays that a rank holds while it trains LightGCN on a part of that size, in a grid of `groups`
 * column groups. With V owned rows, G ghosts, M movies here, S owned rows sent, E edges here, R train ratings
 * of the users here and d columns of a rank, dim / groups:
 *
 *     4 d (13 V + 5 G + M + 2 S)  +  6 E  +  4 R  +  4 (users + 2 movies)  +  36 batch  +  16 d pool
 *     +  lists  +  validation
 *
 * lists are the shard's other lists of vertices, ghosts and slots (hr_part_bytes), and a few numbers a row. V
 * counts for parameters, Adam's two moments, the best output, the output, its gradient, the panels, and
 * global order (block, whole rows, and what goes in and out). Validation takes (4 dim + 8) movies + 8 V and 5 bytes
 * for each rating, train or held out, of the sample's users in this rank's block, or up to 10 where these are not all
 * users; 4 more where ratings are predicted, and these models take 4 R. A run with --checkpoint takes one more block,
 * 4 V d, another where it validates and the model computes its outputs (the parameters of the best epoch), and, only
 * where memory is left over, up to four more (saver.h), and the ids of its block (checkpoint_extras.h), 8 V bytes as
 * numbers.
 *
 * Programs and libraries take some 40 MB beside it. Ranks of one host read each other's halo where it lies: the system
 * counts these pages, 4 d (2 G + 2 S) bytes, as memory of both. als and ials take less for rows, and 18 E + 48 dim^2
 * beside them: lists of edges by movie, ratings, scores; the Gram matrix in pieces, and its eigenvectors. Local. */
int64_t hr_memory_need(const hr_part_size *size, int32_t groups, const hr_train_config *config);

/* Memory of the host that ranks may use: its own, divided by the number of its ranks; the least of all hosts.
 * Collective. HR_COMM. */
hr_status hr_memory_available(const hr_comm *comm, int64_t *bytes, hr_error *err);

#endif
