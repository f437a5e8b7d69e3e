#include "trainer/evaluation/right_order.h"

#include "trainer/kernels/scores.h"

#include <math.h>
#include <string.h>

/* Up to so many held-out scores are each compared with all others; intervals for a held-out score; scores that
 * are counted together. */
enum { FEW = 32, FINENESS = 16, LEAST_INTERVALS = 64, BLOCK = 512 };

/* The intervals' range, or a scale of 0 where floats cannot divide it. */
static void find_range(hr_right_order *o)
{
    float lowest = INFINITY, highest = -INFINITY;
    const int64_t wanted = FINENESS * o->count;
    for (int64_t i = 0; i < o->count; i++) {
        lowest = o->held[i] < lowest ? o->held[i] : lowest;
        highest = o->held[i] > highest ? o->held[i] : highest;
    }
    o->intervals = wanted < LEAST_INTERVALS ? LEAST_INTERVALS : wanted;
    o->intervals = o->intervals > HR_MOST_INTERVALS ? HR_MOST_INTERVALS : o->intervals;
    o->lowest = lowest;
    o->scale = o->count > FEW ? (float)(o->intervals - 1) / (highest - lowest) : 0.0F;
    if (!(o->scale > 0.0F) || !isfinite(o->scale))
        o->scale = 0.0F;
}

static void find_intervals(const hr_right_order *o, const float *score, int64_t count, int32_t *interval)
{
    hr_score_intervals(score, count, o->lowest, o->scale, (int32_t)o->intervals + 1, interval);
}

/* Calls `each` for every held-out score and its interval. */
static void for_held(hr_right_order *o, void (*each)(hr_right_order *, float, int32_t))
{
    int32_t interval[BLOCK];
    for (int64_t i = 0; i < o->count; i += BLOCK) {
        const int64_t left = o->count - i, count = left < BLOCK ? left : BLOCK;
        find_intervals(o, o->held + i, count, interval);
        for (int64_t j = 0; j < count; j++)
            each(o, o->held[i + j], interval[j]);
    }
}

static void count_held(hr_right_order *o, float score, int32_t interval)
{
    (void)score;
    o->first[interval + 2]++;
}

/* Each interval's next place is the first of what follows in the end. */
static void place_held(hr_right_order *o, float score, int32_t interval)
{
    o->by_interval[o->first[interval + 1]++] = score;
}

/* Sorts the held-out scores by interval, by counting. NaN comes last, and is left out of what follows. */
static void sort_held(hr_right_order *o)
{
    memset(o->first, 0, sizeof o->first);
    for_held(o, count_held);
    for (int64_t k = 0; k <= o->intervals + 2; k++)
        o->first[k + 1] += o->first[k];
    for_held(o, place_held);
}

void hr_right_order_set(hr_right_order *order, const float *held, int64_t count, float *by_interval)
{
    hr_right_order *o = order;
    o->held = held;
    o->count = count;
    o->by_interval = by_interval;
    find_range(o);
    if (o->scale == 0.0F)
        return;
    sort_held(o);
    const int32_t end = o->first[o->intervals + 1];
    for (int64_t k = 0; k <= o->intervals + 1; k++)
        o->twice[k] = k > o->intervals ? 0 : o->first[k] < o->first[k + 1] ? -1 : 2 * (end - o->first[k]);
}

/* Twice the pairs of a score that is in an interval with held-out ones. */
static int64_t compare(const hr_right_order *o, float score, int32_t interval)
{
    const int32_t end = o->first[interval + 1];
    int64_t twice = 2 * (o->first[o->intervals + 1] - end);
    for (int32_t i = o->first[interval]; i < end; i++)
        twice += (score < o->by_interval[i]) + (score <= o->by_interval[i]);
    return twice;
}

/* Twice the pairs of a block of scores. What is to be compared is listed first, without a branch. */
static int64_t count_block(const hr_right_order *o, const float *score, int64_t count)
{
    int32_t interval[BLOCK], listed[BLOCK];
    int64_t twice = 0, to_compare = 0;
    find_intervals(o, score, count, interval);
    for (int64_t i = 0; i < count; i++) {
        const int32_t pairs = o->twice[interval[i]];
        listed[to_compare] = (int32_t)i;
        to_compare += pairs < 0;
        twice += pairs;
    }
    twice += to_compare; /* each was counted as -1 */
    for (int64_t i = 0; i < to_compare; i++)
        twice += compare(o, score[listed[i]], interval[listed[i]]);
    return twice;
}

double hr_right_order_count(const hr_right_order *order, const float *score, int64_t count)
{
    const int64_t lines = (count + HR_LANES - 1) / HR_LANES;
    double pairs = 0.0;
    int64_t twice = 0;
    if (order->scale == 0.0F) {
        for (int64_t h = 0; h < order->count; h++)
            pairs += hr_count_right_order(score, lines * HR_LANES, order->held[h]);
        return pairs;
    }
    for (int64_t i = 0; i < count; i += BLOCK)
        twice += count_block(order, score + i, count - i < BLOCK ? count - i : BLOCK);
    return 0.5 * (double)twice;
}
