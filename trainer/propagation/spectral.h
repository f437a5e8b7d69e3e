/* The spectral start: embeddings begin in the subspace that propagation amplifies most.
 *
 * It is a few rounds of block power iteration (subspace iteration; Golub & Van Loan, "Matrix Computations",
 * 8.2.4) with a symmetric linear map of rows, such as propagation.h, which training repeats anyway: apply the
 * map to all columns, make them orthonormal, repeat. The rows then score pairs nearly as a truncated singular
 * value decomposition of the normalised graph does, and training begins where it would be after many epochs.
 * Single eigenvectors are not needed, since scores do not depend on a rotation of the columns. */
#ifndef HR_TRAINER_PROPAGATION_SPECTRAL_H
#define HR_TRAINER_PROPAGATION_SPECTRAL_H

#include "io/base/error.h"
#include "trainer/graph/graph_context.h"

#include <stdint.h>

/* A symmetric linear map of rows. */
typedef struct hr_row_map {
    /* Owned rows of y from those of x, (owned + ghosts) x columns each. Collective. */
    hr_status (*apply)(void *argument, const float *x, float *y, hr_error *err);
    void *argument;
} hr_row_map;

/* Replaces random rows by spectral ones whose entries have the root mean square `deviation`.
 *   parameter  owned rows x columns, this rank's, drawn at random
 *   output     (owned + ghosts) x columns floats to work with: what the map gives
 * Where the graph has fewer directions than columns, rows stay as they are. Collective; all ranks return the
 * same status. HR_MEMORY, HR_COMM. */
hr_status hr_spectral_start(const hr_graph_context *graph, const hr_row_map *map, int64_t rounds,
                            double deviation, float *parameter, float *output, hr_error *err);

#endif
