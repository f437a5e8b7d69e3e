/* Ranges of numbers as options have them: "A:B", "A:", ":B" or "A". */
#ifndef HR_TRAINER_CATALOGUE_VALUE_RANGE_H
#define HR_TRAINER_CATALOGUE_VALUE_RANGE_H

#include "io/base/error.h"

#include <stdbool.h>

/* From `from` to `to`, both included; -INFINITY and INFINITY where the option leaves them out. */
typedef struct hr_value_range {
    double from, to;
    bool percent; /* the numbers end in %: they are quantiles */
} hr_value_range;

/* Reads a range.
 *   option   its name, without the dashes
 *   percent  whether numbers may end in %
 * HR_USAGE for anything else, or a range that ends before it begins. */
hr_status hr_value_range_parse(hr_value_range *range, const char *option, const char *text, bool percent,
                               hr_error *err);

#endif
