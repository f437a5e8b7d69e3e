/* The formats that are known. */
#ifndef HR_IO_READERS_FORMATS_H
#define HR_IO_READERS_FORMATS_H

#include "io/readers/source_parts.h"

/* Ended by NULL. The first that recognises a path is taken; the table, which knows any, comes last. */
extern const hr_format *const hr_formats[];

extern const hr_format hr_format_table;

#endif
