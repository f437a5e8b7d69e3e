/* A small network that scores a user and a movie by their output rows u and m, the MLP of NeuMF (He et al.,
 * WWW 2017, sections 3.3 and 3.4) and the MLP scorer of GraphSAGE:
 *
 *     z1 = relu(u2 Wu + m2 Wm + b1),  z2 = relu(z1 W2 + b2), …,   score = a . (u1 * m1) + v . zL + c
 *
 * where u1 and m1 are the first `product` columns of the rows, multiplied one by one, and u2 and m2 those
 * from column `first` on: NeuMF has a half of its own for either, GraphSAGE whole rows for both, so that its
 * MLP stands beside the dot product that it begins as. The first layer is linear in either row, so that each
 * row's half of it is worked out once, however many pairs it is in. Where ratings are predicted the score s
 * becomes lowest + (highest - lowest) sigmoid(s). */
#ifndef HR_TRAINER_LOSS_MLP_H
#define HR_TRAINER_LOSS_MLP_H

#include "io/base/error.h"
#include "trainer/numerics/row_sums.h"
#include "trainer/sampling/dropout.h"

#include <stdbool.h>
#include <stdint.h>

/* Most hidden layers, and units of one. */
enum { HR_MLP_LAYERS = 4, HR_MLP_WIDTH = HR_DROPOUT_UNITS };

typedef struct hr_mlp_shape {
    int64_t columns; /* of a row */
    int64_t product; /* first of them, which are multiplied */
    int64_t first;   /* of those from there on, which the MLP reads */
    int layers;      /* hidden ones; 0: there is no MLP, rows score by dot products */
    int64_t width[HR_MLP_LAYERS];
    double dropout; /* share of hidden units left out in training, the others scaled up */
    bool bounded;   /* whether ratings are predicted */
    bool exact;     /* whether scores and sums are to be the same in any order (exact.h), an MLP or none */
} hr_mlp_shape;

/* Units of the exact sums (exact.h) of a step, as mlp_bounds.h finds them. */
typedef struct hr_mlp_units {
    double half, matrix[HR_MLP_LAYERS], bias[HR_MLP_LAYERS]; /* of the weights' gradients */
    double product, output, constant;
    double half_gradient; /* of slopes of halves */
    double row;           /* of slopes of rows */
} hr_mlp_units;

/* Reads "256,128,64" into layers and widths; "" is no MLP. HR_USAGE for anything but up to HR_MLP_LAYERS
 * whole numbers from 1 to HR_MLP_WIDTH. */
hr_status hr_mlp_parse(const char *text, hr_mlp_shape *shape, hr_error *err);

/* Floats that the weights take: 0 without an MLP. */
int64_t hr_mlp_weights(const hr_mlp_shape *shape);

/* Starting weights, a function of the seed alone: uniform with the spread of Glorot & Bengio (AISTATS 2010)
 * for matrices, ones for a, zeros for the rest. lowest and highest rating stand among them, and never move.
 */
void hr_mlp_start(const hr_mlp_shape *shape, uint64_t seed, double lowest, double highest, float *weights);

/* Memory for a number of pairs at a time. Zero-initialise; free with hr_mlp_free. */
typedef struct hr_mlp {
    hr_mlp_shape shape;
    int64_t pairs;
    hr_dropout dropout;
    float *hidden[HR_MLP_LAYERS]; /* [pairs x width] what a layer puts out, then its slopes */
    float *down;                  /* [pairs x the widest] slopes on their way */
    float *score;                 /* [pairs] */
    float *pieces;                /* for sums over pairs (dense.h) */
} hr_mlp;

/* Local. HR_MEMORY. */
hr_status hr_mlp_create(hr_mlp *mlp, const hr_mlp_shape *shape, int64_t pairs, uint64_t seed, hr_error *err);
void hr_mlp_free(hr_mlp *mlp);

/* A user and a movie, with their halves of the first layer. */
typedef struct hr_mlp_pair {
    const float *user, *movie;           /* [columns] */
    const float *user_half, *movie_half; /* [width[0]] */
    int64_t number;                      /* of the pair within a step, the same on any number of ranks */
} hr_mlp_pair;

/* Halves of the first layer, rows x width[0], of users' rows or movies'. */
void hr_mlp_halves(const hr_mlp_shape *shape, const float *weights, bool movies, int64_t rows,
                   const float *row, float *half);

/* Scores of up to MLP->pairs pairs, in MLP->score, with the dropout of step number `step` or HR_AT_REST.
 */
void hr_mlp_forward(hr_mlp *mlp, const float *weights, const hr_mlp_pair *pair, int64_t count, int64_t step);

/* What gradients of the weights are added to: sums of all weights, and their units, which are 0 where sums
 * are plain. */
typedef struct hr_mlp_gradient {
    const hr_row_sums *sums;
    hr_mlp_units units;
} hr_mlp_gradient;

/* From the slopes of the last forward's scores, slope [count], to those of the weights, which are added to
 * `gradient`, and of the sums of halves, which are in MLP->hidden[0]. `slope` becomes that of the score
 * before its bounds. The first layer's matrices and the rows are the business of hr_mlp_halves_back. */
void hr_mlp_back(hr_mlp *mlp, const float *weights, const hr_mlp_pair *pair, int64_t count, float *slope,
                 const hr_mlp_gradient *gradient);

/* From the slopes of halves to those of the first layer's matrix and bias, added to `gradient`, and of the
 * rows' columns from `first` on: rows x (columns - first). */
void hr_mlp_halves_back(hr_mlp *mlp, const float *weights, bool movies, int64_t rows, const float *row,
                        const float *half_gradient, const hr_mlp_gradient *gradient, float *row_gradient);

/* How many weights at the end never move. */
int64_t hr_mlp_fixed(const hr_mlp_shape *shape);

/* The a of the products, [product]. */
const float *hr_mlp_product(const hr_mlp_shape *shape, const float *weights);

#endif
