#include "io/readers/formats.h"

const hr_format *const hr_formats[] = {&hr_format_table, NULL};
