/* Files of a JSON object a line. */
#ifndef HR_IO_FORMATS_JSON_LINES_H
#define HR_IO_FORMATS_JSON_LINES_H

#include "io/readers/listing.h"
#include "io/readers/source_parts.h"

/* Says that `path`, which is JSON, is not read, and what is: an object a line. HR_INPUT. */
hr_status hr_json_fail(const char *path, hr_error *err);

/* Whether text that begins with `sample` is JSON: a list, or an object. */
bool hr_json_is_like(hr_text_piece sample);

/* Adds meta_STEM.json or meta_STEM.jsonl, if there is one, as the titles and categories of items. `stem` ends at its
 * first point, and "reviews_" before it and "_5" behind it are not part of it. HR_MEMORY. */
hr_status hr_json_meta_add(hr_source *source, const hr_listing *listing, const char *stem, hr_error *err);

#endif
