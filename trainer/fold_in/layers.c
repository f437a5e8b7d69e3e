#include "trainer/fold_in/layers.h"

#include "trainer/kernels/attention.h"
#include "trainer/models/gat.h"
#include "trainer/models/lightgcn.h"
#include "trainer/models/sage.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

static int64_t count_liked(const hr_known_ratings *known)
{
    int64_t count = 0;
    for (int64_t i = 0; i < known->count; i++)
        count += hr_is_liked(known, i);
    return count;
}

/* A movie's row of a matrix. */
static const float *input_of(const hr_fold_in *f, int64_t number, int32_t movie)
{
    return f->array + (number * f->movies + movie) * f->model->dim;
}

/* to = scale * sum of the rows of the user's movies. */
static void sum_movies(const hr_fold_in *f, const hr_known_ratings *known, int64_t number, double scale,
                       double *wide, float *to)
{
    const int64_t dim = f->model->dim;
    memset(wide, 0, (size_t)dim * sizeof *wide);
    for (int64_t i = 0; i < known->count; i++)
        for (int64_t c = 0; hr_is_liked(known, i) && c < dim; c++)
            wide[c] += (double)input_of(f, number, known->movie[i])[c];
    for (int64_t c = 0; c < dim; c++)
        to[c] = (float)(scale * wide[c]);
}

void hr_fold_in_propagate(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known,
                          float *row)
{
    const double liked = fmax((double)count_liked(known), 1.0);
    hr_user_map_features(f->map, known, w->wide);
    hr_user_map_apply(f->map, w->wide, w->layer[0]);
    sum_movies(f, known, 0, pow(liked, -f->model->user_power), w->wide, row);
    cblas_saxpy((int)f->model->dim, 1.0F / (float)(f->model->layers + 1), w->layer[0], 1, row, 1);
}

/* to += x W. */
static void add_product(const float *x, const float *weights, int64_t dim, float *to)
{
    cblas_sgemv(CblasRowMajor, CblasTrans, (int)dim, (int)dim, 1.0F, weights, (int)dim, x, 1, 1.0F, to, 1);
}

static void scale_to_length_1(float *row, int64_t dim)
{
    const float length = cblas_snrm2((int)dim, row, 1);
    if (length > 0.0F)
        cblas_sscal((int)dim, 1.0F / length, row, 1);
}

/* One layer of sage, from w->layer[0] to w->layer[1] before what follows the sum. */
static void sage_layer(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known,
                       int64_t layer)
{
    const int64_t dim = f->model->dim, square = dim * dim;
    const float *weights = f->array + f->arrays.first_weight + layer * hr_sage_user_weights(dim);
    const double liked = fmax((double)count_liked(known), 1.0);
    sum_movies(f, known, layer, f->model->aggregate == HR_AGGREGATE_SUM ? 1.0 : 1.0 / liked, w->wide,
               w->layer[2]);
    memcpy(w->layer[1], weights + 2 * square, (size_t)dim * sizeof *weights);
    add_product(w->layer[0], weights, dim, w->layer[1]);
    add_product(w->layer[2], weights + square, dim, w->layer[1]);
}

/* The attention of one head to a movie whose source row is s, before the softmax. */
static float attention_to(bool second, const float *a, const float *b, const float *t, const float *s,
                          int64_t columns)
{
    float sum = 0.0F;
    for (int64_t c = 0; c < columns; c++)
        sum += second ? a[c] * hr_leaky(t[c] + s[c]) : b[c] * t[c] + a[c] * s[c];
    return second ? sum : hr_leaky(sum);
}

/* One head: to += sum over the user's movies of their shares of attention times their source rows.
 *   t  the target row of the head's columns */
static void attend(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known, int64_t layer,
                   int64_t first, const float *a, const float *b, float *to)
{
    const bool second = f->model->table == &hr_gatv2;
    const int64_t columns = f->model->dim / f->model->heads;
    float largest = -INFINITY, sum = 0.0F;
    for (int64_t i = 0; i < known->count; i++) {
        const float *s = input_of(f, layer, known->movie[i]) + first;
        w->weight[i] =
            hr_is_liked(known, i) ? attention_to(second, a, b, w->layer[2] + first, s, columns) : -INFINITY;
        largest = fmaxf(largest, w->weight[i]);
    }
    for (int64_t i = 0; i < known->count; i++) {
        w->weight[i] = hr_is_liked(known, i) ? expf(w->weight[i] - largest) : 0.0F;
        sum += w->weight[i];
    }
    for (int64_t i = 0; i < known->count; i++)
        if (w->weight[i] > 0.0F)
            cblas_saxpy((int)columns, w->weight[i] / sum, input_of(f, layer, known->movie[i]) + first, 1, to,
                        1);
}

/* One layer of gat or gatv2, likewise. */
static void gat_layer(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known,
                      int64_t layer)
{
    const int64_t dim = f->model->dim, square = dim * dim, columns = dim / f->model->heads;
    const float *weights = f->array + f->arrays.first_weight + layer * hr_gat_user_weights(dim);
    const float *bias = weights + 2 * square, *a = bias + dim, *b = a + dim;
    memset(w->layer[2], 0, (size_t)dim * sizeof *w->layer[2]);
    add_product(w->layer[0], weights + square, dim, w->layer[2]);
    memcpy(w->layer[1], bias, (size_t)dim * sizeof *bias);
    add_product(w->layer[0], weights, dim, w->layer[1]);
    for (int64_t first = 0; first < dim; first += columns)
        attend(f, w, known, layer, first, a + first, b + first, w->layer[1] + first);
}

void hr_fold_in_layers(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known,
                       int64_t layers, float *row)
{
    const bool is_sage = f->model->table == &hr_sage;
    const int64_t dim = f->model->dim;
    memcpy(w->layer[0], row, (size_t)dim * sizeof *row);
    for (int64_t layer = 0; layer < layers; layer++) {
        (is_sage ? sage_layer : gat_layer)(f, w, known, layer);
        for (int64_t c = 0; c < dim; c++) {
            const float x = w->layer[1][c];
            w->layer[0][c] = layer + 1 < f->model->layers ? fmaxf(x, 0.0F) : x;
        }
        if (is_sage && f->model->row_norm)
            scale_to_length_1(w->layer[0], dim);
    }
    memcpy(row, w->layer[0], (size_t)dim * sizeof *row);
}

bool hr_fold_in_has_biases(const hr_fold_in *f)
{
    return !f->model->has_mlp && f->model->table != &hr_lightgcn;
}

void hr_fold_in_set_biases(const hr_fold_in *f, float *row)
{
    if (!hr_fold_in_has_biases(f))
        return;
    row[0] = 1.0F;
    row[1] += f->arrays.range >= 0 ? f->array[f->arrays.range] : 0.0F;
}

static void run_layers(const hr_fold_in *f, hr_fold_in_workspace *w, const hr_known_ratings *known,
                       float *row)
{
    hr_user_map_features(f->map, known, w->wide);
    hr_user_map_apply(f->map, w->wide, row);
    hr_fold_in_layers(f, w, known, f->model->layers, row);
    hr_fold_in_set_biases(f, row);
}

const hr_fold_in_method hr_fold_in_lightgcn = {.wants_map = true, .user = hr_fold_in_propagate};
const hr_fold_in_method hr_fold_in_sage = {.wants_map = true, .user = run_layers};
const hr_fold_in_method hr_fold_in_gat = {.wants_map = true, .user = run_layers};
