#include "trainer/recommend/topk.h"

#include "trainer/kernels/scores.h"

#include <math.h>

static float threshold(const hr_topk *best)
{
    return best->count < best->k ? -INFINITY : best->score[best->k - 1];
}

static void insert(hr_topk *best, float score, int32_t item)
{
    if (best->count < best->k)
        best->count++;
    int64_t rank = best->count - 1;
    for (; rank > 0 && best->score[rank - 1] < score; rank--) {
        best->score[rank] = best->score[rank - 1];
        best->item[rank] = best->item[rank - 1];
    }
    best->score[rank] = score;
    best->item[rank] = item;
}

static void offer_each(hr_topk *best, const float *score, int32_t first_item, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        if (best->count < best->k ? !isnan(score[i]) : score[i] > best->score[best->k - 1])
            insert(best, score[i], first_item + (int32_t)i);
}

void hr_topk_offer(hr_topk *best, const float *score, int32_t first_item, int64_t count)
{
    int64_t i = 0;
    while (count - i >= HR_SCORE_GROUP) {
        i += hr_scores_not_above(score + i, count - i, threshold(best));
        if (count - i < HR_SCORE_GROUP)
            break;
        offer_each(best, score + i, first_item + (int32_t)i, HR_SCORE_GROUP);
        i += HR_SCORE_GROUP;
    }
    offer_each(best, score + i, first_item + (int32_t)i, count - i);
}
