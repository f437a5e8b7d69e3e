/* The matrices and vectors that dense weights consist of, one after the other in one array: by name and shape, as
 * checkpoints keep them. */
#ifndef HR_TRAINER_NUMERICS_DENSE_PARTS_H
#define HR_TRAINER_NUMERICS_DENSE_PARTS_H

#include <stdint.h>

enum { HR_DENSE_PART_NAME = 40, HR_MOST_DENSE_PARTS = 320 };

typedef struct hr_dense_part {
    char name[HR_DENSE_PART_NAME]; /* "layer0/user/self" */
    int64_t rows, cols;            /* cols is 1 for a vector */
} hr_dense_part;

typedef struct hr_dense_parts {
    int count;
    hr_dense_part part[HR_MOST_DENSE_PARTS]; /* in their order in the array */
} hr_dense_parts;

/* Adds one, if it is not empty. */
void hr_dense_parts_add(hr_dense_parts *parts, int64_t rows, int64_t cols, const char *name);

/* The same, called "layerK/user/NAME" or "layerK/movie/NAME". */
void hr_dense_parts_add_of_layer(hr_dense_parts *parts, int64_t layer, int is_movie, int64_t rows,
                                 int64_t cols, const char *name);

#endif
