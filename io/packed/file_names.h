/* Names of files, packed or not. */
#ifndef HR_IO_PACKED_FILE_NAMES_H
#define HR_IO_PACKED_FILE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* The name behind the last slash of a path, or behind the colon of FILE.zip:MEMBER. */
const char *hr_file_name(const char *path);

/* Whether a file has this name, whatever its case, and packed or not (".gz", ".zst", ".zip" behind the name). A pattern may
 * have '*' for anything. */
bool hr_name_is_like(const char *file, const char *pattern);

/* The same of any of several patterns, separated by blanks. */
bool hr_name_is_among(const char *file, const char *patterns);

/* Writes the first of several patterns into `pattern` [size], and returns where the next begins. */
const char *hr_next_name(const char *patterns, char *pattern, size_t size);

#endif
