/* Models side by side: figures of each, with intervals, and how each differs from the best.
 *
 * Several seeds: a user's figure is the mean over them, so that intervals and chances are of models, not of one run, and
 * the least and the most of single runs are told beside it. The best model is the one with the highest ndcg at the largest
 * k; of models that predict ratings, the one with the least rmse. */
#ifndef HR_TRAINER_MANY_MODELS_SIDE_BY_SIDE_H
#define HR_TRAINER_MANY_MODELS_SIDE_BY_SIDE_H

#include "trainer/comparison/resampling.h"
#include "trainer/many_models/run_entry.h"

/* Figures of one kind, rankings or errors of ratings. */
typedef struct hr_side_figures {
    hr_figure_table table; /* this rank's users; means over seeds */
    struct {
        hr_estimate of;
        double least, most;       /* of one seed */
        hr_difference difference; /* this model less the best */
    } at[HR_MOST_FIGURES];        /* [table.figures] */
} hr_side_figures;

/* One model. */
typedef struct hr_side {
    const hr_entry *entry;
    int64_t seeds;
    double seconds_train, seconds_score; /* means over seeds, of the slowest rank */
    double peak_memory; /* bytes, the most of any seed and rank; not a number where it is not known */
    int64_t ranks;      /* that trained it; 0: several numbers of them */
    double coverage[HR_MAX_CUTOFFS];
    hr_side_figures rankings, errors; /* errors without figures where no ratings are predicted */
} hr_side;

/* Zero-initialise; free with hr_side_by_side_free. */
typedef struct hr_side_by_side {
    const hr_many_models *m;
    const hr_entries *entries; /* those with a reason have no side */
    int count;
    hr_side *side;   /* [count] the best first */
    int deciding;    /* figure of rankings that orders them */
    int best_errors; /* side with the least rmse; -1: none predicts ratings */
} hr_side_by_side;

/* Reads the results of all entries that have no reason, and compares them. m and entries must outlive what is made.
 * Collective; all ranks return the same status: HR_USAGE where models hold out other ratings, HR_INPUT where a file is damaged, HR_IO, HR_MEMORY,
 * HR_COMM. */
hr_status hr_side_by_side_make(hr_side_by_side *s, const hr_comm *comm, const hr_many_models *m,
                               const hr_entries *entries, hr_error *err);
void hr_side_by_side_free(hr_side_by_side *s);

/* Whether a figure differs from the best model's by no more than chance. The best itself does not differ. */
bool hr_side_is_chance(const hr_side_figures *figures, int figure);

/* The figure of that name; -1 where there is none. */
int hr_side_find(const hr_side_figures *figures, const char *name);

#endif
