#include "io/base/strings.h"

#include "io/base/memory.h"

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

static int by_text(const void *a, const void *b, void *context)
{
    const hr_strings *strings = context;
    return strcmp(hr_strings_at(strings, *(const int32_t *)a), hr_strings_at(strings, *(const int32_t *)b));
}

hr_status hr_strings_number(const hr_strings *strings, hr_strings *different, int32_t **number, hr_error *err)
{
    hr_status status = HR_OK;
    int32_t *order = NULL;
    *number = NULL;
    if (strings->count > INT32_MAX)
        return hr_fail(err, HR_MEMORY, "more strings to number than 32 bits count");
    HR_ALLOC(order, strings->count);
    HR_ALLOC(*number, strings->count);
    for (int64_t i = 0; i < strings->count; i++)
        order[i] = (int32_t)i;
    qsort_r(order, (size_t)strings->count, sizeof *order, by_text, (void *)strings);
    for (int64_t i = 0; i < strings->count; i++) {
        const char *text = hr_strings_at(strings, order[i]);
        if (i == 0 || strcmp(text, hr_strings_at(strings, order[i - 1])) != 0)
            HR_TRY(hr_strings_append(different, text, (int64_t)strlen(text), err));
        (*number)[order[i]] = (int32_t)different->count - 1;
    }
done:
    free(order);
    return status;
}

void hr_strings_free(hr_strings *strings)
{
    free(strings->start);
    free(strings->bytes);
    *strings = (hr_strings){0};
}
