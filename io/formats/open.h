/* From a path to a source: which format it is of, which files, which split. */
#ifndef HR_IO_FORMATS_OPEN_H
#define HR_IO_FORMATS_OPEN_H

#include "io/base/error.h"
#include "io/readers/source.h"

/* Finds the format of `path`, a file, a folder or a zip, and opens its rating files. Every process may open it. HR_USAGE
 * for options that do not fit; HR_INPUT where no format fits, or several, with what was found and what to type; HR_IO.
 * On success *source is the caller's to close. */
hr_status hr_source_open(hr_source **source, const char *path, const hr_source_options *options,
                         hr_error *err);

#endif
