#include "io/comm/log.h"

#include <stdarg.h>
#include <stdio.h>

void hr_log(const hr_comm *comm, const char *format, ...)
{
    if (comm->rank != 0)
        return;
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}
