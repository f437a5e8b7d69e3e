/* What a page needs to know of a trained model and its dataset. */
#ifndef HR_TRAINER_FIGURES_RUN_MODEL_H
#define HR_TRAINER_FIGURES_RUN_MODEL_H

#include "io/base/error.h"
#include "io/statistics/statistics.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/scoring/load_scorer.h"

#include <jansson.h>
#include <stdint.h>

/* On one process. Zero-initialise; free with hr_run_model_free. It must stay where it is. */
typedef struct hr_run_model {
    const char *checkpoint, *dataset; /* paths */
    hr_checkpoint_summary trained;
    json_t *run; /* of the checkpoint: options, progress */
    hr_loaded loaded;
    hr_catalogue catalogue;
    hr_statistics statistics;
    int64_t *popularity; /* [movies] train ratings */
} hr_run_model;

/* Reads both files. HR_IO, HR_INPUT where one is damaged or they do not belong together, HR_MEMORY. */
hr_status hr_run_model_load(hr_run_model *model, const char *checkpoint, const char *dataset, hr_error *err);
void hr_run_model_free(hr_run_model *model);

#endif
