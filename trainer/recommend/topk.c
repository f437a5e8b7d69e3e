#include "trainer/recommend/topk.h"

#include <math.h>
#include <stdbool.h>

/* Scores looked at together: most groups have none above the threshold once the list is full. */
enum { GROUP = 32 };

static float threshold(const hr_topk *best)
{
    return best->count < best->k ? -INFINITY : best->score[best->k - 1];
}

static void insert(hr_topk *best, float score, int32_t item)
{
    if (best->count < best->k)
        best->count++;
    int64_t place = best->count - 1;
    for (; place > 0 && best->score[place - 1] < score; place--) {
        best->score[place] = best->score[place - 1];
        best->item[place] = best->item[place - 1];
    }
    best->score[place] = score;
    best->item[place] = item;
}

static bool any_above(const float *score, float limit)
{
    int above = 0;
    for (int i = 0; i < GROUP; i++)
        above |= score[i] > limit;
    return above != 0;
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
    for (; i + GROUP <= count; i += GROUP)
        if (any_above(score + i, threshold(best)))
            offer_each(best, score + i, first_item + (int32_t)i, GROUP);
    offer_each(best, score + i, first_item + (int32_t)i, count - i);
}
