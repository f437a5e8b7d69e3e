/* Which model a run trains and how large it is, resolved (trainer/config/train_config.h). */
#ifndef HR_TRAINER_MODELS_MODEL_CONFIG_H
#define HR_TRAINER_MODELS_MODEL_CONFIG_H

#include "io/options/options.h"
#include "partition/halo/halo_channel.h"

#include <stdbool.h>
#include <stdint.h>

/* How a vertex combines its neighbours' rows. */
typedef enum hr_aggregate { HR_AGGREGATE_MEAN, HR_AGGREGATE_SUM } hr_aggregate;

typedef struct hr_model_config {
    const struct hr_model *table; /* the model */
    int64_t dim;                  /* columns of a row, over all column groups */
    int64_t layers;               /* propagation steps, or layers */
    double deviation;             /* standard deviation of parameters at the start */
    int64_t spectral_rounds;      /* of block power iteration at the start; 0: random */
    uint64_t seed;                /* of the start, and of dropout */
    bool predicts_ratings;        /* whether scores are ratings, which begin at the mean rating */
    bool has_mlp;                 /* whether an MLP scores the output rows, not dot products */
    bool reproducible;            /* whether sums are the same in any order (numerics/summation.h) */

    double user_power; /* lightgcn: see propagation.h; ease: item_items/least_squares_weights.h; filter:
                                 filters/filter.h, as the next */
    double movie_power, step; /* filter; below 0: chosen by the model */
    int64_t degree, vectors;  /* vectors 0: chosen by the model */
    hr_wire halo;             /* lightgcn: how rows travel between ranks */

    int64_t heads;                 /* gat, gatv2: of attention */
    hr_aggregate aggregate;        /* sage */
    bool batch_norm;               /* sage */
    bool row_norm;                 /* sage */
    double dropout;                /* sage: share of a layer's activations left out in training; ease */
    double message_dropout;        /* sage: share of the edges left out of a layer in training */
    char features[HR_TEXT_LENGTH]; /* HDF5 file of imported features of movies, or "" */

    int64_t cg;        /* als, ials: steps of conjugate gradients of a half sweep */
    bool has_biases;   /* als: biases in two columns */
    double unobserved; /* ials: weight of a pair that was not rated */
    double decay;      /* L2 on a row, once for each rating, or use in a batch */
    double ridge;      /* als, ials: L2 on each row; ease: on the weights */

    int64_t neighbours; /* ease, itemknn, rp3beta: entries of each row of weights; 0: all */
    double shrinkage;   /* itemknn: added to what a cosine is divided by */
    double self_weight; /* ease: most that a movie weighs for itself */
    double alpha,
        beta; /* rp3beta: powers of transition probabilities and of popularity; filter: beta, below 0: chosen */
} hr_model_config;

#endif
