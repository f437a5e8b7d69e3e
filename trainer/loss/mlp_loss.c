#include "trainer/loss/mlp_loss.h"

#include "io/base/even.h"
#include "io/base/memory.h"
#include "trainer/kernels/simd.h"
#include "trainer/loss/ranking_loss.h"
#include "trainer/numerics/dense.h"

#include <string.h>

/* Samples that are scored together. */
enum { CHUNK = 512, USERS = 0, POSITIVES = 1 };

static hr_status side_create(hr_mlp_side *side, const hr_mlp_shape *shape, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(side->row, CHUNK * shape->columns);
    HR_ALLOC(side->half, CHUNK * shape->width[0]);
    HR_ALLOC(side->half_gradient, CHUNK * shape->width[0]);
    HR_ALLOC(side->row_gradient, CHUNK * (shape->columns - shape->first));
done:
    return status;
}

static void side_free(hr_mlp_side *side)
{
    free(side->row);
    free(side->half);
    free(side->half_gradient);
    free(side->row_gradient);
}

hr_status hr_mlp_loss_create(hr_mlp_loss *step, const hr_graph_context *graph, const hr_mlp_shape *shape,
                             hr_loss loss, uint64_t seed, int64_t candidates, int64_t pool, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t pairs = CHUNK * (1 + (pool > 0 ? candidates : 0));
    step->graph = graph;
    step->loss = loss;
    step->candidates = hr_candidates_of(seed, candidates);
    HR_TRY(hr_mlp_create(&step->mlp, shape, pairs, seed, err));
    HR_TRY(side_create(&step->side[USERS], shape, err));
    HR_TRY(side_create(&step->side[POSITIVES], shape, err));
    HR_ALLOC(step->pair, pairs);
    HR_ALLOC(step->sample, pairs);
    HR_ALLOC(step->place, pairs);
    HR_ALLOC(step->slope, pairs);
    HR_ALLOC(step->pool_half, pool * shape->width[0]);
    HR_TRY(hr_row_sums_create(&step->pool_sums, pool * shape->width[0], shape->exact, err));
    HR_ALLOC(step->pool_gradient, pool * (shape->columns - shape->first));
done:
    return status;
}

void hr_mlp_loss_free(hr_mlp_loss *step)
{
    hr_mlp_free(&step->mlp);
    side_free(&step->side[USERS]);
    side_free(&step->side[POSITIVES]);
    free(step->pair);
    free(step->sample);
    free(step->place);
    free(step->slope);
    free(step->pool_half);
    hr_row_sums_free(&step->pool_sums);
    free(step->pool_gradient);
    *step = (hr_mlp_loss){0};
}

static int64_t row_of(const hr_positive *positive, int side)
{
    return side == USERS ? positive->user_row : positive->movie_row;
}

/* Copies the rows of a side of the samples together and works out their halves. */
static void fill_side(hr_mlp_loss *step, const hr_mlp_batch *b, const hr_positive *positives, int64_t count,
                      int side)
{
    const int64_t columns = step->mlp.shape.columns, width = step->mlp.shape.width[0];
    hr_mlp_side *s = &step->side[side];
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count; i++)
        memcpy(s->row + i * columns, b->output + row_of(&positives[i], side) * columns,
               (size_t)columns * sizeof *s->row);
    hr_mlp_halves(&step->mlp.shape, b->weights, side == POSITIVES, count, s->row, s->half);
    memset(s->half_gradient, 0, (size_t)(count * width) * sizeof *s->half_gradient);
}

static void add_pair(hr_mlp_loss *step, const hr_mlp_batch *b, int64_t at, int64_t sample, int32_t place,
                     int64_t number)
{
    const int64_t columns = step->mlp.shape.columns, width = step->mlp.shape.width[0];
    const hr_mlp_side *user = &step->side[USERS], *movie = &step->side[POSITIVES];
    const bool is_positive = place == HR_NOT_HERE;
    step->sample[at] = (int32_t)sample;
    step->place[at] = place;
    step->pair[at] =
        (hr_mlp_pair){user->row + sample * columns,
                      is_positive ? movie->row + sample * columns : b->pool->row + place * columns,
                      user->half + sample * width,
                      is_positive ? movie->half + sample * width : step->pool_half + place * width, number};
}

/* Lists the pairs of some samples: each one's positive, then the free movies that it looks at; none of a
 * sample without a free one. Returns how many there are. */
static int64_t list_pairs(hr_mlp_loss *step, const hr_mlp_batch *b, const hr_positive *positives,
                          int64_t count)
{
    const int64_t most = 1 + (b->pool ? step->candidates.wanted : 0);
    int32_t place[HR_MAX_CANDIDATES];
    int64_t pairs = 0;
    for (int64_t s = 0; s < count; s++) {
        const hr_positive *p = &positives[s];
        const int64_t first = pairs, number = p->number * most;
        const int64_t looks =
            b->pool ? hr_candidates_list(&step->candidates, b->pool, b->step, p->number, place) : 0;
        add_pair(step, b, pairs++, s, HR_NOT_HERE, number);
        for (int64_t i = 0; i < looks; i++)
            if (!hr_locate_rated(&step->graph->shard, p->user_slot, b->pool->movie[place[i]]))
                add_pair(step, b, pairs++, s, place[i], number + 1 + i);
        if (b->pool && pairs == first + 1)
            pairs = first;
    }
    return pairs;
}

/* The end of a sample's pairs, which begin at `first`. */
static int64_t end_of(const hr_mlp_loss *step, int64_t first, int64_t pairs)
{
    int64_t end = first + 1;
    while (end < pairs && step->place[end] != HR_NOT_HERE)
        end++;
    return end;
}

static void move_pair(hr_mlp_loss *step, int64_t from, int64_t to)
{
    step->pair[to] = step->pair[from];
    step->sample[to] = step->sample[from];
    step->place[to] = step->place[from];
}

/* Leaves each sample its positive and the negative that scores highest; returns how many pairs there are. */
static int64_t keep_hardest(hr_mlp_loss *step, const hr_mlp_batch *b, int64_t pairs)
{
    int64_t kept = 0;
    hr_mlp_forward(&step->mlp, b->weights, step->pair, pairs, HR_AT_REST);
    for (int64_t first = 0, end; first < pairs; first = end) {
        int64_t hardest = first + 1;
        end = end_of(step, first, pairs);
        for (int64_t i = first + 2; i < end; i++)
            hardest = step->mlp.score[i] > step->mlp.score[hardest] ? i : hardest;
        move_pair(step, first, kept++);
        move_pair(step, hardest, kept++);
    }
    return kept;
}

/* Turns one sample's scores, a positive's and `negatives` more, into slopes; returns the scaled loss. */
static double judge_ranking(hr_mlp_loss *step, const hr_mlp_batch *b, int64_t first, int64_t negatives)
{
    float *negative = step->slope + first + 1;
    memcpy(negative, step->mlp.score + first + 1, (size_t)negatives * sizeof *negative);
    const float loss =
        hr_ranking_loss(step->loss, step->mlp.score[first], negative, negatives, &step->slope[first]);
    for (int64_t i = first; i <= first + negatives; i++)
        step->slope[i] *= (float)b->scale;
    return b->scale * (double)loss;
}

static double judge_rating(hr_mlp_loss *step, const hr_mlp_batch *b, const hr_positive *positive, int64_t at)
{
    const float error = step->mlp.score[at] - step->graph->shard.rated_value[positive->rated];
    step->slope[at] = 2.0F * (float)b->scale * error;
    return b->scale * (double)error * (double)error;
}

/* Counts what a sample used: user, positive and negatives. */
static void add_uses(const hr_mlp_loss *step, const hr_mlp_batch *b, const hr_positive *positive,
                     int64_t first, int64_t negatives)
{
    b->uses[positive->user_row] += 1.0F;
    b->uses[positive->movie_row] += 1.0F;
    for (int64_t i = first + 1; i <= first + negatives; i++)
        hr_pool_count(b->pool, step->place[i], hr_ranking_use(step->loss, negatives));
}

/* Turns scores into slopes; returns the loss. */
static double judge(hr_mlp_loss *step, const hr_mlp_batch *b, const hr_positive *positives, int64_t pairs)
{
    double loss = 0.0;
    for (int64_t first = 0, end; first < pairs; first = end) {
        const hr_positive *positive = &positives[step->sample[first]];
        end = end_of(step, first, pairs);
        const double its =
            b->pool ? judge_ranking(step, b, first, end - first - 1) : judge_rating(step, b, positive, first);
        loss += hr_exact_round(its, b->unit);
        add_uses(step, b, positive, first, end - first - 1);
    }
    return loss;
}

/* Sums the pairs' slopes, which are those of sums of halves, for columns first … end - 1 of the halves: those
 * of a sample's two sides in the order of its pairs, whatever sums are. */
static void share_halves(hr_mlp_loss *step, int64_t pairs, int64_t first, int64_t end)
{
    const int64_t width = step->mlp.shape.width[0];
    const hr_row_sums user = {.floats = step->side[USERS].half_gradient},
                      positive = {.floats = step->side[POSITIVES].half_gradient};
    for (int64_t i = 0; i < pairs; i++) {
        const float *slope = step->mlp.hidden[0] + i * width;
        const int64_t sample = step->sample[i] * width;
        hr_row_sums_add(&user, false, sample, 1.0F, slope, first, end);
        if (step->place[i] == HR_NOT_HERE)
            hr_row_sums_add(&positive, false, sample, 1.0F, slope, first, end);
        else
            hr_row_sums_add(&step->pool_sums, step->mlp.shape.exact, step->place[i] * width, 1.0F, slope,
                            first, end);
    }
}

/* Adds the gradients of the products, columns first … end - 1. */
static void add_products(const hr_mlp_loss *step, const hr_mlp_batch *b, const hr_positive *positives,
                         int64_t pairs, int64_t first, int64_t end)
{
    const int64_t columns = step->mlp.shape.columns;
    const bool exact = step->mlp.shape.exact;
    const float *a = hr_mlp_product(&step->mlp.shape, b->weights);
    for (int64_t i = 0; i < pairs; i++) {
        const hr_positive *p = &positives[step->sample[i]];
        const hr_mlp_pair *pair = &step->pair[i];
        const bool is_positive = step->place[i] == HR_NOT_HERE;
        const hr_row_sums *movies = is_positive ? b->gradient : &b->pool->sums;
        const int64_t movie = is_positive ? p->movie_row * columns : step->place[i] * (columns + 1);
        hr_row_sums_add_product(b->gradient, exact, p->user_row * columns, step->slope[i], a, pair->movie,
                                first, end);
        hr_row_sums_add_product(movies, exact, movie, step->slope[i], a, pair->user, first, end);
    }
}

/* From a side's halves back to the weights and to the rows that it was copied from. */
static void side_back(hr_mlp_loss *step, const hr_mlp_batch *b, const hr_positive *positives, int64_t count,
                      int side)
{
    const hr_mlp_shape *shape = &step->mlp.shape;
    const int64_t columns = shape->columns, read = shape->first, rest = columns - read;
    const int64_t share = hr_columns_a_thread(rest);
    const hr_mlp_side *s = &step->side[side];
    hr_mlp_halves_back(&step->mlp, b->weights, side == POSITIVES, count, s->row, s->half_gradient,
                       &b->weight_gradient, s->row_gradient);
#pragma omp parallel for schedule(static)
    for (int64_t first = 0; first < rest; first += share)
        for (int64_t i = 0; i < count; i++)
            hr_row_sums_add(b->gradient, shape->exact, row_of(&positives[i], side) * columns + read, 1.0F,
                            s->row_gradient + i * rest, first, first + share < rest ? first + share : rest);
}

/* Some samples, there and back. Returns their loss. */
static double run_chunk(hr_mlp_loss *step, const hr_mlp_batch *b, const hr_positive *positives, int64_t count)
{
    const hr_mlp_shape *shape = &step->mlp.shape;
    const int64_t width = shape->width[0], share = hr_columns_a_thread(width),
                  product_share = hr_columns_a_thread(shape->product);
    fill_side(step, b, positives, count, USERS);
    fill_side(step, b, positives, count, POSITIVES);
    int64_t pairs = list_pairs(step, b, positives, count);
    if (b->pool && step->loss == HR_LOSS_BPR && step->candidates.wanted > 1)
        pairs = keep_hardest(step, b, pairs);
    hr_mlp_forward(&step->mlp, b->weights, step->pair, pairs, b->step);
    const double loss = judge(step, b, positives, pairs);
    hr_mlp_back(&step->mlp, b->weights, step->pair, pairs, step->slope, &b->weight_gradient);
#pragma omp parallel for schedule(static)
    for (int64_t c = 0; c < width; c += share)
        share_halves(step, pairs, c, c + share < width ? c + share : width);
#pragma omp parallel for schedule(static)
    for (int64_t c = 0; c < shape->product; c += product_share)
        add_products(step, b, positives, pairs, c,
                     c + product_share < shape->product ? c + product_share : shape->product);
    side_back(step, b, positives, count, USERS);
    side_back(step, b, positives, count, POSITIVES);
    return loss;
}

static void begin_pool(hr_mlp_loss *step, const hr_mlp_batch *b)
{
    const int64_t halves = b->pool->size * step->mlp.shape.width[0];
    hr_mlp_halves(&step->mlp.shape, b->weights, true, b->pool->size, b->pool->row, step->pool_half);
    step->pool_sums.unit = b->weight_gradient.units.half_gradient;
    hr_row_sums_clear(&step->pool_sums, halves);
}

/* From the slopes of the pool's halves back to the weights and the pool's gradient. Exact slopes are complete
 * before they are rounded to floats, and each rank goes on with its share of the movies. */
static hr_status end_pool(hr_mlp_loss *step, const hr_mlp_batch *b, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_mlp_shape *shape = &step->mlp.shape;
    const hr_comm *parts = &step->graph->grid.parts;
    const int64_t columns = shape->columns, read = shape->first, width = shape->width[0];
    const int64_t rest = columns - read, size = b->pool->size;
    const int64_t first = shape->exact ? hr_block_first(size, parts->rank, parts->size) : 0;
    const int64_t end = shape->exact ? hr_block_first(size, parts->rank + 1, parts->size) : size;
    if (shape->exact)
        HR_TRY(hr_row_sums_all(&step->pool_sums, parts, size * width, err));
    hr_row_sums_round(&step->pool_sums, size * width);
    hr_mlp_halves_back(&step->mlp, b->weights, true, end - first, b->pool->row + first * columns,
                       step->pool_sums.floats + first * width, &b->weight_gradient, step->pool_gradient);
#pragma omp parallel for schedule(static)
    for (int64_t i = first; i < end; i++)
        hr_row_sums_add(&b->pool->sums, shape->exact, i * (columns + 1) + read, 1.0F,
                        step->pool_gradient + (i - first) * rest, 0, rest);
done:
    return status;
}

hr_status hr_mlp_loss_run(hr_mlp_loss *step, const hr_mlp_batch *batch, double *loss, hr_error *err)
{
    *loss = 0.0;
    if (batch->pool)
        begin_pool(step, batch);
    for (int64_t first = 0; first < batch->count; first += CHUNK) {
        const int64_t left = batch->count - first;
        *loss += run_chunk(step, batch, batch->positives + first, left < CHUNK ? left : CHUNK);
    }
    return batch->pool ? end_pool(step, batch, err) : HR_OK;
}
