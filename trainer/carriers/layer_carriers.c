#include "trainer/carriers/layer_carriers.h"

#include "io/base/memory.h"
#include "trainer/kernels/attention.h"

#include <math.h>
#include <string.h>

/* out [dim] += x [dim] W. */
static void add_product(const float *x, const float *matrix, int64_t dim, double *out)
{
    for (int64_t i = 0; i < dim; i++)
        for (int64_t c = 0; c < dim; c++)
            out[c] += (double)x[i] * (double)matrix[i * dim + c];
}

/* Messages are rows of the matrix, of movies that are not left out. */
static void copy_messages(hr_carriers *carriers, const hr_subject *subject, const float *movies,
                          double factor)
{
    const int64_t dim = carriers->dim;
    for (int64_t i = 0; i < carriers->count; i++)
        for (int64_t c = 0; c < dim && subject->counts[i]; c++)
            carriers->message[i * dim + c] = factor * (double)movies[subject->movie[i] * dim + c];
}

/* models/lightgcn.h */
static void lightgcn(hr_carriers *carriers, const hr_explained_model *model, const hr_subject *subject,
                     const hr_layer_inputs *inputs)
{
    const double count = (double)(subject->counted > 0 ? subject->counted : 1);
    copy_messages(carriers, subject, inputs->movies, pow(count, -model->config->user_power));
    for (int64_t c = 0; c < carriers->dim; c++)
        carriers->own[c] = (double)inputs->user[c] / (double)(model->config->layers + 1);
}

/* Adds what the layer makes of the user's own row; the weights begin with the matrix for it. */
static void add_own(hr_carriers *carriers, const hr_layer_inputs *inputs, const float *bias)
{
    for (int64_t c = 0; c < carriers->dim; c++)
        carriers->own[c] += (double)bias[c];
    add_product(inputs->user, inputs->weights, carriers->dim, carriers->own);
}

/* models/sage.h: weights are self, near, bias. */
static void sage(hr_carriers *carriers, const hr_explained_model *model, const hr_subject *subject,
                 const hr_layer_inputs *inputs)
{
    const int64_t dim = carriers->dim;
    const bool sums = model->config->aggregate == HR_AGGREGATE_SUM;
    const double share = sums || subject->counted == 0 ? 1.0 : 1.0 / (double)subject->counted;
    const float *near = inputs->weights + dim * dim;
    for (int64_t i = 0; i < carriers->count; i++) {
        double *message = carriers->message + i * dim;
        if (subject->counts[i])
            add_product(inputs->movies + subject->movie[i] * dim, near, dim, message);
        for (int64_t c = 0; c < dim; c++)
            message[c] *= share;
    }
    add_own(carriers, inputs, near + dim * dim);
    carriers->normalised = model->config->row_norm;
}

/* e of one head, of `columns` columns (layers/attention.h). */
static double attention_score(bool second, const float *a, const float *b, const double *target,
                              const double *source, int64_t columns)
{
    double sum = 0.0;
    for (int64_t c = 0; c < columns; c++) {
        const double both = target[c] + source[c], leak = both > 0.0 ? both : (double)hr_leak * both;
        sum += second ? (double)a[c] * leak : (double)b[c] * target[c] + (double)a[c] * source[c];
    }
    return second || sum > 0.0 ? sum : (double)hr_leak * sum;
}

/* Multiplies a head's columns of all messages by the attention that is paid to them.
 *   score  [count] */
static void attend(hr_carriers *carriers, const double *score, int64_t first, int64_t columns)
{
    double largest = -INFINITY, sum = 0.0;
    for (int64_t i = 0; i < carriers->count; i++)
        largest = fmax(largest, score[i]);
    for (int64_t i = 0; i < carriers->count && largest > -INFINITY; i++)
        sum += exp(score[i] - largest);
    for (int64_t i = 0; i < carriers->count; i++)
        for (int64_t c = first; c < first + columns && sum > 0.0; c++)
            carriers->message[i * carriers->dim + c] *= exp(score[i] - largest) / sum;
}

/* models/gat.h: weights are self, target, bias, a, b.
 *   target  [dim] zeros
 *   score   [count] */
static void gat(hr_carriers *carriers, const hr_explained_model *model, const hr_subject *subject,
                const hr_layer_inputs *inputs, double *target, double *score)
{
    const int64_t dim = carriers->dim, columns = dim / model->config->heads;
    const float *bias = inputs->weights + 2 * dim * dim, *a = bias + dim, *b = a + dim;
    const bool second = hr_explained_is(model, "gatv2");
    add_product(inputs->user, inputs->weights + dim * dim, dim, target);
    copy_messages(carriers, subject, inputs->movies, 1.0);
    for (int64_t first = 0; first < dim; first += columns) {
        for (int64_t i = 0; i < carriers->count; i++)
            score[i] = subject->counts[i] ? attention_score(second, a + first, b + first, target + first,
                                                            carriers->message + i * dim + first, columns)
                                          : -INFINITY;
        attend(carriers, score, first, columns);
    }
    add_own(carriers, inputs, bias);
}

/* Where dot products score, the first two columns are biases: they are not the carriers'. */
static void leave_biases(hr_carriers *carriers, const hr_explained_model *model)
{
    if (!hr_explained_has_biases(model) || carriers->normalised)
        return; /* the length of a row is of all columns */
    carriers->own[0] = carriers->own[1] = 0.0;
    for (int64_t i = 0; i < carriers->count; i++)
        carriers->message[i * carriers->dim] = carriers->message[i * carriers->dim + 1] = 0.0;
}

hr_status hr_layer_carriers(hr_carriers *carriers, const hr_explained_model *model, const hr_subject *subject,
                            const hr_layer_inputs *inputs, hr_error *err)
{
    hr_status status = HR_OK;
    double *target = NULL, *score = NULL;
    HR_ALLOC(target, carriers->dim);
    HR_ALLOC(score, carriers->count);
    if (hr_explained_is(model, "lightgcn"))
        lightgcn(carriers, model, subject, inputs);
    else if (hr_explained_is(model, "sage"))
        sage(carriers, model, subject, inputs);
    else
        gat(carriers, model, subject, inputs, target, score);
    leave_biases(carriers, model);
done:
    free(target);
    free(score);
    return status;
}
