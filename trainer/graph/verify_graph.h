/* Whether the parts of a partition, together, are the graph of its dataset. Each rank checks what it has read; what
 * takes several ranks is compared by exchanges of the halo and by sums. A fingerprint says which dataset a file was
 * cut from, and not what has become of the file. */
#ifndef HR_TRAINER_GRAPH_VERIFY_GRAPH_H
#define HR_TRAINER_GRAPH_VERIFY_GRAPH_H

#include "trainer/graph/graph_context.h"

/* Checks that
 *   - an edge of a rank is among the train ratings of its user that the rank has;
 *   - a ghost is of the vertex that its owner has there, and has the same train ratings;
 *   - each train rating is the edge of one rank, and degrees count them;
 *   - users, their train ratings, the numbers of their first edges and, where these are read, the values of ratings
 *     are those of the dataset.
 * The last two compare sums of 64-bit hashes with a key drawn at random: what differs passes with a probability of
 * 2^-64. That each vertex has one owner is checked by hr_blocks_create.
 *   dataset  path of the dataset file
 *   valid    share of train held out, as for hr_dataset_read_slice
 *
 * Reads the rank's block of users of the dataset. Collective over the grid; all ranks return the same status: HR_INPUT
 * with the first that does not hold, HR_MEMORY, HR_COMM. */
hr_status hr_graph_verify(hr_graph_context *context, const char *dataset, double valid, hr_error *err);

#endif
