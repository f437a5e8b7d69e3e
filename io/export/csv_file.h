/* A CSV file that is being written under a temporary name. */
#ifndef HR_IO_EXPORT_CSV_FILE_H
#define HR_IO_EXPORT_CSV_FILE_H

#include "io/base/error.h"

#include <stdint.h>
#include <stdio.h>

/* Zero-initialise; close with hr_csv_close. */
typedef struct hr_csv {
    char *path, *temporary;
    FILE *file;
} hr_csv;

/* Opens folder/name and writes the header line. HR_IO, HR_MEMORY. */
hr_status hr_csv_open(hr_csv *csv, const char *folder, const char *name, const char *header, hr_error *err);

/* Writes a field, in quotes where it has to be, then `end`: ',' or '\n'. What fails here fails when it is published. */
void hr_csv_text(hr_csv *csv, const char *text, char end);

/* Gives the file its name. HR_IO. */
hr_status hr_csv_publish(hr_csv *csv, hr_error *err);

/* Closes; removes what was not published. */
void hr_csv_close(hr_csv *csv);

#endif
