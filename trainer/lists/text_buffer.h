/* Text that grows in memory. */
#ifndef HR_TRAINER_LISTS_TEXT_BUFFER_H
#define HR_TRAINER_LISTS_TEXT_BUFFER_H

#include "io/base/error.h"
#include "io/dataset/ids.h"

#include <jansson.h>
#include <stdint.h>

/* Zero-initialise; free with hr_text_buffer_free. Not NUL-terminated. */
typedef struct hr_text_buffer {
    char *bytes;
    int64_t used, capacity;
} hr_text_buffer;

void hr_text_buffer_free(hr_text_buffer *text);

/* Each appends something; HR_MEMORY. */
hr_status hr_text_add(hr_text_buffer *text, const char *more, hr_error *err);
hr_status hr_text_add_bytes(hr_text_buffer *text, const char *more, int64_t length, hr_error *err);
hr_status hr_text_add_integer(hr_text_buffer *text, int64_t number, hr_error *err);

/* A number with seven digits, without zeros at the end: 4.5, 0.001234567, 1234568. */
hr_status hr_text_add_number(hr_text_buffer *text, double number, hr_error *err);

/* A field of a table: tabs, line ends and backslashes become \t, \n, \r and \\. */
hr_status hr_text_add_field(hr_text_buffer *text, const char *field, hr_error *err);
hr_status hr_text_add_id(hr_text_buffer *text, const hr_ids *ids, int64_t index, hr_error *err);

/* A JSON value, which is freed; NULL is want of memory. */
hr_status hr_text_add_json(hr_text_buffer *text, json_t *value, hr_error *err);
hr_status hr_text_add_id_json(hr_text_buffer *text, const hr_ids *ids, int64_t index, hr_error *err);

#endif
