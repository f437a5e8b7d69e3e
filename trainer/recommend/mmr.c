#include "trainer/recommend/mmr.h"

#include <math.h>
#include <string.h>

enum { FEWEST_CANDIDATES = 100, CANDIDATES_A_MOVIE = 5 };

hr_status hr_mmr_check(const hr_similarities *similarity, const char *path, hr_error *err)
{
    if (similarity->count > 0)
        return HR_OK;
    return hr_fail(err, HR_USAGE,
                   "--diversity: %s has neither genres nor tags, by which movies differ; import it from a "
                   "MovieLens folder",
                   path);
}

int64_t hr_mmr_candidates(int64_t top)
{
    return CANDIDATES_A_MOVIE * top > FEWEST_CANDIDATES ? CANDIDATES_A_MOVIE * top : FEWEST_CANDIDATES;
}

static void scale_scores(const hr_topk *list, hr_mmr_candidate *candidate)
{
    const double least = (double)list->score[list->count - 1], range = (double)list->score[0] - least;
    for (int64_t i = 0; i < list->count; i++)
        candidate[i] = (hr_mmr_candidate){range > 0.0 ? ((double)list->score[i] - least) / range : 1.0, 0.0};
}

static int64_t find_best(const hr_mmr *mmr, const hr_mmr_candidate *candidate, int64_t first, int64_t end)
{
    int64_t best = first;
    double most = -INFINITY;
    for (int64_t i = first; i < end; i++) {
        const double value =
            (1.0 - mmr->diversity) * candidate[i].relevance - mmr->diversity * candidate[i].nearest;
        if (value > most) {
            most = value;
            best = i;
        }
    }
    return best;
}

/* Moves a candidate forward to the end of those picked; those it passes keep their order. */
static void pick(hr_topk *list, hr_mmr_candidate *candidate, int64_t from, int64_t to)
{
    const size_t passed = (size_t)(from - to);
    const float score = list->score[from];
    const int32_t item = list->item[from];
    memmove(list->score + to + 1, list->score + to, passed * sizeof *list->score);
    memmove(list->item + to + 1, list->item + to, passed * sizeof *list->item);
    memmove(candidate + to + 1, candidate + to, passed * sizeof *candidate);
    list->score[to] = score;
    list->item[to] = item;
}

void hr_mmr_rerank(const hr_mmr *mmr, int64_t top, hr_topk *list, hr_mmr_candidate *candidate)
{
    const int64_t candidates = list->count;
    list->count = top < candidates ? top : candidates;
    if (candidates == 0)
        return;
    scale_scores(&(hr_topk){.count = candidates, .score = list->score}, candidate);
    for (int64_t picked = 0; picked < list->count; picked++) {
        pick(list, candidate, find_best(mmr, candidate, picked, candidates), picked);
        for (int64_t i = picked + 1; i < candidates; i++)
            candidate[i].nearest =
                fmax(candidate[i].nearest,
                     hr_similarity_between(mmr->similarity, list->item[picked], list->item[i]));
    }
}
