#include "trainer/comparison/resampling.h"

#include "io/base/memory.h"
#include "io/base/philox.h"

#include <math.h>
#include <string.h>

/* Replicates that one random number serves; users count at most MOST_COUNT times. */
enum { REPLICATES_OF_A_DRAW = 4, BITS_OF_A_DRAW = 128, MOST_COUNT = 12 };

/* Replicates whose sums are held and added over ranks at a time. */
enum { REPLICATES_AT_A_TIME = 1024 };

/* Thresholds of a 32-bit word below which a Poisson variable of mean 1 is at most 0, 1, … */
static void poisson_thresholds(double below[MOST_COUNT])
{
    double probability = exp(-1.0), sum = 0.0;
    for (int n = 0; n < MOST_COUNT; n++) {
        sum += probability;
        below[n] = sum * 0x1p32;
        probability /= (double)(n + 1);
    }
}

static double poisson_count(const double below[MOST_COUNT], uint32_t word)
{
    int n = 0;
    while (n < MOST_COUNT && (double)word >= below[n])
        n++;
    return (double)n;
}

/* One pass over users, for a block of replicates. */
typedef struct pass {
    const hr_figure_table *table, *other; /* other: NULL, or what a second model says of the same users */
    int64_t first, count;                 /* replicates */
    int64_t width;                        /* sums of a replicate */
    uint64_t seed;
    double below[MOST_COUNT];
    double *sums; /* [count x width] values, weights, and values of the other */
    int64_t replicates;
    double *value; /* [figures x replicates] what each replicate says */
} pass;

static void add_user(const pass *p, int64_t user, double times, double *sums)
{
    const hr_figure_table *t = p->table;
    const double *value = t->value + user * t->figures, *weight = t->weight + user * HR_SEGMENTS;
    for (int f = 0; f < t->figures; f++)
        sums[f] += times * value[f];
    for (int s = 0; s < HR_SEGMENTS; s++)
        sums[t->figures + s] += times * weight[s];
    if (!p->other)
        return;
    const double *theirs = p->other->value + user * t->figures;
    for (int f = 0; f < t->figures; f++)
        sums[t->figures + HR_SEGMENTS + f] += times * theirs[f];
}

/* Bootstrap: four replicates from a draw. */
static void resample(const pass *p, int64_t replicate, int64_t end)
{
    for (int64_t user = 0; user < p->table->users; user++) {
        const hr_random4 draw =
            hr_philox(p->seed, HR_STREAM_BOOTSTRAP, (uint32_t)(replicate / REPLICATES_OF_A_DRAW),
                      (uint64_t)p->table->user[user]);
        for (int64_t r = replicate; r < end; r++) {
            const double times = poisson_count(p->below, draw.word[r - replicate]);
            if (times > 0.0)
                add_user(p, user, times, p->sums + (r - p->first) * p->width);
        }
    }
}

/* Randomisation: a user's two values are exchanged where a bit says so; 128 replicates from a draw. */
static void exchange(const pass *p, int64_t replicate, int64_t end)
{
    const hr_figure_table *t = p->table;
    for (int64_t user = 0; user < t->users; user++) {
        const hr_random4 draw = hr_philox(p->seed, HR_STREAM_EXCHANGE, (uint32_t)(replicate / BITS_OF_A_DRAW),
                                          (uint64_t)t->user[user]);
        const double *ours = t->value + user * t->figures, *theirs = p->other->value + user * t->figures;
        for (int64_t r = replicate; r < end; r++) {
            const int64_t bit = r - replicate;
            double *sums = p->sums + (r - p->first) * p->width;
            const bool swaps = draw.word[bit / 32] >> (bit % 32) & 1U;
            const double *first = swaps ? theirs : ours, *second = swaps ? ours : theirs;
            for (int f = 0; f < t->figures; f++) {
                sums[f] += first[f];
                sums[t->figures + HR_SEGMENTS + f] += second[f];
            }
        }
    }
}

static void run_pass(const pass *p, void (*draw)(const pass *, int64_t, int64_t), int64_t at_a_time)
{
    memset(p->sums, 0, (size_t)(p->count * p->width) * sizeof *p->sums);
#pragma omp parallel for schedule(dynamic, 1)
    for (int64_t r = 0; r < p->count; r += at_a_time)
        draw(p, p->first + r, p->first + (r + at_a_time < p->count ? r + at_a_time : p->count));
}

static double ratio(const hr_figure *figure, double value, double weight)
{
    if (!(weight > 0.0))
        return (double)NAN;
    return figure->is_root ? sqrt(value / weight) : value / weight;
}

/* What a replicate's sums say of a figure: it, or the other model's less it. */
static double figure_of(const pass *p, const double *sums, const double *weights, int f)
{
    const hr_figure *figure = &p->table->figure[f];
    const double weight = weights[figure->segment], ours = ratio(figure, sums[f], weight);
    return p->other ? ratio(figure, sums[p->table->figures + HR_SEGMENTS + f], weight) - ours : ours;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The interval of those values that are numbers; sorts them. */
static void set_interval(double *values, int64_t count, hr_estimate *estimate)
{
    int64_t kept = 0;
    for (int64_t i = 0; i < count; i++)
        if (!isnan(values[i]))
            values[kept++] = values[i];
    qsort(values, (size_t)kept, sizeof *values, ascending);
    estimate->low = kept > 0 ? values[(int64_t)(0.025 * (double)(kept - 1))] : (double)NAN;
    estimate->high = kept > 0 ? values[(int64_t)ceil(0.975 * (double)(kept - 1))] : (double)NAN;
}

/* Goes on to the next block of replicates; whether there is one. */
static bool next_block(pass *p)
{
    p->first += p->count;
    const int64_t left = p->replicates - p->first;
    p->count = left < REPLICATES_AT_A_TIME ? left : REPLICATES_AT_A_TIME;
    return p->count > 0;
}

/* Values of all replicates. */
static hr_status bootstrap(const hr_comm *comm, pass *p, hr_error *err)
{
    hr_status status = HR_OK;
    p->first = p->count = 0;
    while (next_block(p)) {
        run_pass(p, resample, REPLICATES_OF_A_DRAW);
        HR_TRY(hr_sum_f64(comm, p->sums, p->count * p->width, err));
        for (int64_t r = 0; r < p->count; r++)
            for (int f = 0; f < p->table->figures; f++) {
                const double *sums = p->sums + r * p->width;
                p->value[f * p->replicates + p->first + r] = figure_of(p, sums, sums + p->table->figures, f);
            }
    }
done:
    return status;
}

/* Sums of the users as they are: sums [width], the same on all ranks. */
static hr_status sum_once(const hr_comm *comm, const pass *p, double *sums, hr_error *err)
{
    memset(sums, 0, (size_t)p->width * sizeof *sums);
    for (int64_t user = 0; user < p->table->users; user++)
        add_user(p, user, 1.0, sums);
    return hr_sum_f64(comm, sums, p->width, err);
}

static hr_status pass_create(pass *p, const hr_figure_table *table, const hr_figure_table *other,
                             int64_t replicates, uint64_t seed, hr_error *err)
{
    hr_status status = HR_OK;
    *p = (pass){.table = table, .other = other, .seed = seed, .replicates = replicates};
    p->width = table->figures + HR_SEGMENTS + (other ? table->figures : 0);
    poisson_thresholds(p->below);
    HR_ALLOC(p->sums, REPLICATES_AT_A_TIME * p->width);
    HR_ALLOC(p->value, table->figures * replicates);
done:
    return status;
}

static void pass_free(pass *p)
{
    free(p->sums);
    free(p->value);
}

/* Figures, or differences where there is another table, and their intervals. observed [pass width]. */
static hr_status estimate_all(const hr_comm *comm, pass *p, double *observed, hr_estimate *estimate,
                              hr_error *err)
{
    hr_status status = HR_OK;
    const int figures = p->table->figures;
    HR_TRY(sum_once(comm, p, observed, err));
    HR_TRY(bootstrap(comm, p, err));
    for (int f = 0; f < figures; f++) {
        estimate[f].value = figure_of(p, observed, observed + figures, f);
        estimate[f].weight = observed[figures + (int)p->table->figure[f].segment];
        set_interval(p->value + f * p->replicates, p->replicates, &estimate[f]);
    }
done:
    return status;
}

hr_status hr_estimate_figures(const hr_comm *comm, const hr_figure_table *table, int64_t replicates,
                              uint64_t seed, hr_estimate *estimate, hr_error *err)
{
    pass p;
    double observed[HR_MOST_FIGURES + HR_SEGMENTS];
    hr_status status = pass_create(&p, table, NULL, replicates, seed, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(estimate_all(comm, &p, observed, estimate, err));
done:
    pass_free(&p);
    return status;
}

/* Counts replicates whose differences are at least as large as those found: as_large [figures]. */
static hr_status randomise(const hr_comm *comm, pass *p, const double *observed, const hr_difference *found,
                           double *as_large, hr_error *err)
{
    hr_status status = HR_OK;
    const double slack = 1e-12; /* so that rounding of the quotients does not decide */
    p->first = p->count = 0;
    while (next_block(p)) {
        run_pass(p, exchange, BITS_OF_A_DRAW);
        HR_TRY(hr_sum_f64(comm, p->sums, p->count * p->width, err));
        for (int64_t r = 0; r < p->count; r++)
            for (int f = 0; f < p->table->figures; f++) {
                const double by_chance =
                    figure_of(p, p->sums + r * p->width, observed + p->table->figures, f);
                as_large[f] += fabs(by_chance) >= fabs(found[f].of.value) - slack;
            }
    }
done:
    return status;
}

/* Users with a larger and with a smaller value by the second model, of all ranks: counts [2 x figures]. */
static hr_status count_users(const hr_comm *comm, const pass *p, double *counts, hr_error *err)
{
    const int figures = p->table->figures;
    for (int64_t user = 0; user < p->table->users; user++)
        for (int f = 0; f < figures; f++) {
            const double ours = p->table->value[user * figures + f],
                         theirs = p->other->value[user * figures + f];
            counts[2 * f] += theirs > ours;
            counts[2 * f + 1] += theirs < ours;
        }
    return hr_sum_f64(comm, counts, 2 * figures, err);
}

hr_status hr_compare_figures(const hr_comm *comm, const hr_figure_table *first, const hr_figure_table *second,
                             int64_t replicates, uint64_t seed, hr_difference *difference, hr_error *err)
{
    pass p;
    double observed[2 * HR_MOST_FIGURES + HR_SEGMENTS];
    double as_large[HR_MOST_FIGURES] = {0.0}, counts[2 * HR_MOST_FIGURES] = {0.0};
    hr_estimate estimate[HR_MOST_FIGURES];
    hr_status status = pass_create(&p, first, second, replicates, seed, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(estimate_all(comm, &p, observed, estimate, err));
    for (int f = 0; f < first->figures; f++)
        difference[f].of = estimate[f];
    HR_TRY(randomise(comm, &p, observed, difference, as_large, err));
    HR_TRY(count_users(comm, &p, counts, err));
    for (int f = 0; f < first->figures; f++) {
        difference[f].chance =
            replicates > 0 ? (1.0 + as_large[f]) / (1.0 + (double)replicates) : (double)NAN;
        difference[f].up = counts[2 * f];
        difference[f].down = counts[2 * f + 1];
    }
done:
    pass_free(&p);
    return status;
}
