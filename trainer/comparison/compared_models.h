/* Two trained models, evaluated on the same users: which is better, by how much, and whether it is chance. */
#ifndef HR_TRAINER_COMPARISON_COMPARED_MODELS_H
#define HR_TRAINER_COMPARISON_COMPARED_MODELS_H

#include "trainer/comparison/evaluated_model.h"

/* Chance below which a difference is told as one. */
#define HR_CHANCE_LIMIT 0.05

/* Zero-initialise. */
typedef struct hr_compared_models {
    const hr_evaluated_model *first, *second;
    const hr_figure_table *table;              /* of the figures that both have */
    hr_difference difference[HR_MOST_FIGURES]; /* [table->figures] second less first */
    int deciding; /* the figure by which one is called better: rmse of models that both predict ratings, else
                                   * ndcg at the largest k */
} hr_compared_models;

/* Compares two models that full ranking has evaluated by one call; both must outlive the comparison. Collective; all
 * ranks return the same status: HR_USAGE where they are not evaluated on the same ratings, HR_MEMORY. */
hr_status hr_compare_models(hr_compared_models *compared, const hr_comm *comm, hr_evaluated_model *first,
                            hr_evaluated_model *second, hr_error *err);

/* The sign of what the second is: 1 better, -1 worse, 0 no different beyond chance. */
int hr_compared_sign(const hr_compared_models *compared);

#endif
