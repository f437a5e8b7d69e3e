/* A trained model on data with more users, movies and ratings, without training. Known users and movies
 * keep their rows of parameters, new ones have zeros, and the model computes output rows from these and
 * the new graph: with GraphSAGE the output of a new user follows from the movies rated, that of a new
 * movie from its features (Hamilton et al. 2017: inductive). A model that is solved or counted makes one
 * sweep. The parameters are those after the last step, since a checkpoint keeps no others. */
#ifndef HR_TRAINER_RUN_EXTEND_H
#define HR_TRAINER_RUN_EXTEND_H

#include "io/base/error.h"
#include "io/comm/comm.h"

/* Writes the checkpoint `out` of the dataset file `data`, from the checkpoint `trained` of the dataset
 * file `before`. Users and movies are known where `before` has their original id. Training may be resumed
 * from `out`; Adam's moments then begin at zero. Collective; all ranks return the same status: HR_IO,
 * HR_MEMORY, HR_INPUT where a file is damaged, `trained` is not of `before`, or the model's dense weights
 * don't fit `data`, which has other genres; HR_USAGE where the run holds ratings out by --valid and a known user
 * or movie has another number in `data`: others would be held out. */
hr_status hr_extend(const hr_comm *comm, const char *trained, const char *before, const char *data,
                    const char *out, hr_error *err);

#endif
