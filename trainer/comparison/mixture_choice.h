/* Shares of the models of a mixture, chosen by what they give on the validation part: --mixture auto. Whole tenths are tried,
 * each by full ranking. What one rank finds, all do. */
#ifndef HR_TRAINER_COMPARISON_MIXTURE_CHOICE_H
#define HR_TRAINER_COMPARISON_MIXTURE_CHOICE_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/evaluation/metrics.h"
#include "trainer/scoring/load_scorer.h"

#include <stdint.h>

/* Shares are of tenths; four models have 286 ways to divide them. */
enum { HR_SHARE_PARTS = 10, HR_MOST_CHOICES = 286, HR_SHARES_LENGTH = 32 };

typedef struct hr_tried_mixture {
    char shares[HR_SHARES_LENGTH]; /* as --mixture reads them: "70/30" */
    double recall, ndcg;
} hr_tried_mixture;

/* Zero-initialise. */
typedef struct hr_mixture_choice {
    int64_t k; /* of recall and ndcg: the largest of the cutoffs */
    int count; /* 0: nothing was chosen */
    int best;  /* of the highest recall; of equals the first, which has more of the first models */
    hr_tried_mixture tried[HR_MOST_CHOICES];
} hr_mixture_choice;

/* Chooses the shares by which `loaded`, of hr_load_scorer, scores from then on. Collective; all ranks return the same status.
 * HR_USAGE where it is one model, HR_INPUT where nothing is held out for validation, or of no user who was drawn; HR_MEMORY, HR_COMM. */
hr_status hr_mixture_choose(hr_mixture_choice *choice, const hr_comm *comm, hr_loaded *loaded,
                            const hr_cutoffs *cutoffs, hr_error *err);

#endif
