/* Lists of titles as Netflix's: "ITEM,YEAR,TITLE", where a title may have commas. */
#ifndef HR_IO_SIDE_TITLE_LINES_H
#define HR_IO_SIDE_TITLE_LINES_H

#include "io/base/error.h"
#include "io/side/side_report.h"
#include "io/side/side_rows.h"

/* As hr_item_list_read. */
hr_status hr_title_lines_read(const char *path, hr_take_item *take, void *context, hr_side_report *report,
                              hr_error *err);

#endif
