#include "io/strings.h"

#include "io/memory.h"

#include <string.h>

hr_status hr_strings_append(hr_strings *strings, const char *text, int64_t length, hr_error *err)
{
    hr_status status = HR_OK;
    HR_GROW(strings->start, strings->start_capacity, strings->count + 1);
    HR_GROW(strings->bytes, strings->byte_capacity, strings->used + length + 1);
    strings->start[strings->count++] = strings->used;
    memcpy(strings->bytes + strings->used, text, (size_t)length);
    strings->used += length;
    strings->bytes[strings->used++] = '\0';
done:
    return status;
}

void hr_strings_free(hr_strings *strings)
{
    free(strings->start);
    free(strings->bytes);
    *strings = (hr_strings){0};
}
