/* JSON, by jansson, with a record of its allocation failures. Most of its functions can fail for want of
 * memory, and what they build then lacks a member. Code builds a value without checks, and checks once before
 * the value is used. */
#ifndef HR_IO_BASE_JSON_H
#define HR_IO_BASE_JSON_H

#include "io/base/error.h"

#include <jansson.h>
#include <stdio.h>

/* HR_MEMORY, naming `what`, if an allocation of jansson's has failed on this thread since the last check. */
hr_status hr_json_check(const char *what, hr_error *err);

/* The text of a value, the caller's to free; NULL after a failure. HR_MEMORY, also where the value is not
 * whole. */
hr_status hr_json_text(const json_t *value, size_t flags, const char *what, char **text, hr_error *err);

/* Prints a value on a line of its own, with 8 digits. HR_MEMORY where it is not whole: nothing is printed
 * then. */
hr_status hr_json_print(const json_t *value, const char *what, FILE *out, hr_error *err);

/* A string, escaped as for messages (io/base/utf8.h) where the text is not UTF-8, of which JSON is. */
json_t *hr_json_string(const char *text);

#endif
