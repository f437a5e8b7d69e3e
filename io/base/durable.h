/* Files that are whole or not there: written under a temporary name, flushed, renamed. */
#ifndef HR_IO_BASE_DURABLE_H
#define HR_IO_BASE_DURABLE_H

#include "io/base/error.h"

/* Flushes the file `temporary` to the disk and gives it the name `path`, replacing an older file, for good:
 * the folder is flushed as well. HR_IO where the system refuses; `path` is then what it was. One process. */
hr_status hr_publish(const char *temporary, const char *path, hr_error *err);

#endif
