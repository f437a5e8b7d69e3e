/* What is exported, on one rank: rows, ids, titles, genres of its block of users and of movies. */
#ifndef HR_TRAINER_EXPORT_EXPORT_ROWS_H
#define HR_TRAINER_EXPORT_EXPORT_ROWS_H

#include "io/base/error.h"
#include "io/base/strings.h"
#include "io/comm/comm.h"
#include "io/comm/row_block.h"
#include "io/dataset/ids.h"
#include "io/vectors/row_file.h"
#include "trainer/config/train_config.h"

#include <stdbool.h>

/* Most matrices that there are, and the number of the first of an index. */
enum { HR_EXPORT_MATRICES = 6, HR_EXPORT_INDEX = 4 };

/* One of them. */
typedef struct hr_export_matrix {
    const char *name;
    bool is_of_users;
    hr_row_matrix rows;
} hr_export_matrix;

/* Zero-initialise; free with hr_export_rows_free. */
typedef struct hr_export_rows {
    hr_train_config config; /* of the run */
    int64_t users, movies;
    hr_row_block block; /* of this rank */
    hr_ids user_id, movie_id;
    hr_strings title, genres;                    /* [block.movies], genres joined by '|' */
    float *output, *source;                      /* [(block.users + block.movies) x dim] */
    float *index;                                /* [the same x (dim + 1)], or NULL */
    int count;                                   /* of matrices */
    hr_export_matrix matrix[HR_EXPORT_MATRICES]; /* into these arrays */
} hr_export_rows;

/* Reads them. Collective; all ranks return the same. Errors as hr_export. */
hr_status hr_export_rows_read(hr_export_rows *rows, const hr_comm *comm, const char *checkpoint,
                              const char *dataset, hr_error *err);
void hr_export_rows_free(hr_export_rows *rows);

/* Whether scores are dot products of output rows. */
bool hr_export_is_dot_product(const hr_export_rows *rows);

/* Writes README.txt's text. Local. */
void hr_export_note(const hr_export_rows *rows, FILE *out);

#endif
