#include "io/base/median.h"

#include "io/base/sort.h"

double hr_median(double *values, int count)
{
    hr_sort_f64(values, count);
    return values[count / 2];
}
