/* A graph filter: scores of a user's ratings by polynomials of the movies' graph, without parameters.
 *
 * With R the users x movies matrix of 0s and 1s of train, Du and Di the diagonal matrices of its row and column sums,
 *
 *     N = Du^-p R Di^-q,     P = N'N / its largest eigenvalue,     V = `vectors` leading right singular vectors of N,
 *
 * and r a user's row of R, or the known ratings of a user whom training did not see,
 *
 *     blurred = r P + beta r Di^-q V V' Di^q                                      two low passes: linear, and ideal
 *     score   = blurred (I - hP + (hP)^2 / 2 - … + (-hP)^degree / degree!)        sharpened, h = step
 *
 * The two low passes with p = q = 1/2 are GF-CF (Shen et al., "How powerful is graph convolution for recommendation?", CIKM
 * 2021, eqs. 10 to 12); sharpening is BSPM (Choi et al., "Blurring-sharpening process models for collaborative filtering",
 * SIGIR 2023, section 4, in which both low passes are sharpened, BSPM-EM), whose one Runge-Kutta step of order 4 is the
 * polynomial of degree 4. Di's own exponent is as free as in Turbo-CF (Park et al., SIGIR 2024). Movies without train
 * ratings score 0. */
#ifndef HR_TRAINER_FILTERS_FILTER_H
#define HR_TRAINER_FILTERS_FILTER_H

#include "io/base/error.h"
#include "io/dataset/ratings.h"
#include "trainer/filters/train_graph.h"
#include "trainer/kernels/edge_sweep.h"

#include <stdint.h>

/* Users that are scored at a time: a panel. */
enum { HR_FILTER_USERS = HR_LANES };

typedef struct hr_filter_options {
    double user_power, movie_power; /* p, q */
    int64_t degree;                 /* of the polynomial that sharpens */
    double step;                    /* h */
    double beta;
    int64_t vectors;
} hr_filter_options;

/* Zero-initialise; free with hr_filter_free. */
typedef struct hr_filter {
    const hr_train_graph *graph;
    hr_filter_options options;
    double largest;      /* eigenvalue of N'N */
    float *user_factor;  /* [users] (ratings)^-2p, 0 without */
    float *movie_factor; /* [movies] (ratings)^-q, 0 without */
    float *movie_row;    /* [movies x options.vectors] Di^q V */
    bool fused;          /* whether products of rows may be (kernels/scores.h) */
} hr_filter;

/* What a movie's line is to a panel, of one user. */
typedef struct hr_movie_number {
    float x, y;
} hr_movie_number;

/* One thread's memory. Zero-initialise; free with hr_filter_workspace_free. */
typedef struct hr_filter_workspace {
    hr_movie_line *movie;    /* [movies] */
    hr_line *value;          /* [movies] scores of the panel's users, after hr_filter_panel */
    hr_line *profile;        /* [vectors] r Di^-q V of the panel's users */
    hr_movie_number *number; /* [movies] */
} hr_filter_workspace;

/* Sets the factors for the options' powers; the graph must outlive it. Its largest eigenvalue and movies' rows are for
 * the caller to set; it frees the rows. Local. HR_MEMORY. */
hr_status hr_filter_create(hr_filter *filter, const hr_train_graph *graph, const hr_filter_options *options,
                           hr_error *err);
void hr_filter_free(hr_filter *filter);

/* Local. HR_MEMORY. */
hr_status hr_filter_workspace_create(hr_filter_workspace *workspace, const hr_filter *filter, hr_error *err);
void hr_filter_workspace_free(hr_filter_workspace *workspace);

/* Movies of one user. */
typedef struct hr_filter_user {
    const int32_t *movie;
    int64_t count;
} hr_filter_user;

/* Scores up to HR_FILTER_USERS users with all movies, into the lanes of workspace->value. Local, by one thread. */
void hr_filter_panel(const hr_filter *filter, hr_filter_workspace *workspace, const hr_filter_user *user,
                     int users);

/* Of hr_filter_panel the beginning: `value` becomes beta r Di^-q V V' Di^q, and x of the users' movies their factors. Local. */
void hr_filter_low_pass(const hr_filter *filter, hr_filter_workspace *workspace, const hr_filter_user *user,
                        int users);

/* Lanes of lines [movies] to rows of scores, those of lane i to score[i * stride …]. Local. */
void hr_filter_store(const hr_line *line, int64_t movies, int users, int64_t stride, float *score);

/* The same in parts, for every step and beta:
 *   linear  [movies] r P
 *   ideal   [movies] beta r Di^-q V V' Di^q
 * Local, by one thread, as the next. */
void hr_filter_blur(const hr_filter *filter, hr_filter_workspace *workspace, const hr_filter_user *user,
                    int users, hr_line *linear, hr_line *ideal);

/* power[i x movies …] = P^i times power[0 …], [movies], for 0 < i <= degree. */
void hr_filter_powers(const hr_filter *filter, hr_filter_workspace *workspace, int64_t degree,
                      hr_line *power);

/* share [movies]: what a rating of each movie gives to the score of `movie`: the transpose of the above. Local. */
void hr_filter_shares(const hr_filter *filter, hr_filter_workspace *workspace, int64_t movie, float *share);

/* N'N, not divided by its largest eigenvalue, times up to 16 columns of a matrix.
 *   from, to  [movies x stride], of which `columns` are read and overwritten
 * Local, by one thread. */
void hr_filter_multiply(const hr_filter *filter, hr_filter_workspace *workspace, const float *from,
                        int64_t stride, int64_t columns, float *to);

#endif
