/* Zip archives: the files in them, and paths that name one of these. */
#ifndef HR_IO_TEXT_ZIP_MEMBERS_H
#define HR_IO_TEXT_ZIP_MEMBERS_H

#include "io/base/error.h"
#include "io/base/strings.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends the names of the files in a zip, folders and what macOS adds aside, in the order of the zip. HR_INPUT where it
 * is damaged; HR_IO, HR_MEMORY. */
hr_status hr_zip_members(const char *file, hr_strings *names, hr_error *err);

/* Whether `path` is FILE:MEMBER, where FILE is a zip; *length is then the length of FILE. */
bool hr_zip_of_path(const char *path, size_t *length);

/* Whether `file` is a zip, by its first bytes. */
bool hr_is_zip(const char *file);

#endif
