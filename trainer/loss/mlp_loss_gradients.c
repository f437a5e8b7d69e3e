#include "trainer/loss/mlp_loss.h"
#include "trainer/loss/ranking_loss.h"
#include "trainer/simd/line.h"

#include <string.h>

static int64_t row_of(const hr_positive *positive, int side)
{
    return side == HR_MLP_USERS ? positive->user_row : positive->movie_row;
}

/* Copies the rows of a side of the samples into one array and computes their halves. */
static void fill_side(hr_mlp_loss *l, const hr_loss_batch *b, const hr_positive *positives, int64_t count,
                      int side)
{
    const int64_t columns = l->mlp.shape.columns, width = l->mlp.shape.width[0];
    hr_mlp_side *s = &l->side[side];
#pragma omp parallel for schedule(static)
    for (int64_t i = 0; i < count; i++)
        memcpy(s->row + i * columns, b->output + row_of(&positives[i], side) * columns,
               (size_t)columns * sizeof *s->row);
    hr_mlp_halves(&l->mlp.shape, b->weights, side == HR_MLP_POSITIVES, count, s->row, s->half);
    memset(s->half_gradient, 0, (size_t)(count * width) * sizeof *s->half_gradient);
}

static void add_pair(hr_mlp_loss *l, int64_t at, int64_t sample, int32_t index, int64_t number)
{
    const int64_t columns = l->mlp.shape.columns, width = l->mlp.shape.width[0];
    const hr_mlp_side *user = &l->side[HR_MLP_USERS], *movie = &l->side[HR_MLP_POSITIVES];
    const bool is_positive = index == HR_NOT_HERE;
    l->sample[at] = (int32_t)sample;
    l->index[at] = index;
    l->pair[at] =
        (hr_mlp_pair){user->row + sample * columns,
                      is_positive ? movie->row + sample * columns : l->pool.row + index * columns,
                      user->half + sample * width,
                      is_positive ? movie->half + sample * width : l->pool_half + index * width, number};
}

/* Lists the pairs of the samples: of each its positive, then its free candidates; none of a sample that has
 * no free one. Returns the number of pairs. */
static int64_t list_pairs(hr_mlp_loss *l, const hr_loss_batch *b, const hr_positive *positives, int64_t count)
{
    const int64_t most = 1 + (l->ranks ? l->candidates.count : 0);
    int32_t index[HR_MAX_CANDIDATES];
    int64_t pairs = 0;
    for (int64_t s = 0; s < count; s++) {
        const hr_positive *p = &positives[s];
        const int64_t first = pairs, number = p->number * most;
        const int64_t candidates =
            l->ranks ? hr_candidates_list(&l->candidates, &l->pool, b->step, p->number, index) : 0;
        add_pair(l, pairs++, s, HR_NOT_HERE, number);
        for (int64_t i = 0; i < candidates; i++)
            if (!hr_locate_rated(&l->graph->shard, p->user_slot, l->pool.movie[index[i]]))
                add_pair(l, pairs++, s, index[i], number + 1 + i);
        if (l->ranks && pairs == first + 1)
            pairs = first;
    }
    return pairs;
}

/* The end of a sample's pairs, which begin at `first`. */
static int64_t end_of(const hr_mlp_loss *l, int64_t first, int64_t pairs)
{
    int64_t end = first + 1;
    while (end < pairs && l->index[end] != HR_NOT_HERE)
        end++;
    return end;
}

static void move_pair(hr_mlp_loss *l, int64_t from, int64_t to)
{
    l->pair[to] = l->pair[from];
    l->sample[to] = l->sample[from];
    l->index[to] = l->index[from];
}

/* Leaves each sample its positive and the negative with the highest score. Returns the number of pairs. */
static int64_t keep_hardest(hr_mlp_loss *l, const hr_loss_batch *b, int64_t pairs)
{
    int64_t kept = 0;
    hr_mlp_forward(&l->mlp, b->weights, l->pair, pairs, HR_AT_REST);
    for (int64_t first = 0, end; first < pairs; first = end) {
        int64_t hardest = first + 1;
        end = end_of(l, first, pairs);
        for (int64_t i = first + 2; i < end; i++)
            hardest = l->mlp.score[i] > l->mlp.score[hardest] ? i : hardest;
        move_pair(l, first, kept++);
        move_pair(l, hardest, kept++);
    }
    return kept;
}

/* Scaled loss and derivatives of one sample's scores: of its positive, pair `first`, and the `negatives`
 * pairs after it. */
static double evaluate_ranking(hr_mlp_loss *l, const hr_loss_batch *b, int64_t first, int64_t negatives)
{
    float *negative = l->gradient + first + 1;
    memcpy(negative, l->mlp.score + first + 1, (size_t)negatives * sizeof *negative);
    const float loss =
        hr_ranking_loss(l->kind, l->mlp.score[first], negative, negatives, &l->gradient[first]);
    for (int64_t i = first; i <= first + negatives; i++)
        l->gradient[i] *= (float)b->scale;
    return b->scale * (double)loss;
}

static double evaluate_rating(hr_mlp_loss *l, const hr_loss_batch *b, const hr_positive *positive, int64_t at)
{
    const float error = l->mlp.score[at] - l->graph->shard.rated_value[positive->rated];
    l->gradient[at] = 2.0F * (float)b->scale * error;
    return b->scale * (double)error * (double)error;
}

/* Counts the rows that a sample uses: user, positive and negatives. */
static void add_uses(const hr_mlp_loss *l, const hr_loss_batch *b, const hr_positive *positive, int64_t first,
                     int64_t negatives)
{
    b->uses[positive->user_row] += 1.0F;
    b->uses[positive->movie_row] += 1.0F;
    for (int64_t i = first + 1; i <= first + negatives; i++)
        hr_pool_count(&l->pool, l->index[i], hr_ranking_use(l->kind, negatives));
}

/* Scaled loss and derivatives of all pairs. */
static double evaluate(hr_mlp_loss *l, const hr_loss_batch *b, const hr_positive *positives, int64_t pairs)
{
    hr_scalar_sum loss = {.unit = b->unit};
    for (int64_t first = 0, end; first < pairs; first = end) {
        const hr_positive *positive = &positives[l->sample[first]];
        end = end_of(l, first, pairs);
        const int64_t negatives = end - first - 1;
        hr_scalar_sum_add(&loss, l->ranks ? evaluate_ranking(l, b, first, negatives)
                                          : evaluate_rating(l, b, positive, first));
        add_uses(l, b, positive, first, negatives);
    }
    return loss.value;
}

/* Sums the gradients of pairs by the sums of their halves, columns first … end - 1: those of users and
 * positives in the order of pairs, so that floats serve, those of the pool's movies over all samples. */
static void add_halves(hr_mlp_loss *l, int64_t pairs, int64_t first, int64_t end)
{
    const int64_t width = l->mlp.shape.width[0];
    const hr_row_sums user = {.floats = l->side[HR_MLP_USERS].half_gradient},
                      positive = {.floats = l->side[HR_MLP_POSITIVES].half_gradient};
    for (int64_t i = 0; i < pairs; i++) {
        const float *gradient = l->mlp.hidden[0] + i * width;
        const int64_t sample = l->sample[i] * width;
        hr_row_sums_add_row(&user, sample, 1.0F, gradient, first, end);
        if (l->index[i] == HR_NOT_HERE)
            hr_row_sums_add_row(&positive, sample, 1.0F, gradient, first, end);
        else
            hr_row_sums_add_row(&l->pool_sums, l->index[i] * width, 1.0F, gradient, first, end);
    }
}

/* Adds the gradients of the products, columns first … end - 1. */
static void add_products(const hr_mlp_loss *l, const hr_loss_batch *b, const hr_positive *positives,
                         int64_t pairs, int64_t first, int64_t end)
{
    const int64_t columns = l->mlp.shape.columns;
    const float *a = hr_mlp_product(&l->mlp.shape, b->weights);
    for (int64_t i = 0; i < pairs; i++) {
        const hr_positive *p = &positives[l->sample[i]];
        const hr_mlp_pair *pair = &l->pair[i];
        const bool is_positive = l->index[i] == HR_NOT_HERE;
        const hr_row_sums *movies = is_positive ? b->gradient : &l->pool.sums;
        const int64_t movie = is_positive ? p->movie_row * columns : l->index[i] * (columns + 1);
        hr_row_sums_add_row_product(b->gradient, p->user_row * columns, l->gradient[i], a, pair->movie, first,
                                    end);
        hr_row_sums_add_row_product(movies, movie, l->gradient[i], a, pair->user, first, end);
    }
}

/* Backward from a side's halves to the weights and to the rows that it was copied from. */
static void side_back(hr_mlp_loss *l, const hr_loss_batch *b, const hr_mlp_gradient *weights,
                      const hr_positive *positives, int64_t count, int side)
{
    const hr_mlp_shape *shape = &l->mlp.shape;
    const int64_t columns = shape->columns, read = shape->first, rest = columns - read;
    const int64_t share = hr_columns_a_thread(rest);
    const hr_mlp_side *s = &l->side[side];
    hr_mlp_halves_back(&l->mlp, b->weights, side == HR_MLP_POSITIVES, count, s->row, s->half_gradient,
                       weights, s->row_gradient);
#pragma omp parallel for schedule(static)
    for (int64_t first = 0; first < rest; first += share)
        for (int64_t i = 0; i < count; i++)
            hr_row_sums_add_row(b->gradient, row_of(&positives[i], side) * columns + read, 1.0F,
                                s->row_gradient + i * rest, first,
                                first + share < rest ? first + share : rest);
}

double hr_mlp_loss_chunk(hr_mlp_loss *loss, const hr_loss_batch *batch, const hr_mlp_gradient *weights,
                         const hr_positive *positives, int64_t count)
{
    hr_mlp_loss *l = loss;
    const hr_loss_batch *b = batch;
    const hr_mlp_shape *shape = &l->mlp.shape;
    const int64_t width = shape->width[0], share = hr_columns_a_thread(width),
                  product_share = hr_columns_a_thread(shape->product);
    fill_side(l, b, positives, count, HR_MLP_USERS);
    fill_side(l, b, positives, count, HR_MLP_POSITIVES);
    int64_t pairs = list_pairs(l, b, positives, count);
    if (l->kind == HR_LOSS_BPR && l->candidates.count > 1)
        pairs = keep_hardest(l, b, pairs);
    hr_mlp_forward(&l->mlp, b->weights, l->pair, pairs, b->step);
    const double total = evaluate(l, b, positives, pairs);
    hr_mlp_back(&l->mlp, b->weights, l->pair, pairs, l->gradient, weights);
#pragma omp parallel for schedule(static)
    for (int64_t c = 0; c < width; c += share)
        add_halves(l, pairs, c, c + share < width ? c + share : width);
#pragma omp parallel for schedule(static)
    for (int64_t c = 0; c < shape->product; c += product_share)
        add_products(l, b, positives, pairs, c,
                     c + product_share < shape->product ? c + product_share : shape->product);
    side_back(l, b, weights, positives, count, HR_MLP_USERS);
    side_back(l, b, weights, positives, count, HR_MLP_POSITIVES);
    return total;
}
