/* Some columns of rows of floats that lie one after the other. */
#ifndef HR_TRAINER_NUMERICS_COLUMNS_H
#define HR_TRAINER_NUMERICS_COLUMNS_H

#include <stdint.h>

/* `count` columns of rows that lie `stride` floats apart. */
typedef struct hr_columns {
    const float *at;
    int64_t count, stride;
} hr_columns;

/* All columns of rows that lie one after the other. */
static inline hr_columns hr_all_columns(const float *at, int64_t count)
{
    return (hr_columns){at, count, count};
}

#endif
