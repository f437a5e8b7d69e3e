/* What files of GraphSAGE share: its memory, and where its weights are. */
#ifndef HR_TRAINER_MODELS_SAGE_STATE_H
#define HR_TRAINER_MODELS_SAGE_STATE_H

#include "trainer/layers/row_norm.h"
#include "trainer/models/model.h"
#include "trainer/propagation/edge_pass.h"

/* Users' rows or movies', and the offsets of their weights in the dense array and in its gradient. */
typedef struct hr_sage_kind {
    int64_t first, rows;
    int64_t self, near, bias, norm; /* of layer 0: dim x dim, dim x dim, dim, and 2 x dim if normalised */
} hr_sage_kind;

typedef struct hr_sage_state {
    hr_graph_context *graph;
    const hr_model_config *config;
    int64_t dim, layers;
    int64_t features;     /* weights of features come first: features x dim */
    int64_t layer_size;   /* weights of a layer, both kinds */
    hr_sage_kind kind[2]; /* users, movies */
    float mean;
    int64_t step; /* of the last forward */
    hr_edge_pass *pass;
    float **h;           /* [layers + 1] (owned + ghosts) x dim: inputs of each layer, then the outputs */
    float **near;        /* [layers] owned x dim: aggregates of neighbours */
    float **length;      /* [layers] owned: of rows before they were scaled to length 1 */
    hr_batch_norm *norm; /* [layers x 2] of users and movies */
    float *weight;       /* [edges] those of a layer that are left out are 0; NULL where none are */
    hr_row_sums sums;    /* [(owned + ghosts) x dim] of an edge pass */
    float *row_gradient; /* [(owned + ghosts) x dim] gradient on its way back */
    float *pieces;       /* to work with (dense.h) */
} hr_sage_state;

static inline bool hr_sage_is_last(const hr_sage_state *s, int64_t layer)
{
    return layer + 1 == s->layers;
}

/* Weights of one kind in a layer, and that kind with the offsets of its weights, which begin at `at`. */
int64_t hr_sage_kind_weights(int64_t dim, const hr_model_config *config);
hr_sage_kind hr_sage_place_kind(int64_t first, int64_t rows, int64_t at, int64_t dim);

/* As hr_model has them. */
int64_t hr_sage_dense_count(const hr_graph_context *graph, const hr_model_config *config);
void hr_sage_dense_parts(const hr_model_config *config, int64_t count, hr_dense_parts *parts);
void hr_sage_dense_start(void *state, uint64_t seed, float *dense);
extern const hr_user_inputs hr_sage_user_inputs;

#endif
