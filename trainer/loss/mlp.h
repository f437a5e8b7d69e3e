/* A multi-layer perceptron that scores a user and a movie by their output rows u and m: the MLP of NeuMF (He
 * et al., WWW 2017, sections 3.3 and 3.4) and the MLP scorer of GraphSAGE,
 *
 *     z1 = relu(u2 Wu + m2 Wm + b1),  z2 = relu(z1 W2 + b2), …,   score = a . (u1 * m1) + v . zL + c
 *
 * where u1 and m1 are the first `product` columns of the rows, multiplied column by column, and u2 and m2
 * those from column `first` on. NeuMF uses one half of the columns for each; GraphSAGE uses whole rows for
 * both, so that its score begins as the dot product plus the MLP. The first layer is linear in either row:
 * the half of it that a row contributes is computed once, however many pairs the row is in. Where ratings are
 * predicted the score s becomes lowest + (highest - lowest) sigmoid(s). */
#ifndef HR_TRAINER_LOSS_MLP_H
#define HR_TRAINER_LOSS_MLP_H

#include "io/base/error.h"
#include "trainer/numerics/row_sums.h"
#include "trainer/sampling/dropout.h"

#include <stdbool.h>
#include <stdint.h>

/* Most hidden layers, and widest one. */
enum { HR_MLP_LAYERS = 4, HR_MLP_WIDTH = HR_DROPOUT_WIDTH };

typedef struct hr_mlp_shape {
    int64_t columns; /* of a row */
    int64_t product; /* first of them, which are multiplied */
    int64_t first;   /* of those from there on, which the MLP reads */
    int layers;      /* hidden ones; 0: there is no MLP, rows score by dot products */
    int64_t width[HR_MLP_LAYERS];
    double dropout;         /* share of activations left out in training, the others scaled up */
    bool bounded;           /* whether ratings are predicted */
    hr_summation summation; /* how scores and gradients are summed (numerics/summation.h), an MLP or none */
} hr_mlp_shape;

/* Bounds of the size of the sums of a step (mlp_bounds.h); plain sums do not use them. */
typedef struct hr_mlp_bounds {
    double half, matrix[HR_MLP_LAYERS], bias[HR_MLP_LAYERS]; /* of the weights' gradients */
    double product, output, constant;
    double half_gradient; /* of gradients of halves of the first layer */
    double row;           /* of gradients of rows */
} hr_mlp_bounds;

/* Reads "256,128,64" into layers and widths; "" is no MLP. HR_USAGE for anything but up to HR_MLP_LAYERS
 * whole numbers from 1 to HR_MLP_WIDTH. */
hr_status hr_mlp_parse(const char *text, hr_mlp_shape *shape, hr_error *err);

/* Floats that the weights take: 0 without an MLP. */
int64_t hr_mlp_weights(const hr_mlp_shape *shape);

/* Starting weights, a function of the seed alone: uniform with the spread of Glorot & Bengio (AISTATS 2010)
 * for matrices, ones for a, zeros for the rest. The last two are the lowest and the highest rating, which are
 * not trained. */
void hr_mlp_start(const hr_mlp_shape *shape, uint64_t seed, double lowest, double highest, float *weights);

/* Memory for a number of pairs at a time. Zero-initialise; free with hr_mlp_free. */
typedef struct hr_mlp {
    hr_mlp_shape shape;
    int64_t pairs;
    hr_dropout dropout;
    float *hidden[HR_MLP_LAYERS]; /* [pairs x width] activations, then gradients of what they are made of */
    float *down;                  /* [pairs x the widest] gradients by the activations of the layer below */
    float *score;                 /* [pairs] */
    float *pieces;                /* for sums over pairs (dense.h) */
} hr_mlp;

/* Local. HR_MEMORY. */
hr_status hr_mlp_create(hr_mlp *mlp, const hr_mlp_shape *shape, int64_t pairs, uint64_t seed, hr_error *err);
void hr_mlp_free(hr_mlp *mlp);

/* A user and a movie, with what their rows contribute to the first layer. */
typedef struct hr_mlp_pair {
    const float *user, *movie;           /* [columns] */
    const float *user_half, *movie_half; /* [width[0]] */
    int64_t number;                      /* of the pair within a step, the same on any number of ranks */
} hr_mlp_pair;

/* What rows of users, or of movies, contribute to the first layer: half [rows x width[0]] is overwritten. */
void hr_mlp_halves(const hr_mlp_shape *shape, const float *weights, bool movies, int64_t rows,
                   const float *row, float *half);

/* Scores of up to mlp->pairs pairs, in mlp->score, with the dropout of step number `step`, or HR_AT_REST. */
void hr_mlp_forward(hr_mlp *mlp, const float *weights, const hr_mlp_pair *pair, int64_t count, int64_t step);

/* What gradients of the weights are added to, and their bounds. */
typedef struct hr_mlp_gradient {
    const hr_row_sums *sums;
    hr_mlp_bounds bounds;
    hr_summation summation;
} hr_mlp_gradient;

/* Backward from the gradient of the last forward's scores, score_gradient [count]: adds the gradients of the
 * weights to `gradient`, and leaves those of the sums of halves in mlp->hidden[0]. score_gradient becomes the
 * gradient of the score before its bounds. The first layer's matrices and the rows are left to
 * hr_mlp_halves_back. */
void hr_mlp_back(hr_mlp *mlp, const float *weights, const hr_mlp_pair *pair, int64_t count,
                 float *score_gradient, const hr_mlp_gradient *gradient);

/* Backward from the gradient of halves [rows x width[0]]: adds the gradients of the first layer's matrix and
 * bias to `gradient`, and overwrites row_gradient, rows x (columns - first), with those of the rows' columns
 * from `first` on. */
void hr_mlp_halves_back(hr_mlp *mlp, const float *weights, bool movies, int64_t rows, const float *row,
                        const float *half_gradient, const hr_mlp_gradient *gradient, float *row_gradient);

/* How many weights at the end are not trained. */
int64_t hr_mlp_fixed(const hr_mlp_shape *shape);

/* The a of the products, [product]. */
const float *hr_mlp_product(const hr_mlp_shape *shape, const float *weights);

#endif
