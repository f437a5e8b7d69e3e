/* A model's figures, user by user, as a file: what a comparison keeps of a model that is trained and evaluated.
 *
 * `format` = "halorec-result", `version` = 1:
 *   attributes  about (JSON: what was trained on what, how it was evaluated, and what that took)
 *   user        int64 [users]     those who have something held out, ascending
 *   ratings     int64 [users]     held-out ratings of each whose values are predicted; 0 of a model of rankings
 *   value       int64 [users x figures]  figures in units of 2^-30, in the order of about.figures; -2^63: not a number */
#ifndef HR_TRAINER_MANY_MODELS_RESULT_FILE_H
#define HR_TRAINER_MANY_MODELS_RESULT_FILE_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "trainer/comparison/figure_table.h"

#include <jansson.h>

#define HR_RESULT_FORMAT "halorec-result"

/* Writes the figures of all users, and of errors of ratings, which the table has; those of segments are left out. The names
 * of the figures are added to `about`. Each rank has its users, in order of ranks. Collective; all ranks return the same
 * status. HR_IO, HR_MEMORY, HR_COMM. */
hr_status hr_result_write(const hr_comm *comm, const char *path, json_t *about, const hr_figure_table *table,
                          hr_error *err);

/* Zero-initialise; free with hr_result_free. */
typedef struct hr_result {
    json_t *about;
    hr_figure_table rankings; /* of all users */
    hr_figure_table errors;   /* rmse and mae; without figures where the model predicts no ratings */
} hr_result;

/* Reads `about` alone. Local. HR_IO, HR_INPUT, HR_MEMORY. */
hr_status hr_result_read_about(const char *path, json_t **about, hr_error *err);

/* Reads this rank's share of the users: the same ones from any file of as many. Local. HR_IO; HR_INPUT where the file is
 * damaged; HR_MEMORY. */
hr_status hr_result_read(hr_result *result, const hr_comm *comm, const char *path, hr_error *err);
void hr_result_free(hr_result *result);

#endif
