#include "trainer/carriers/combined_carriers.h"

#include "io/base/memory.h"
#include "trainer/carriers/row_score.h"
#include "trainer/carriers/symmetric_system.h"

#include <float.h>
#include <string.h>

/* e of ridge regression, of the mean square of a gradient's length. */
static const double ridge_share = 0.1;

/* The gradient of each movie's score by the user's row, as messages; returns the mean of their squares. */
static double fill_gradients(hr_carriers *carriers, hr_row_score *score, const hr_subject *subject,
                             const double *row)
{
    double square = 0.0;
    for (int64_t i = 0; i < subject->count; i++) {
        double *gradient = carriers->message + i * carriers->dim;
        if (!subject->counts[i])
            continue;
        hr_row_score_of_movie(score, subject->movie[i]);
        hr_row_score_run(score, row, gradient);
        for (int64_t c = 0; c < carriers->dim; c++)
            square += gradient[c] * gradient[c];
    }
    return square / (double)(subject->counted > 0 ? subject->counted : 1);
}

/* The solution of (sum of g_i g_i' + e) x = row, in `row`; a_i is g_i . x. */
static hr_status regress(const hr_carriers *carriers, double ridge, double *matrix, double *row,
                         hr_error *err)
{
    const int64_t dim = carriers->dim;
    for (int64_t i = 0; i < carriers->count; i++)
        hr_system_add_square(matrix, dim, 1.0, carriers->message + i * dim);
    for (int64_t c = 0; c < dim; c++)
        matrix[c * dim + c] += ridge > 0.0 ? ridge : 1.0;
    return hr_system_solve(matrix, dim, row, 1, err);
}

static void multiply_messages(hr_carriers *carriers, const double *x)
{
    for (int64_t i = 0; i < carriers->count; i++) {
        double *message = carriers->message + i * carriers->dim, weight = 0.0;
        for (int64_t c = 0; c < carriers->dim; c++)
            weight += message[c] * x[c];
        for (int64_t c = 0; c < carriers->dim; c++)
            message[c] *= weight;
    }
}

hr_status hr_combined_carriers(hr_carriers *carriers, const hr_explained_model *model,
                               const hr_subject *subject, hr_error *err)
{
    hr_status status = HR_OK;
    hr_row_score score = {0};
    double *matrix = NULL, *row = NULL;
    HR_ALLOC(matrix, carriers->dim * carriers->dim);
    HR_ALLOC(row, carriers->dim);
    HR_TRY(hr_row_score_create(&score, model, false, err));
    for (int64_t c = 0; c < carriers->dim; c++)
        row[c] = c < 2 && hr_explained_has_biases(model) ? 0.0 : (double)subject->row[c];
    const double square = fill_gradients(carriers, &score, subject, row);
    HR_TRY(regress(carriers, ridge_share * square, matrix, row, err));
    multiply_messages(carriers, row);
    hr_carriers_set_rest(carriers, model, subject->row);
done:
    hr_row_score_free(&score);
    free(matrix);
    free(row);
    return status;
}
