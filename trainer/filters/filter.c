#include "trainer/filters/filter.h"

#include "io/base/memory.h"
#include "trainer/kernels/scores.h"

#include <math.h>
#include <string.h>

hr_status hr_filter_create(hr_filter *filter, const hr_train_graph *graph, const hr_filter_options *options,
                           hr_error *err)
{
    hr_status status = HR_OK;
    filter->graph = graph;
    filter->options = *options;
    filter->largest = 1.0;
    HR_ALLOC(filter->user_factor, graph->users);
    HR_ALLOC(filter->movie_factor, graph->movies);
    for (int64_t u = 0; u < graph->users; u++) {
        const double ratings = (double)(graph->ptr[u + 1] - graph->ptr[u]);
        filter->user_factor[u] = ratings > 0.0 ? (float)pow(ratings, -2.0 * options->user_power) : 0.0F;
    }
    for (int64_t m = 0; m < graph->movies; m++)
        filter->movie_factor[m] =
            graph->degree[m] > 0 ? (float)pow((double)graph->degree[m], -options->movie_power) : 0.0F;
done:
    return status;
}

void hr_filter_free(hr_filter *filter)
{
    free(filter->user_factor);
    free(filter->movie_factor);
    free(filter->movie_row);
    *filter = (hr_filter){0};
}

hr_status hr_filter_workspace_create(hr_filter_workspace *w, const hr_filter *filter, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(w->movie, filter->graph->movies);
    HR_ALLOC(w->value, filter->graph->movies);
    HR_ALLOC(w->profile, filter->options.vectors);
    HR_ALLOC(w->number, filter->graph->movies);
done:
    return status;
}

void hr_filter_workspace_free(hr_filter_workspace *w)
{
    free(w->movie);
    free(w->value);
    free(w->profile);
    free(w->number);
    *w = (hr_filter_workspace){0};
}

static void sweep(const hr_filter *f, hr_filter_workspace *w)
{
    const hr_train_graph *g = f->graph;
    const hr_gram_sweep s = {g->ptr, g->movie, f->user_factor, w->movie};
    hr_gram_sweep_run(&s, 0, g->users, g->edges);
}

/* After a sweep: base + scale P x, from which the next sweep goes on. */
static void end_sweep(const hr_filter *f, hr_filter_workspace *w, double scale, hr_line *to)
{
    hr_gram_lines_next(w->movie, f->movie_factor, (float)(scale / f->largest), w->value, to,
                       f->graph->movies);
}

/* Values, from which the next sweep goes on: (I - hP + …) of themselves, by Horner's rule. */
static void sharpen(const hr_filter *f, hr_filter_workspace *w)
{
    if (f->options.step == 0.0)
        return;
    for (int64_t k = f->options.degree; k > 0; k--) {
        sweep(f, w);
        end_sweep(f, w, -f->options.step / (double)k, k == 1 ? w->value : NULL);
    }
}

static void clear(const hr_filter *f, hr_filter_workspace *w)
{
    memset(w->movie, 0, (size_t)f->graph->movies * sizeof *w->movie);
    memset(w->profile, 0, (size_t)f->options.vectors * sizeof *w->profile);
    memset(w->value, 0, (size_t)f->graph->movies * sizeof *w->value);
}

/* Adds a movie's row times a factor to the profile of a lane. */
static void add_to_profile(const hr_filter *f, hr_filter_workspace *w, int64_t movie, float factor, int lane)
{
    const float *row = f->movie_row + movie * f->options.vectors;
    for (int64_t c = 0; c < f->options.vectors; c++)
        w->profile[c].floats[lane] += factor * row[c];
}

static bool has_low_pass(const hr_filter *f)
{
    return f->options.beta != 0.0 && f->options.vectors > 0;
}

/* Products of the profiles with the movies' rows. */
static void multiply_profiles(const hr_filter *f, hr_filter_workspace *w, hr_line *to)
{
    hr_scores_of_rows(f->fused, w->profile, 1, f->options.vectors, f->movie_row, f->graph->movies, to->floats,
                      HR_LANES);
}

/* The users' rows, ready to be swept, and beta times their profiles. */
static void load(const hr_filter *f, hr_filter_workspace *w, const hr_filter_user *user, int users)
{
    clear(f, w);
    for (int lane = 0; lane < users; lane++)
        for (int64_t i = 0; i < user[lane].count; i++) {
            const int32_t m = user[lane].movie[i];
            const float factor = f->movie_factor[m];
            w->movie[m].x.floats[lane] = factor;
            if (has_low_pass(f))
                add_to_profile(f, w, m, (float)f->options.beta * factor * factor, lane);
        }
}

void hr_filter_low_pass(const hr_filter *f, hr_filter_workspace *w, const hr_filter_user *user, int users)
{
    load(f, w, user, users);
    if (has_low_pass(f))
        multiply_profiles(f, w, w->value);
}

void hr_filter_panel(const hr_filter *f, hr_filter_workspace *w, const hr_filter_user *user, int users)
{
    hr_filter_low_pass(f, w, user, users);
    sweep(f, w);
    end_sweep(f, w, 1.0, w->value);
    sharpen(f, w);
}

void hr_filter_store(const hr_line *line, int64_t movies, int users, int64_t stride, float *score)
{
    for (int64_t first = 0; first < movies; first += HR_LANES) {
        const int64_t end = movies - first < HR_LANES ? movies : first + HR_LANES;
        for (int lane = 0; lane < users; lane++)
            for (int64_t m = first; m < end; m++)
                score[lane * stride + m] = line[m].floats[lane];
    }
}

void hr_filter_blur(const hr_filter *f, hr_filter_workspace *w, const hr_filter_user *user, int users,
                    hr_line *linear, hr_line *ideal)
{
    load(f, w, user, users);
    multiply_profiles(f, w, ideal);
    sweep(f, w);
    end_sweep(f, w, 1.0, linear);
}

void hr_filter_powers(const hr_filter *f, hr_filter_workspace *w, int64_t degree, hr_line *power)
{
    const int64_t movies = f->graph->movies;
    clear(f, w);
    hr_gram_lines_next(w->movie, f->movie_factor, 0.0F, power, NULL, movies);
    for (int64_t i = 1; i <= degree; i++) {
        sweep(f, w);
        end_sweep(f, w, 1.0, power + i * movies);
    }
}

/* Adds beta Di^-q V V' Di^q times the value of lane 0 to `share`. */
static void add_low_pass(const hr_filter *f, hr_filter_workspace *w, float *share)
{
    for (int64_t m = 0; m < f->graph->movies; m++)
        if (w->value[m].floats[0] != 0.0F)
            add_to_profile(f, w, m, w->value[m].floats[0], 0);
    multiply_profiles(f, w, w->value);
    for (int64_t m = 0; m < f->graph->movies; m++) {
        const float factor = f->movie_factor[m];
        share[m] += (float)f->options.beta * factor * factor * w->value[m].floats[0];
    }
}

void hr_filter_shares(const hr_filter *f, hr_filter_workspace *w, int64_t movie, float *share)
{
    const float scale = (float)(1.0 / f->largest);
    clear(f, w);
    w->value[movie].floats[0] = 1.0F;
    w->movie[movie].x.floats[0] = f->movie_factor[movie];
    sharpen(f, w);
    sweep(f, w);
    for (int64_t m = 0; m < f->graph->movies; m++)
        share[m] = scale * f->movie_factor[m] * w->movie[m].y.floats[0];
    if (has_low_pass(f))
        add_low_pass(f, w, share);
}

void hr_filter_multiply(const hr_filter *f, hr_filter_workspace *w, const float *from, int64_t stride,
                        int64_t columns, float *to)
{
    clear(f, w);
    for (int64_t m = 0; m < f->graph->movies; m++)
        for (int64_t c = 0; c < columns; c++)
            w->movie[m].x.floats[c] = f->movie_factor[m] * from[m * stride + c];
    sweep(f, w);
    for (int64_t m = 0; m < f->graph->movies; m++)
        for (int64_t c = 0; c < columns; c++)
            to[m * stride + c] = f->movie_factor[m] * w->movie[m].y.floats[c];
}
