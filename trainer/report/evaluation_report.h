/* The figures of an evaluation, as text and as JSON. */
#ifndef HR_TRAINER_REPORT_EVALUATION_REPORT_H
#define HR_TRAINER_REPORT_EVALUATION_REPORT_H

#include "io/dataset/dataset.h"
#include "trainer/evaluation/list_tally.h"
#include "trainer/evaluation/metrics.h"
#include "trainer/evaluation/protocol.h"
#include "trainer/evaluation/rating_errors.h"
#include "trainer/evaluation/sampled.h"

typedef struct hr_evaluation_report {
    const char *split;              /* the part */
    const hr_dataset_summary *data; /* whose rule of splitting is told */
    double diversity;               /* that lists were re-ranked for */
    hr_cutoffs cutoffs;
    hr_protocols protocols;
    bool has_full, has_errors; /* whether metrics and lists, errors are filled */
    hr_metrics metrics;
    hr_list_figures_at lists[HR_MAX_CUTOFFS];
    const hr_similarities *similarity; /* that lists were compared by */
    hr_rating_errors errors;
    hr_sampled sampled[HR_MAX_PROTOCOLS]; /* [protocols.count] undefined for "full" */
} hr_evaluation_report;

void hr_evaluation_report_text(const hr_evaluation_report *report);
hr_status hr_evaluation_report_json(const hr_evaluation_report *report, hr_error *err); /* HR_MEMORY */

#endif
