/* The spectral start: embeddings begin in the subspace that propagation amplifies most.
 *
 * A few rounds of block power iteration (subspace iteration; Golub & Van Loan, "Matrix Computations", 8.2.4)
 * with the forward pass of a model that is a symmetric linear map, which is the edge pass that training
 * repeats anyway: propagate all columns, make them orthonormal, again. What comes out scores pairs nearly as
 * a truncated singular value decomposition of the normalised graph does, and training begins where it would
 * have been after many epochs. No eigenvectors are told apart, for scores do not depend on a rotation of the
 * columns. */
#ifndef HR_TRAINER_PROPAGATION_SPECTRAL_H
#define HR_TRAINER_PROPAGATION_SPECTRAL_H

#include "io/base/error.h"
#include "trainer/models/model.h"

#include <stdint.h>

/* Replaces random rows by spectral ones whose entries have the root mean square `deviation`.
 *   parameter  owned rows x columns, this rank's, drawn at random
 *   output     room for a forward pass: (owned + ghosts) x columns
 * Where the graph has fewer directions than columns, rows stay as they are. Collective. HR_MEMORY, HR_COMM.
 */
hr_status hr_spectral_start(const hr_graph_context *graph, const hr_model *model, void *model_state,
                            int64_t rounds, double deviation, float *parameter, float *output, hr_error *err);

#endif
