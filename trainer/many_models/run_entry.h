/* One model of a comparison, trained with one seed and evaluated: its checkpoint, log and result are files of the
 * comparison's folder, and what is there is not made again. */
#ifndef HR_TRAINER_MANY_MODELS_RUN_ENTRY_H
#define HR_TRAINER_MANY_MODELS_RUN_ENTRY_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/dataset/dataset.h"
#include "trainer/comparison/evaluated_model.h"
#include "trainer/many_models/entry.h"

#include <limits.h>

/* What is asked of a comparison. */
typedef struct hr_many_models {
    const char *dataset, *folder;
    int64_t seeds;                 /* 1 … seeds; a model that is counted is trained once */
    hr_evaluation_call evaluation; /* without replicates: results keep users */
    int64_t replicates;            /* of intervals and chances; 0: none */
    hr_dataset_summary data;
    double lowest, highest; /* train ratings */
} hr_many_models;

/* Seeds that the entry is trained with. Local. */
int64_t hr_entry_seeds(const hr_many_models *m, const hr_entry *entry);

/* The path of a file of the folder: "mf-bpr.s1" and `suffix`. HR_USAGE where it is too long. Local. */
hr_status hr_entry_path(const hr_many_models *m, const hr_entry *entry, int64_t seed, const char *suffix,
                        char path[PATH_MAX], hr_error *err);

/* Sees to it that the entry's result is in the folder. A result of these options and this evaluation is left as it is; one
 * of another evaluation is made anew from its checkpoint; a run that was stopped is resumed. Where the model cannot be
 * trained or evaluated on these data, entry->reason receives why. Collective; all ranks return the same status: HR_USAGE
 * where the folder has the model with other options, HR_IO, HR_STOPPED, HR_COMM; HR_INPUT where a file of the folder is
 * damaged. */
hr_status hr_entry_run(const hr_comm *comm, const hr_many_models *m, hr_entry *entry, int64_t seed,
                       hr_error *err);

#endif
