#include "trainer/carriers/integrated_gradients.h"

#include "io/base/memory.h"

#include <math.h>

/* Steps to begin with, and how often a step is halved at most. */
enum { STEPS = 8, MOST_HALVINGS = 24 };

/* What the shares may miss of the score, of 1 or of the score where that is more. */
static const double tolerance = 1e-6;

static double dot(const double *x, const double *y, int64_t count)
{
    double sum = 0.0;
    for (int64_t c = 0; c < count; c++)
        sum += x[c] * y[c];
    return sum;
}

/* A line from own to the sum, and rows [dim] to work with. */
typedef struct line {
    hr_row_score *score;
    const double *own;
    int64_t dim;
    double enough; /* error of the whole integral */
    double *way;   /* from own to the sum */
    double *at, *gradient, *mean;
} line;

/* A step along the line: from t = first to end, with the scores there. */
typedef struct step {
    double first, end, score_first, score_end;
} step;

/* The score at t, with the gradient there. */
static double run_at(const line *l, double t)
{
    for (int64_t c = 0; c < l->dim; c++)
        l->at[c] = l->own[c] + t * l->way[c];
    return hr_row_score_run(l->score, l->at, l->gradient);
}

/* Adds the integral of the gradient over a step to l->mean: by the gradient at its middle where that gives the score's
 * difference, else by halves. Scores have kinks, where an activation of an MLP begins: steps around them stay small. */
static void integrate(const line *l, step s, int halvings)
{
    const double length = s.end - s.first, middle = s.first + 0.5 * length, score = run_at(l, middle);
    const double missed = length * dot(l->way, l->gradient, l->dim) - (s.score_end - s.score_first);
    if (fabs(missed) <= l->enough * (length + 1e-3) || halvings == MOST_HALVINGS) {
        for (int64_t c = 0; c < l->dim; c++)
            l->mean[c] += length * l->gradient[c];
        return;
    }
    integrate(l, (step){s.first, middle, s.score_first, score}, halvings + 1);
    integrate(l, (step){middle, s.end, score, s.score_end}, halvings + 1);
}

/* Fills l->way and l->mean; returns the score of own. */
static double run_line(line *l, const hr_carriers *carriers)
{
    hr_carriers_sum(carriers, l->way);
    for (int64_t c = 0; c < l->dim; c++)
        l->way[c] -= l->own[c];
    const double baseline = run_at(l, 0.0);
    l->enough = tolerance * fmax(1.0, fabs(run_at(l, 1.0)));
    double before = baseline;
    for (int i = 0; i < STEPS; i++) {
        const double end = (double)(i + 1) / STEPS, score = run_at(l, end);
        integrate(l, (step){(double)i / STEPS, end, before, score}, 0);
        before = score;
    }
    return baseline;
}

hr_status hr_integrated_gradients(hr_row_score *score, const hr_carriers *carriers, int64_t movie,
                                  double *share, double *baseline, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = carriers->dim;
    line l = {.score = score, .own = carriers->own, .dim = dim};
    HR_ALLOC(l.way, dim);
    HR_ALLOC(l.at, dim);
    HR_ALLOC(l.gradient, dim);
    HR_ALLOC(l.mean, dim);
    hr_row_score_of_movie(score, movie);
    *baseline = run_line(&l, carriers);
    for (int64_t i = 0; i < carriers->count; i++)
        share[i] = dot(carriers->message + i * dim, l.mean, dim);
done:
    free(l.way);
    free(l.at);
    free(l.gradient);
    free(l.mean);
    return status;
}
