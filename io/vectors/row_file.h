/* Files of rows that all ranks write, each the rows that it has, under a temporary name until they are whole. */
#ifndef HR_IO_VECTORS_ROW_FILE_H
#define HR_IO_VECTORS_ROW_FILE_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/hdf5/shared_file.h"

#include <stdint.h>
#include <stdio.h>

/* A matrix of which each rank has consecutive rows. */
typedef struct hr_row_matrix {
    int64_t rows, cols;   /* of the whole */
    int64_t first, count; /* this rank's rows */
    const float *row;     /* [count x cols] */
} hr_row_matrix;

/* Makes a file of `bytes` bytes, for all ranks to write: hr_shared_write, hr_shared_publish, hr_shared_close.
 * Collective; all ranks return the same. HR_IO, HR_MEMORY. */
hr_status hr_row_file_create(hr_shared_file **file, const hr_comm *comm, const char *path, int64_t bytes,
                             hr_error *err);

/* Writes the matrix as numpy.load reads it (npy.h). Collective; all ranks return the same. HR_IO, HR_MEMORY. */
hr_status hr_row_file_npy(const hr_comm *comm, const char *path, const hr_row_matrix *matrix, hr_error *err);

/* The same in Matrix Market's format for dense matrices, array real general: one number a line, column by column, of
 * 9 digits, by which a float reads back the same. */
hr_status hr_row_file_mtx(const hr_comm *comm, const char *path, const hr_row_matrix *matrix, hr_error *err);

/* Prints one line, with its end, of row number `index` of this rank. */
typedef void hr_row_line(void *context, int64_t index, FILE *out);

/* Writes a text file: `head` as it is, then a line for each row, `count` of them on this rank, in the order of ranks.
 * Each line is printed twice, once to be measured. Collective; all ranks return the same. HR_IO, HR_MEMORY. */
hr_status hr_row_file_text(const hr_comm *comm, const char *path, const char *head, int64_t count,
                           hr_row_line *line, void *context, hr_error *err);

#endif
