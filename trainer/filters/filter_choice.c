#include "trainer/filters/filter_choice.h"

#include "io/base/memory.h"
#include "io/comm/log.h"
#include "trainer/filters/held_out_edges.h"
#include "trainer/filters/singular_vectors.h"

#include <inttypes.h>
#include <omp.h>
#include <string.h>

/* Users of the sample, about. */
enum { USERS = 768, MOST_VALUES = 8 };

/* Movie powers that are tried, from number FIRST on in the direction in which lists become better. */
enum { FIRST_POWER = 2 };
static const double powers[] = {0.2, 0.25, 0.3, 0.4, 0.5};

/* What is tried with each, and, at the best of these, with the best number of vectors. */
static const double few_shares[] = {0.25, 0.5, 1.0}, few_steps[] = {1.0, 2.0}, few_betas[] = {0.1, 0.3},
                    steps[] = {0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0}, betas[] = {0.03, 0.1, 0.2, 0.3, 0.5, 1.0};

typedef struct values {
    int count;
    double value[MOST_VALUES];
} values;

/* What is tried at one movie power: of what is given, the one value. */
typedef struct grid {
    values vectors, step, beta;
} grid;

/* One thread's memory. */
typedef struct trial_room {
    hr_filter_workspace filter;
    hr_line *linear, *ideal; /* [(degree + 1) x movies] powers of the two low passes */
    hr_line *sharp;          /* [movies] one of them, sharpened */
    float *row[2];           /* [HR_FILTER_USERS x stride] both, user by user */
    float *score;            /* [stride] of one user */
} trial_room;

/* A search at one movie power. */
typedef struct trial {
    const hr_filter_search *search;
    const grid *grid;
    const hr_held_out_edges *held;
    int64_t degree, stride;        /* movies, rounded up */
    hr_filter filter[MOST_VALUES]; /* by vectors; the first owns the factors */
    int threads;
    trial_room *room; /* [threads] */
    double *quality;  /* [combinations at this power x users] */
} trial;

static values values_of(double given, bool is_given, const double *tried, size_t count, double factor)
{
    values v = {.count = is_given ? 1 : (int)count, .value = {given}};
    for (size_t i = 0; !is_given && i < count; i++)
        v.value[i] = factor * tried[i];
    return v;
}

#define TRIED(array) array, sizeof(array) / sizeof *(array)

static grid few_values(const hr_filter_search *s, const hr_filter_options *o)
{
    return (grid){.vectors =
                      values_of((double)o->vectors, o->vectors > 0, TRIED(few_shares), (double)s->columns),
                  .step = values_of(o->step, o->step >= 0.0 || o->degree == 0, TRIED(few_steps), 1.0),
                  .beta = values_of(o->beta, o->beta >= 0.0, TRIED(few_betas), 1.0)};
}

static grid more_values(const hr_filter_options *o, int64_t vectors)
{
    return (grid){.vectors = {.count = 1, .value = {(double)vectors}},
                  .step = values_of(o->step, o->step >= 0.0 || o->degree == 0, TRIED(steps), 1.0),
                  .beta = values_of(o->beta, o->beta >= 0.0, TRIED(betas), 1.0)};
}

static int combinations(const grid *g)
{
    return g->vectors.count * g->step.count * g->beta.count;
}

static void room_free(trial_room *r)
{
    hr_filter_workspace_free(&r->filter);
    free(r->linear);
    free(r->ideal);
    free(r->sharp);
    free(r->row[0]);
    free(r->row[1]);
    free(r->score);
}

static hr_status room_create(trial_room *r, const trial *t, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t movies = t->held->kept.movies;
    HR_TRY(hr_filter_workspace_create(&r->filter, &t->filter[0], err));
    free(r->filter.profile);
    HR_ALLOC(r->filter.profile, t->search->columns);
    HR_ALLOC(r->linear, (t->degree + 1) * movies);
    HR_ALLOC(r->ideal, (t->degree + 1) * movies);
    HR_ALLOC(r->sharp, movies);
    HR_ALLOC(r->row[0], HR_FILTER_USERS * t->stride);
    HR_ALLOC(r->row[1], HR_FILTER_USERS * t->stride);
    HR_ALLOC(r->score, t->stride);
done:
    return status;
}

static void trial_free(trial *t)
{
    for (int i = 0; t->room && i < t->threads; i++)
        room_free(&t->room[i]);
    free(t->room);
    for (int v = 1; v < t->grid->vectors.count; v++)
        free(t->filter[v].movie_row);
    hr_filter_free(&t->filter[0]);
    free(t->quality);
}

/* row = sum over i of (-step)^i / i! power[i], user by user. */
static void sharpen(const trial *t, trial_room *r, const hr_line *power, double step, int users, float *row)
{
    const int64_t movies = t->held->kept.movies, floats = movies * HR_LANES;
    float *restrict sharp = r->sharp->floats;
    double factor = 1.0;
    memcpy(sharp, power, (size_t)floats * sizeof *sharp);
    for (int64_t i = 1; i <= t->degree && step != 0.0; i++) {
        factor *= -step / (double)i;
        const float *restrict from = power[i * movies].floats;
        const float by = (float)factor;
        for (int64_t j = 0; j < floats; j++)
            sharp[j] += by * from[j];
    }
    hr_filter_store(r->sharp, movies, users, t->stride, row);
}

/* Quality of the lists of a panel's users by linear + beta ideal. */
static void judge(const trial *t, trial_room *r, int64_t first, int users, double beta, double *quality)
{
    for (int lane = 0; lane < users; lane++) {
        const float *restrict linear = r->row[0] + lane * t->stride, *restrict ideal =
                                                                         r->row[1] + lane * t->stride;
        float *restrict score = r->score;
        const float by = (float)beta;
        for (int64_t m = 0; m < t->stride; m++)
            score[m] = linear[m] + by * ideal[m];
        quality[first + lane] = hr_held_out_quality(t->held, first + lane, score);
    }
}

/* Tries all combinations at this power on the users of one panel, from number `first` of the sample on. */
static void try_panel(const trial *t, trial_room *r, int64_t first)
{
    const hr_train_graph *kept = &t->held->kept;
    const grid *g = t->grid;
    const int64_t left = t->held->users - first;
    const int users = left < HR_FILTER_USERS ? (int)left : HR_FILTER_USERS;
    hr_filter_user user[HR_FILTER_USERS];
    double *quality = t->quality;
    for (int lane = 0; lane < users; lane++) {
        const int64_t *ptr = kept->ptr + t->held->user[first + lane];
        user[lane] = (hr_filter_user){kept->movie + ptr[0], ptr[1] - ptr[0]};
    }
    for (int v = 0; v < g->vectors.count; v++) {
        hr_filter_blur(&t->filter[v], &r->filter, user, users, r->linear, r->ideal);
        if (v == 0)
            hr_filter_powers(&t->filter[0], &r->filter, t->degree, r->linear);
        hr_filter_powers(&t->filter[0], &r->filter, t->degree, r->ideal);
        for (int s = 0; s < g->step.count; s++) {
            sharpen(t, r, r->linear, g->step.value[s], users, r->row[0]);
            sharpen(t, r, r->ideal, g->step.value[s], users, r->row[1]);
            for (int b = 0; b < g->beta.count; b++, quality += t->held->users)
                judge(t, r, first, users, g->beta.value[b], quality);
        }
    }
}

/* The vectors, and a filter for each number of them. Collective. */
static hr_status make_filters(trial *t, const float *vector, const double *value, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t columns = t->search->columns, movies = t->held->kept.movies;
    for (int v = 0; v < t->grid->vectors.count; v++) {
        hr_filter *f = &t->filter[v];
        *f = t->filter[0];
        f->options.vectors = (int64_t)t->grid->vectors.value[v];
        f->largest = value[0] > 0.0 ? value[0] : 1.0;
        f->movie_row = NULL;
        HR_ALLOC(f->movie_row, movies * f->options.vectors);
        for (int64_t m = 0; m < movies; m++)
            for (int64_t c = 0; f->movie_factor[m] > 0.0F && c < f->options.vectors; c++)
                f->movie_row[m * f->options.vectors + c] = vector[m * columns + c] / f->movie_factor[m];
    }
done:
    return status;
}

static hr_status prepare(trial *t, const hr_filter_options *options, float *vector, double *value,
                         hr_error *err)
{
    const hr_filter_search *s = t->search;
    hr_status status = hr_filter_create(&t->filter[0], &t->held->kept, options, err);
    HR_TRY(hr_agree(s->comm, status, NULL, err));
    HR_TRY(hr_singular_vectors(s->comm, &t->filter[0], s->how, s->seed, s->columns, vector, value, err));
    HR_TRY(make_filters(t, vector, value, err));
    t->threads = omp_get_max_threads();
    HR_ALLOC(t->room, t->threads);
    HR_ALLOC(t->quality, combinations(t->grid) * t->held->users);
    for (int i = 0; i < t->threads; i++)
        HR_TRY(room_create(&t->room[i], t, err));
done:
    return hr_agree(s->comm, status, NULL, err);
}

/* What is best so far. */
typedef struct best_choice {
    double quality;
    hr_filter_options options;
} best_choice;

static void compare(const trial *t, const hr_filter_options *options, best_choice *best)
{
    const grid *g = t->grid;
    const double *quality = t->quality;
    for (int c = 0; c < combinations(g); c++) {
        double sum = 0.0;
        for (int64_t u = 0; u < t->held->users; u++)
            sum += *quality++;
        if (sum <= best->quality)
            continue;
        *best = (best_choice){sum, *options};
        best->options.vectors = (int64_t)g->vectors.value[c / (g->step.count * g->beta.count)];
        best->options.step = g->step.value[c / g->beta.count % g->step.count];
        best->options.beta = g->beta.value[c % g->beta.count];
    }
}

/* All combinations at one movie power, which the options have. Collective. */
static hr_status try_power(const hr_filter_search *search, const grid *g, const hr_held_out_edges *held,
                           const hr_filter_options *options, best_choice *best, hr_error *err)
{
    hr_status status = HR_OK;
    trial t = {.search = search, .grid = g, .held = held, .degree = options->degree};
    t.stride = (held->kept.movies + HR_LANES - 1) / HR_LANES * HR_LANES;
    float *vector = hr_alloc(held->kept.movies * search->columns, sizeof *vector);
    double *value = hr_alloc(search->columns, sizeof *value);
    if (!vector || !value)
        status = hr_fail_memory(err, held->kept.movies * search->columns, sizeof *vector, "singular vectors");
    HR_TRY(hr_agree(search->comm, status, NULL, err));
    HR_TRY(prepare(&t, options, vector, value, err));
    const int64_t stride = (int64_t)HR_FILTER_USERS * search->comm->size;
#pragma omp parallel for schedule(dynamic, 1) num_threads(t.threads)
    for (int64_t first = (int64_t)HR_FILTER_USERS * search->comm->rank; first < held->users; first += stride)
        try_panel(&t, &t.room[omp_get_thread_num()], first);
    HR_TRY(hr_sum_f64(search->comm, t.quality, combinations(g) * held->users, err));
    compare(&t, options, best);
done:
    trial_free(&t);
    free(vector);
    free(value);
    return status;
}

/* A search, and what it has found. */
typedef struct search_state {
    const hr_filter_search *search;
    const hr_filter_options *asked;
    hr_held_out_edges held;
    best_choice best;
} search_state;

/* Tries a grid at one movie power; *is_better receives whether the best is there. Collective. */
static hr_status try_at(search_state *s, double power, const grid *g, bool *is_better, hr_error *err)
{
    const double before = s->best.quality;
    hr_filter_options at = *s->asked;
    at.movie_power = power;
    at.beta = 1.0;
    at.vectors = s->search->columns;
    const hr_status status = try_power(s->search, g, &s->held, &at, &s->best, err);
    *is_better = s->best.quality > before;
    return status;
}

/* From the first power on, in the direction in which lists become better. Collective. */
static hr_status search_powers(search_state *s, const grid *g, hr_error *err)
{
    hr_status status = HR_OK;
    const int last = (int)(sizeof powers / sizeof *powers) - 1;
    bool is_better = true, was_better = false;
    HR_TRY(try_at(s, powers[FIRST_POWER], g, &is_better, err));
    for (int p = FIRST_POWER + 1; p <= last && is_better; p++) {
        HR_TRY(try_at(s, powers[p], g, &is_better, err));
        was_better = was_better || is_better;
    }
    is_better = !was_better;
    for (int p = FIRST_POWER - 1; p >= 0 && is_better; p--)
        HR_TRY(try_at(s, powers[p], g, &is_better, err));
done:
    return status;
}

hr_status hr_filter_choose(const hr_filter_search *search, hr_filter_options *options, hr_error *err)
{
    search_state s = {.search = search, .asked = options, .best = {-1.0, *options}};
    const grid few = few_values(search, options);
    bool is_better;
    if (options->movie_power >= 0.0 && combinations(&few) == 1)
        return HR_OK;
    hr_status status = hr_hold_out_edges(&s.held, search->graph, USERS, search->seed, err);
    HR_TRY(hr_agree(search->comm, status, NULL, err));
    if (options->movie_power >= 0.0)
        HR_TRY(try_at(&s, options->movie_power, &few, &is_better, err));
    else
        HR_TRY(search_powers(&s, &few, err));
    const grid more = more_values(options, s.best.options.vectors);
    HR_TRY(try_at(&s, s.best.options.movie_power, &more, &is_better, err));
    hr_log(search->comm,
           "filter: options chosen on ratings held out of %" PRId64
           " users: mean of recall@20 and ndcg@20 %.4f",
           s.held.users, s.best.quality / (double)(s.held.users > 0 ? s.held.users : 1));
    *options = s.best.options;
done:
    hr_held_out_edges_free(&s.held);
    return status;
}
