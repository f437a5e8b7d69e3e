/* Pairs in the right order, for the AUC: of each held-out score with each of the others, 1 where the held-out
 * one is higher, 1/2 where they are equal.
 *
 * The range of the held-out scores is divided into equal intervals. The interval of another score says how
 * many held-out ones are above it, all those of later intervals, and only those of the same interval are
 * compared: some instructions a score, however many are held out. A score's interval never falls as the score
 * rises, in floats too, so that the count is exact. */
#ifndef HR_TRAINER_EVALUATION_RIGHT_ORDER_H
#define HR_TRAINER_EVALUATION_RIGHT_ORDER_H

#include <stdint.h>

enum { HR_MOST_INTERVALS = 1024 };

/* The held-out scores of a user, made by hr_right_order_set. */
typedef struct hr_right_order {
    const float *held; /* [count] */
    int64_t count;
    float lowest, scale;                  /* of the intervals; scale 0: all pairs are compared */
    int64_t intervals;                    /* 1 … intervals; 0 is below them, intervals + 1 above */
    float *by_interval;                   /* the held-out scores, but those that are NaN, by interval */
    int32_t first[HR_MOST_INTERVALS + 4]; /* where those of each interval begin */
    int32_t
        twice[HR_MOST_INTERVALS + 2]; /* twice the pairs of a score of the interval, or -1: to be compared */
} hr_right_order;

/* Prepares to count against `count` held-out scores, which are read until then.
 *   by_interval  [count] room. Local. */
void hr_right_order_set(hr_right_order *order, const float *held, int64_t count, float *by_interval);

/* The pairs of all held-out scores with `count` others; NaN, of either, is in no pair.
 *   score  [count rounded up to HR_LANES] others, then NaN. Local. */
double hr_right_order_count(const hr_right_order *order, const float *score, int64_t count);

#endif
