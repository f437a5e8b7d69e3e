/* The score of a movie as a function of the user's row, in doubles, and its gradient: by a dot product or an MLP
 * (trainer/loss/mlp.h). Columns of biases are left out of a dot product. */
#ifndef HR_TRAINER_CARRIERS_ROW_SCORE_H
#define HR_TRAINER_CARRIERS_ROW_SCORE_H

#include "io/base/error.h"
#include "trainer/carriers/subject.h"
#include "trainer/loss/mlp.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise; free with hr_row_score_free. */
typedef struct hr_row_score {
    const hr_explained_model *model;
    bool normalised;    /* the row is divided by its length first */
    const float *movie; /* [dim] the movie's row */
    double *half;       /* [width 0] of the movie, and the bias */
    double *hidden[HR_MLP_LAYERS], *down[HR_MLP_LAYERS];
    double *row; /* [dim] divided by its length */
} hr_row_score;

/* The model must outlive it. Local. HR_MEMORY. */
hr_status hr_row_score_create(hr_row_score *score, const hr_explained_model *model, bool normalised,
                              hr_error *err);
void hr_row_score_free(hr_row_score *score);

/* Scores are of this movie from now on. */
void hr_row_score_of_movie(hr_row_score *score, int64_t movie);

/* The score of a user's row [dim]; its gradient by the row goes to gradient [dim]. */
double hr_row_score_run(hr_row_score *score, const double *row, double *gradient);

#endif
