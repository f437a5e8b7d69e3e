/* A trained model, evaluated: its figures by all protocols, by segment, with intervals, and user by user. */
#ifndef HR_TRAINER_COMPARISON_EVALUATED_MODEL_H
#define HR_TRAINER_COMPARISON_EVALUATED_MODEL_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/comparison/figure_table.h"
#include "trainer/comparison/mixture_choice.h"
#include "trainer/comparison/resampling.h"
#include "trainer/evaluation/list_tally.h"
#include "trainer/evaluation/metrics.h"
#include "trainer/evaluation/protocol.h"
#include "trainer/evaluation/rating_errors.h"
#include "trainer/evaluation/sampled.h"
#include "trainer/recommend/known_movies.h"
#include "trainer/scoring/load_scorer.h"

#include <stdbool.h>
#include <stdint.h>

/* How it is evaluated. */
typedef struct hr_evaluation_call {
    hr_split split;         /* HR_VALID or HR_TEST: what is held out */
    const char *split_name; /* "test" */
    hr_cutoffs cutoffs;
    hr_protocols protocols;
    double diversity;   /* that lists are re-ranked for; 0: not */
    int64_t users;      /* about how many of them are drawn (user_sample.h); 0: all */
    uint64_t seed;      /* of sampled protocols, of resampling, and of users */
    int64_t replicates; /* of intervals; 0: none */
    int64_t new_below;  /* figure_table.h */
    double popular_share;
    hr_mixing mixing;     /* other models, and shares */
    bool chooses_mixture; /* mixture_choice.h, instead of the shares */
    bool keeps_lists;     /* whether each user's list is kept */
} hr_evaluation_call;

/* Zero-initialise; free with hr_evaluated_model_free. Its members point at one another: it must stay where it is. */
typedef struct hr_evaluated_model {
    const hr_evaluation_call *call;
    hr_loaded loaded;
    hr_mixture_choice choice; /* where it was asked for */
    hr_known_movies known;
    bool has_full, has_errors; /* whether full ranking, errors of ratings were asked for */
    double seconds;            /* that full ranking took, of this rank */
    hr_metrics metrics;
    hr_list_figures_at lists[HR_MAX_CUTOFFS];
    hr_rating_errors errors;
    hr_sampled sampled[HR_MAX_PROTOCOLS]; /* [call->protocols.count] undefined for "full" */

    /* Of full ranking: */
    uint8_t *is_popular; /* [movies] */
    int64_t popular_least;
    hr_user_figures figures;
    hr_figure_table table;
    hr_estimate estimate[HR_MOST_FIGURES]; /* [table.figures] */
} hr_evaluated_model;

/* Evaluates a checkpoint on a dataset. The call must outlive the model. Collective; all ranks return the same status:
 * HR_INPUT where the dataset has no such part, nobody who was drawn has anything held out, a file is damaged or the checkpoint is of another dataset; HR_USAGE where
 * the model has no rows of users that are held out whole, or what is asked for does not fit; HR_MEMORY. */
hr_status hr_evaluate_model(hr_evaluated_model *model, const hr_comm *comm, const char *checkpoint,
                            const char *dataset, const hr_evaluation_call *call, hr_error *err);
void hr_evaluated_model_free(hr_evaluated_model *model);

#endif
