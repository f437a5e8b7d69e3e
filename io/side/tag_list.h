/* Lists of tags that users gave items. */
#ifndef HR_IO_SIDE_TAG_LIST_H
#define HR_IO_SIDE_TAG_LIST_H

#include "io/base/error.h"
#include "io/side/side_report.h"
#include "io/side/side_rows.h"
#include "io/side/side_table.h"

/* Wanted columns of hr_tag_form.table, in this order. */
enum { HR_TAG_USER, HR_TAG_ITEM, HR_TAG_TEXT, HR_TAG_TIME };

/* Hands over the tags of the table at `path`. Times are seconds or milliseconds since 1970, or dates as ISO 8601 writes
 * them.
 *   names  NULL, or a table of two columns, number and text of a tag, where the list has numbers
 * HR_OK also where a table cannot be read, which is reported; HR_MEMORY, and what `take` returns. */
hr_status hr_tag_list_read(const char *path, const char *names, const hr_side_form *form, hr_take_tag *take,
                           void *context, hr_side_report *report, hr_error *err);

#endif
