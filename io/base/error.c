#include "io/base/error.h"

#include <stdarg.h>
#include <stdio.h>

hr_status hr_fail(hr_error *err, hr_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(err->text, sizeof err->text, format, arguments);
    va_end(arguments);
    return status;
}

hr_status hr_fail_in(hr_error *err, hr_status status, const char *path)
{
    const hr_error inner = *err;
    return status == HR_OK ? HR_OK : hr_fail(err, status, "%s: %s", path, inner.text);
}
