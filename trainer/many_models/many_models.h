/* Models trained and evaluated one after the other, on the same ranks and data, and compared.
 *
 * The folder keeps of each model and seed a checkpoint, the log and the result (result_file.h), and of all of them
 * compare.json, compare.md and compare.html. A run that was killed goes on where it was. */
#ifndef HR_TRAINER_MANY_MODELS_MANY_MODELS_H
#define HR_TRAINER_MANY_MODELS_MANY_MODELS_H

#include "trainer/many_models/side_by_side.h"

/* What is asked for: m's dataset, folder, seeds and evaluation, of which cutoffs.count may be 0: 20, or 20, 50 and 100
 * where users are held out whole. All other members of m are filled in. Zero-initialise `sides`; hr_side_by_side_free it in
 * any case; m and entries must outlive it.
 *
 * Models that cannot be compared get a reason. Collective; all ranks return the same status: HR_USAGE where the folder is
 * of another dataset, has other files or a model with other options; HR_INPUT where the dataset has nothing held out or a
 * file is damaged; HR_STOPPED after a signal in training, of which the message says how to go on; HR_IO, HR_MEMORY,
 * HR_COMM. */
hr_status hr_many_models_run(hr_side_by_side *sides, const hr_comm *comm, hr_many_models *m,
                             hr_entries *entries, hr_error *err);

#endif
