/* Files that list movies or users, one a line. */
#ifndef HR_TRAINER_CATALOGUE_MOVIE_FILE_H
#define HR_TRAINER_CATALOGUE_MOVIE_FILE_H

#include "io/base/error.h"
#include "io/base/strings.h"
#include "trainer/catalogue/catalogue.h"

#include <stdint.h>

/* Appends the lines of a text file (io/text/text_file.h), without blanks around them. Empty lines stay, so that line n is
 * number n - 1. Local. HR_IO, HR_INPUT where it is no text, HR_MEMORY. */
hr_status hr_lines_read(hr_strings *lines, const char *path, hr_error *err);

/* Sets listed[m] to 1 for each movie that a line names by its id or title (hr_find_movie); empty lines name none.
 *   listed  [catalogue->movies]
 * HR_INPUT, naming the line, where one names no movie, or the file names none; otherwise as hr_lines_read. Local. */
hr_status hr_movie_file_read(uint8_t *listed, const hr_catalogue *catalogue, const char *path, hr_error *err);

#endif
