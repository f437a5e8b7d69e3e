/* The k best of many scores that come one after the other. */
#ifndef HR_TRAINER_RECOMMEND_TOPK_H
#define HR_TRAINER_RECOMMEND_TOPK_H

#include <stdint.h>

/* Best first; of equal scores the one with the smaller item. Both arrays belong to the caller. */
typedef struct hr_topk {
    int64_t k, count; /* count <= k are there */
    float *score;     /* [k] */
    int32_t *item;    /* [k] */
} hr_topk;

/* Offers items first_item … first_item + count - 1. Offer items in ascending order. NaN is passed over. */
void hr_topk_offer(hr_topk *best, const float *score, int32_t first_item, int64_t count);

#endif
