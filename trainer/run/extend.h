/* A trained model on data with more users, movies and ratings, without training: who was there keeps the row
 * of parameters, who is new begins with zeros, and the model makes output rows of these and of the new graph.
 * A GraphSAGE row of a new user is then made of the movies rated, that of a new movie of its features
 * (Hamilton et al. 2017: inductive). A model that is solved or counted makes one sweep. Parameters are those
 * after the last step, as a checkpoint keeps no others. */
#ifndef HR_TRAINER_RUN_EXTEND_H
#define HR_TRAINER_RUN_EXTEND_H

#include "io/base/error.h"
#include "io/comm/comm.h"

/* Writes the checkpoint `out`, of the dataset file `data`, made of the checkpoint `trained`, which is of the
 * dataset file `before`. Users and movies are who has the same original id. Training may be resumed from it;
 * Adam's moments begin anew. Collective; all ranks return the same status: HR_IO, HR_MEMORY, HR_INPUT where a
 * file is damaged, `trained` is not of `before`, or the model's dense weights don't fit `data`, which has
 * other genres. */
hr_status hr_extend(const hr_comm *comm, const char *trained, const char *before, const char *data,
                    const char *out, hr_error *err);

#endif
