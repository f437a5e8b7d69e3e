#include "trainer/export/index_rows.h"

#include <math.h>
#include <string.h>

static double square_of(const float *row, int64_t dim)
{
    double sum = 0.0;
    for (int64_t c = 0; c < dim; c++)
        sum += (double)row[c] * (double)row[c];
    return sum;
}

double hr_index_largest_square(const float *row, int64_t count, int64_t dim)
{
    double largest = 0.0;
    for (int64_t i = 0; i < count; i++)
        largest = fmax(largest, square_of(row + i * dim, dim));
    return largest;
}

void hr_index_rows(const float *row, int64_t count, int64_t dim, double square, float *index)
{
    for (int64_t i = 0; i < count; i++) {
        float *out = index + i * (dim + 1);
        memcpy(out, row + i * dim, (size_t)dim * sizeof *out);
        out[dim] = square > 0.0 ? (float)sqrt(fmax(0.0, square - square_of(row + i * dim, dim))) : 0.0F;
    }
}
