/* Files that are whole or not there: written under a temporary name, flushed, renamed. */
#ifndef HR_IO_BASE_DURABLE_H
#define HR_IO_BASE_DURABLE_H

#include "io/base/error.h"

#include <limits.h>

/* What a file is called before it is whole: its name and this. */
#define HR_TEMPORARY_SUFFIX ".tmp"

/* The file that is made or replaced where `path` is written: `path` with the symbolic links that it ends in
 * followed, be there something behind them or not. HR_USAGE where links lead in a circle, or names are longer
 * than the system takes. One process. */
hr_status hr_link_target(const char *path, char target[PATH_MAX], hr_error *err);

/* The temporary name of `path`, in the folder of its link target; the caller frees *name. HR_USAGE as above,
 * HR_MEMORY. One process. */
hr_status hr_temporary_name(const char *path, char **name, hr_error *err);

/* Flushes the file `temporary` to the disk and gives it the name `path`, replacing an older file, for good:
 * the folder is flushed as well. A symbolic link at `path` stays, and what it names is replaced. HR_IO where the system refuses; `path` is then what it was. One process. */
hr_status hr_publish(const char *temporary, const char *path, hr_error *err);

#endif
