/* What an evaluation finds user by user, as text files with a head line, fields set apart by tabs, that all ranks write:
 *
 *   figures    user, train, held, auc, and recall, ndcg, precision, hit, mrr, map, capped_recall @ each k; of ratings also ratings, rmse
 *              and mae: a line for each user that has something held out
 *   lists      user, rank, movie, score, held (1 where the movie is held out): a line for each movie of a list
 *   negatives  user, held, drawn: a line for each movie that a sampled protocol draws for a held-out one */
#ifndef HR_TRAINER_COMPARISON_USER_FILES_H
#define HR_TRAINER_COMPARISON_USER_FILES_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/hdf5/output_kind.h"
#include "trainer/comparison/evaluated_model.h"

/* Paths; NULL or "" is not written. */
typedef struct hr_user_files {
    const char *figures, *lists, *negatives;
} hr_user_files;

/* How they are told from others' files, in this order. */
enum { HR_USER_FILES = 3 };
extern const hr_output_marks hr_user_file_marks[HR_USER_FILES];

/* Writes them. The dataset is that of the model. Collective; all ranks return the same. HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_user_files_write(const hr_user_files *files, const hr_comm *comm,
                              const hr_evaluated_model *model, const char *dataset, hr_error *err);

#endif
