#include "trainer/carriers/solved_carriers.h"

#include "io/base/memory.h"
#include "trainer/carriers/symmetric_system.h"

#include <string.h>

/* Columns of biases. */
enum { MOVIE_BIAS, USER_BIAS };

/* A movie's row as the equations have it: without its bias, whose factor is fixed. */
static void read_row(const hr_explained_model *m, int64_t movie, double *row)
{
    for (int64_t c = 0; c < m->config->dim; c++)
        row[c] = (double)m->movie_row[movie * m->config->dim + c];
    if (hr_explained_has_biases(m))
        row[MOVIE_BIAS] = 0.0;
}

/* The regularisation of the row of a user with so many ratings (als.h, mf_descent.h); that of the bias is another one in
 * mf alone. */
static double regularisation(const hr_explained_model *m, double count, bool bias)
{
    const hr_model_config *config = m->config;
    if (hr_explained_is(m, "ials"))
        return config->decay * (count + config->unobserved * (double)m->movies) + config->ridge;
    if (hr_explained_is(m, "als"))
        return config->decay * (count > 0.0 ? count : 1.0) + config->ridge;
    return 0.5 * ((bias ? 0.4 : 1.0) * config->decay * count + config->ridge);
}

/* c_i: what the equations want of the user's factors and a movie. */
static double target(const hr_explained_model *m, const hr_subject *s, int64_t i)
{
    if (hr_explained_is(m, "ials"))
        return s->value[i] > 0.0F ? 1.0 : 0.0;
    const double rating = (double)s->value[i];
    if (!hr_explained_has_biases(m))
        return rating;
    return rating - m->mean_rating - (double)m->movie_row[s->movie[i] * m->config->dim + MOVIE_BIAS];
}

/* The matrix A of the user's equations. */
static void fill_matrix(const hr_explained_model *m, const hr_subject *s, double *matrix, double *row)
{
    const int64_t dim = m->config->dim;
    double count = 0.0;
    for (int64_t c = 0; hr_explained_is(m, "ials") && c < dim * dim; c++)
        matrix[c] = m->config->unobserved * m->fold_in->gram[c];
    for (int64_t i = 0; i < s->count; i++) {
        read_row(m, s->movie[i], row);
        count += hr_explained_is(m, "ials") ? target(m, s, i) : 1.0;
        hr_system_add_square(matrix, dim, 1.0, row);
    }
    for (int64_t c = 0; c < dim; c++)
        matrix[c * dim + c] += regularisation(m, count, c == USER_BIAS && hr_explained_has_biases(m));
    if (hr_explained_has_biases(m))
        matrix[0] += 1.0; /* of the column of constants, in which all else is 0 */
}

hr_status hr_solved_carriers(hr_carriers *carriers, const hr_explained_model *model,
                             const hr_subject *subject, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = carriers->dim;
    double *matrix = NULL, *row = NULL;
    HR_ALLOC(matrix, dim * dim);
    HR_ALLOC(row, dim);
    fill_matrix(model, subject, matrix, row);
    for (int64_t i = 0; i < subject->count; i++) {
        double *message = carriers->message + i * dim;
        read_row(model, subject->movie[i], message);
        for (int64_t c = 0; c < dim; c++)
            message[c] *= target(model, subject, i);
    }
    HR_TRY(hr_system_solve(matrix, dim, carriers->message, subject->count, err));
    for (int64_t i = 0; i < subject->count && hr_explained_has_biases(model); i++)
        carriers->message[i * dim + MOVIE_BIAS] = carriers->message[i * dim + USER_BIAS] = 0.0;
    carriers->own_name = "remainder";
    hr_carriers_set_rest(carriers, model, subject->row);
done:
    free(matrix);
    free(row);
    return status;
}
