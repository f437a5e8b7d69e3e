/* The leading right singular vectors of a filter's N, by subspace iteration with N'N (Golub & Van Loan, "Matrix
 * Computations", 8.2.4; Halko, Martinsson & Tropp, SIAM Review 2011): sweeps of panels of columns, which ranks and threads
 * divide, then eigenvectors of the columns' Gram matrix, which make them orthonormal and put them in order. */
#ifndef HR_TRAINER_FILTERS_SINGULAR_VECTORS_H
#define HR_TRAINER_FILTERS_SINGULAR_VECTORS_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/filters/filter.h"
#include "trainer/numerics/summation.h"

#include <stdint.h>

/* Fills vector [movies x columns] with orthonormal columns, the leading one first, and value [columns] with their eigenvalues
 * of N'N. Where N has fewer, columns are zeros. Vectors are accurate as far as their eigenvalues are apart from those
 * behind them; the first ones are the most accurate.
 *   how  sums are made: reproducible ones have the same bits on every processor
 *   seed of the first columns, which are random
 * The same bits on any number of ranks and threads. Collective; all ranks return the same status. HR_MEMORY, HR_COMM. */
hr_status hr_singular_vectors(const hr_comm *comm, const hr_filter *filter, hr_summation how, uint64_t seed,
                              int64_t columns, float *vector, double *value, hr_error *err);

#endif
