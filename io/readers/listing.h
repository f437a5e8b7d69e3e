/* Names of the files in a folder, or in a folder of a zip. */
#ifndef HR_IO_READERS_LISTING_H
#define HR_IO_READERS_LISTING_H

#include "io/base/error.h"
#include "io/base/strings.h"

#include <stdbool.h>

enum { HR_PATH_LENGTH = 4096 };

/* Zero-initialise; free with hr_listing_free. */
typedef struct hr_listing {
    char folder
        [HR_PATH_LENGTH]; /* what stands before a name to make it a path: "ml-20m/", "x.zip:", "x.zip:ml-20m/" */
    bool is_zip;
    hr_strings file;  /* names of files, ascending */
    hr_strings below; /* names of folders, ascending; in a zip those of all depths */
} hr_listing;

void hr_listing_free(hr_listing *listing);

/* Lists `path`: a folder; a zip; a folder of either that another listing has (its `folder` and one of its `below`).
 * HR_IO where it cannot be read, HR_INPUT for a damaged zip. */
hr_status hr_listing_read(hr_listing *listing, const char *path, hr_error *err);

/* Lists the folder that the file `path`, which may be FILE.zip:MEMBER, is in; *name is the file's name there, in `path`. */
hr_status hr_listing_read_beside(hr_listing *listing, const char *path, const char **name, hr_error *err);

/* Whether `path` is a folder, or a zip that is to be looked into as one. */
bool hr_listing_is_possible(const char *path);

/* The first file that has one of these names, as hr_name_is_among of io/packed/file_names.h takes them; an earlier name goes
 * before a later one. NULL where there is none. */
const char *hr_listing_find(const hr_listing *listing, const char *names);

/* Writes the path of a file of the listing. HR_INPUT where it is too long. */
hr_status hr_listing_path(const hr_listing *listing, const char *file, char path[HR_PATH_LENGTH],
                          hr_error *err);

#endif
