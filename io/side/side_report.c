#include "io/side/side_report.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

static void list(hr_side_report *report, const char *before, const char *format, va_list values)
{
    char *message = report->message[report->listed];
    if (report->listed == HR_SIDE_LISTED)
        return;
    report->listed++;
    const int length = snprintf(message, HR_SIDE_LENGTH, "%s", before);
    if (length >= 0 && length < HR_SIDE_LENGTH)
        vsnprintf(message + length, (size_t)(HR_SIDE_LENGTH - length), format, values);
}

void hr_side_report_note(hr_side_report *report, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    list(report, "", format, values);
    va_end(values);
}

void hr_side_bad(hr_side_file *file, const char *format, ...)
{
    char before[HR_SIDE_LENGTH];
    va_list values;
    file->report->count++;
    if (++file->bad > HR_SIDE_LISTED_A_FILE)
        return;
    snprintf(before, sizeof before, "%s:%" PRId64 ": ", hr_text_facts_of(file->text)->path,
             hr_text_line(file->text, file->offset));
    va_start(values, format);
    list(file->report, before, format, values);
    va_end(values);
}

hr_status hr_side_finish(hr_side_file *file, hr_status status, hr_status taken, const hr_error *err)
{
    if (file->bad > HR_SIDE_LISTED_A_FILE)
        hr_side_report_note(file->report, "%s: %" PRId64 " bad lines in all",
                            hr_text_facts_of(file->text)->path, file->bad);
    hr_text_close(file->text);
    file->text = NULL;
    if (status == HR_OK || status == HR_MEMORY || taken != HR_OK)
        return status;
    hr_side_report_note(file->report, "%s; the rest of it is not read", err->text);
    return HR_OK;
}
