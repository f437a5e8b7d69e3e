/* Reads the text format in which LightGCN's datasets are published. */
#ifndef HR_IO_READERS_LIGHTGCN_H
#define HR_IO_READERS_LIGHTGCN_H

#include "io/base/error.h"
#include "io/readers/import.h"

#include <stdbool.h>

/* Whether `path` is a folder with train.txt. */
bool hr_lightgcn_recognise(const char *path);

/* Reads train.txt and test.txt (and valid.txt where there is one) of folder `path` into *raw. A line is
 * `user item item …`, separated by blanks; a user alone on a line has nothing there. Each mention becomes a
 * rating of 1 at time 0 in its file's split. HR_INPUT with file and line for anything but
 * non-negative whole numbers, or for a train.txt without a rating. */
hr_status hr_lightgcn_read(const char *path, hr_raw *raw, hr_error *err);

#endif
