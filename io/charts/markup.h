/* Text as XML and HTML show it, whatever it contains. */
#ifndef HR_IO_CHARTS_MARKUP_H
#define HR_IO_CHARTS_MARKUP_H

#include <stdio.h>

/* Writes text, between tags or in a quoted attribute: &, <, >, " and ' by name; control characters, marks that change the
 * direction of writing and bytes that are not UTF-8 as io/base/utf8.h shows them. Of a text beyond 16,000 bytes the
 * beginning. */
void hr_markup_text(FILE *out, const char *text);

#endif
