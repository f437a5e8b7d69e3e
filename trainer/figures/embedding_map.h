/* Rows of movies on a plane: principal component analysis. */
#ifndef HR_TRAINER_FIGURES_EMBEDDING_MAP_H
#define HR_TRAINER_FIGURES_EMBEDDING_MAP_H

#include "io/base/error.h"

#include <stdint.h>

/* Zero-initialise; free with hr_embedding_map_free. */
typedef struct hr_embedding_map {
    int64_t count;
    const int32_t *movie; /* [count] as given */
    double *x, *y;        /* [count] */
    double share[2];      /* of the rows' variance, that each axis has */
} hr_embedding_map;

/* Projects rows, scaled to length 1 (the length of a movie's row is mostly its popularity), onto the two directions in which
 * they vary most: the eigenvectors of their covariance with the largest eigenvalues (Pearson 1901), by LAPACK. The sign of
 * each is such that the sum of the cubes of its coordinates is not negative.
 *   row    [movies x dim]
 *   movie  [count] whose rows are projected; it must outlive the map
 * Shares are 0 where all rows are the same, or dim is 1. Local. HR_MEMORY. */
hr_status hr_embedding_map_make(hr_embedding_map *map, const float *row, int64_t dim, const int32_t *movie,
                                int64_t count, hr_error *err);
void hr_embedding_map_free(hr_embedding_map *map);

#endif
