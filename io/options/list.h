/* Lists that an option's value holds, such as --k 10,20. */
#ifndef HR_IO_OPTIONS_LIST_H
#define HR_IO_OPTIONS_LIST_H

#include "io/base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* What an option's list of numbers may hold. */
typedef struct hr_list {
    const char *option;  /* without the dashes */
    const char *what;    /* "whole numbers", "numbers of seconds" */
    const char *example; /* "10,20" */
    int fewest, most;    /* numbers */
    double minimum, maximum;
    bool ascends; /* each number is above the one before */
} hr_list;

/* Reads numbers separated by commas; an empty text holds none. HR_USAGE with the option, the text and what
 * was expected.
 *   values  [list->most] receives the numbers
 *   count   receives how many there are
 */
hr_status hr_list_ints(const hr_list *list, const char *text, int64_t *values, int *count, hr_error *err);
hr_status hr_list_reals(const hr_list *list, const char *text, double *values, int *count, hr_error *err);

enum { HR_WORD_LENGTH = 64 };
typedef char hr_word[HR_WORD_LENGTH];

/* The pieces below, for lists of another shape, whose messages are the caller's. Each returns how many values
 * the text holds, or -1 where there are more than `most` or one is malformed; an empty text holds none.
 * Numbers are finite; a word is shorter than HR_WORD_LENGTH and may be empty. */
int hr_separate_ints(const char *text, char separator, int64_t *values, int most);
int hr_separate_reals(const char *text, char separator, double *values, int most);
int hr_separate_words(const char *text, char separator, hr_word *words, int most);

#endif
