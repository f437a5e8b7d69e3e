/* For the sanitizers' search for leaks, whose quick way of tracing follows frame pointers: who allocates is named, and
 * stays named. Linked with every program of a sanitized build.
 *
 * Open MPI unloads its plugins, and what they left behind has no name then: dlclose unloads nothing here. Its libraries
 * allocate by asprintf, from which the C library's lack of frame pointers hides the caller: these have them. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int dlclose(void *handle);
int __vasprintf_chk(char **text, int flag, const char *format, va_list arguments);
int __asprintf_chk(char **text, int flag, const char *format, ...);

int dlclose(void *handle)
{
    (void)handle;
    return 0;
}

int __vasprintf_chk(char **text, int flag, const char *format, va_list arguments)
{
    va_list again;
    (void)flag;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    *text = length < 0 ? NULL : malloc((size_t)length + 1);
    return *text ? vsnprintf(*text, (size_t)length + 1, format, arguments) : -1;
}

int __asprintf_chk(char **text, int flag, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int length = __vasprintf_chk(text, flag, format, arguments);
    va_end(arguments);
    return length;
}
