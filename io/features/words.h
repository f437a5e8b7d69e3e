/* Parts of titles and tags: the year of a title, its words, the normalised spelling of a tag. */
#ifndef HR_IO_FEATURES_WORDS_H
#define HR_IO_FEATURES_WORDS_H

#include "io/base/error.h"
#include "io/base/strings.h"

#include <stdint.h>

/* The year of four digits in a title's last parentheses, "(1995)" or "(1995-1998)"; 0 where there is none.
 * *name_length is the number of bytes before those parentheses, or of all where there are none. */
int32_t hr_title_year(const char *title, int64_t *name_length);

/* Appends the words of a title without its year, in their order, repeated ones too: pieces between
 * bytes that are neither letters nor digits, in lower case, without words of one letter and without the most
 * common English words. Any UTF-8 beyond ASCII counts as a letter, and only ASCII is lower-cased. HR_MEMORY.
 */
hr_status hr_title_words(const char *title, hr_strings *words, hr_error *err);

/* Appends one string: the tag in lower case (ASCII alone), without blanks at its ends, one blank for each run
 * of blanks inside; "" for a tag of blanks. HR_MEMORY. */
hr_status hr_tag_clean(const char *tag, hr_strings *cleaned, hr_error *err);

#endif
