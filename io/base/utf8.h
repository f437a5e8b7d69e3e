/* Text of unknown encoding made UTF-8: the older MovieLens editions are in Latin-1. */
#ifndef HR_IO_BASE_UTF8_H
#define HR_IO_BASE_UTF8_H

#include "io/base/error.h"
#include "io/base/strings.h"

/* Appends `length` bytes of text as they are where they are valid UTF-8, else read as Latin-1. HR_MEMORY. */
hr_status hr_utf8_append(hr_strings *strings, const char *text, int64_t length, hr_error *err);

#endif
