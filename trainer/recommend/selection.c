#include "trainer/recommend/selection.h"

#include "io/base/memory.h"
#include "trainer/kernels/scores.h"

#include <math.h>
#include <string.h>

/* Scores that are compared with one limit, and room beyond k. */
enum { PIECE = 256, LEAST_ROOM = 256 };

static int64_t room_for(int64_t k)
{
    return k + (k > LEAST_ROOM ? k : LEAST_ROOM);
}

hr_status hr_selection_create(hr_selection *selection, int64_t k, hr_error *err)
{
    hr_status status = HR_OK;
    selection->most = k;
    HR_ALLOC(selection->best, room_for(k));
    HR_ALLOC(selection->above, PIECE);
    hr_selection_begin(selection, k);
done:
    return status;
}

void hr_selection_free(hr_selection *selection)
{
    free(selection->best);
    free(selection->above);
    *selection = (hr_selection){0};
}

void hr_selection_begin(hr_selection *selection, int64_t k)
{
    selection->k = k < selection->most ? k : selection->most;
    selection->room = room_for(selection->k);
    selection->count = 0;
    selection->limit = -INFINITY;
}

/* A key that is smaller for a better score: the bits of floats ascend as integers, those of negative ones descend. */
static int64_t key_of(float score)
{
    int32_t bits;
    score += 0.0F; /* -0 is 0 */
    memcpy(&bits, &score, sizeof bits);
    return -(int64_t)(bits < 0 ? bits ^ INT32_MAX : bits);
}

static float score_of(int64_t key)
{
    const int32_t ordered = (int32_t)-key, bits = ordered < 0 ? ordered ^ INT32_MAX : ordered;
    float score;
    memcpy(&score, &bits, sizeof score);
    return score;
}

/* Keeps the k best. */
static void cut(hr_selection *s)
{
    if (s->count <= s->k)
        return;
    hr_select_keyed(s->best, s->count, s->k);
    s->count = s->k;
    int64_t worst = s->best[0].key;
    for (int64_t i = 1; i < s->k; i++)
        worst = s->best[i].key > worst ? s->best[i].key : worst;
    s->limit = score_of(worst);
}

static void offer_piece(hr_selection *s, const float *score, int32_t first_item, int64_t count,
                        const uint8_t *allowed)
{
    const int64_t above = hr_scores_above(score, count, s->limit, 0, s->above);
    for (int64_t i = 0; i < above; i++) {
        const int32_t at = s->above[i], item = first_item + at;
        if (!(score[at] > s->limit) || (allowed && !allowed[item]))
            continue;
        if (s->count == s->room)
            cut(s);
        if (score[at] > s->limit)
            s->best[s->count++] = (hr_keyed){key_of(score[at]), item};
    }
}

void hr_selection_offer(hr_selection *selection, const float *score, int32_t first_item, int64_t count,
                        const uint8_t *allowed)
{
    for (int64_t i = 0; i < count; i += PIECE)
        offer_piece(selection, score + i, first_item + (int32_t)i, count - i < PIECE ? count - i : PIECE,
                    allowed);
}

void hr_selection_finish(hr_selection *selection, hr_topk *best)
{
    cut(selection);
    hr_sort_keyed(selection->best, selection->count);
    best->count = selection->count;
    for (int64_t i = 0; i < selection->count; i++) {
        best->score[i] = score_of(selection->best[i].key);
        best->item[i] = (int32_t)selection->best[i].value;
    }
}
