/* Rows for an index of nearest neighbours, faiss or hnswlib: of equal length for movies, so that the order by inner
 * product, by cosine and by distance is one and the same (Bachrach et al., "Speeding up the Xbox recommender system using a
 * Euclidean transformation for inner-product spaces", RecSys 2014, section 3):
 *
 *     movie y -> (y, sqrt(M^2 - |y|^2))   with M the largest |y| of all movies;   user x -> (x, 0)
 *
 * The inner product is that of x and y: the score. */
#ifndef HR_TRAINER_EXPORT_INDEX_ROWS_H
#define HR_TRAINER_EXPORT_INDEX_ROWS_H

#include <stdint.h>

/* The largest squared length of `count` rows of `dim` columns. Local. */
double hr_index_largest_square(const float *row, int64_t count, int64_t dim);

/* Fills index [count x (dim + 1)] with the rows, and in the last column with what their squared lengths lack of `square`;
 * zeros there where `square` is 0. Local. */
void hr_index_rows(const float *row, int64_t count, int64_t dim, double square, float *index);

#endif
