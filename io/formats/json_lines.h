/* Files of a JSON object a line. */
#ifndef HR_IO_FORMATS_JSON_LINES_H
#define HR_IO_FORMATS_JSON_LINES_H

#include "io/readers/listing.h"
#include "io/readers/source_parts.h"

/* Adds meta_STEM.json or meta_STEM.jsonl, if there is one, as the titles and categories of items. `stem` ends at its
 * first point, and "reviews_" before it and "_5" behind it are not part of it. HR_MEMORY. */
hr_status hr_json_meta_add(hr_source *source, const hr_listing *listing, const char *stem, hr_error *err);

#endif
