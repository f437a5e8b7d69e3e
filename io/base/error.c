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
