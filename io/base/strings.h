/* Many strings in one piece of memory: titles, tags, genre names. */
#ifndef HR_IO_BASE_STRINGS_H
#define HR_IO_BASE_STRINGS_H

#include "io/base/error.h"

#include <stdint.h>

/* Zero-initialise it before the first use; free with hr_strings_free. */
typedef struct hr_strings {
    int64_t count;
    int64_t *start; /* [capacity of starts] offset of each string in bytes */
    char *bytes;    /* NUL-terminated strings, one after the other */
    int64_t used, start_capacity, byte_capacity;
} hr_strings;

/* Appends a copy of `length` bytes of text, which must hold no NUL. HR_MEMORY where there is no room. */
hr_status hr_strings_append(hr_strings *strings, const char *text, int64_t length, hr_error *err);

/* The string number `index`, 0 <= index < count, NUL-terminated; valid until the next append. */
static inline const char *hr_strings_at(const hr_strings *strings, int64_t index)
{
    return strings->bytes + strings->start[index];
}

/* Sorts by bytes and keeps each string once: appends the different ones to *different, which must be empty,
 * and gives the number there of each, (*number) [strings->count], the caller's to free also after a failure.
 * HR_MEMORY, also for more strings than 32 bits count. */
hr_status hr_strings_number(const hr_strings *strings, hr_strings *different, int32_t **number,
                            hr_error *err);

/* Frees what it holds and leaves it empty. */
void hr_strings_free(hr_strings *strings);

#endif
