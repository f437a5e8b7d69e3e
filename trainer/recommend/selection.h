/* The k best of many scores, for any k: those above the worst of the best so far are put into a buffer, which is cut to the
 * k best when it is full. Takes a time of the order of the scores, and of k log k. */
#ifndef HR_TRAINER_RECOMMEND_SELECTION_H
#define HR_TRAINER_RECOMMEND_SELECTION_H

#include "io/base/error.h"
#include "io/base/sort.h"
#include "trainer/recommend/topk.h"

#include <stdint.h>

/* Of one user at a time. Zero-initialise; free with hr_selection_free. */
typedef struct hr_selection {
    int64_t k;
    int64_t count, room;
    int64_t most;   /* k that there is memory for */
    hr_keyed *best; /* [room] are used */
    int32_t *above; /* room for numbers of scores */
    float limit;    /* of which no score is among the k best */
} hr_selection;

/* For up to k best. HR_MEMORY. */
hr_status hr_selection_create(hr_selection *selection, int64_t k, hr_error *err);
void hr_selection_free(hr_selection *selection);

/* Forgets all scores; from now on k are kept, no more than it was created for. */
void hr_selection_begin(hr_selection *selection, int64_t k);

/* Offers items first_item … first_item + count - 1, those whose `allowed` is not 0; NULL allows all. NaN is passed over, and
 * so is -infinity. Offer items in ascending order.
 *   score    [count]
 *   allowed  by item: [first_item + count] and more */
void hr_selection_offer(hr_selection *selection, const float *score, int32_t first_item, int64_t count,
                        const uint8_t *allowed);

/* Fills `best`, best first; of equal scores the smaller item comes first. best->k is at least selection->k. */
void hr_selection_finish(hr_selection *selection, hr_topk *best);

#endif
