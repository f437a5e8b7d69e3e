/* Eigenvectors of symmetric matrices are orthonormal and diagonalise them, by LAPACK and without it: of full rank,
 * of rank one, diagonal, zero, of one row. */
#include "io/base/philox.h"
#include "tests/support/cmocka_tests.h"
#include "trainer/numerics/symmetric_eigen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DIMS = 6, MOST = 130 };

static const int64_t dims[DIMS] = {1, 2, 3, 16, 67, MOST};

/* Entry of a matrix of some kind. */
enum { FULL, RANK_ONE, DIAGONAL, ZERO, KINDS };

static double entry(int kind, int64_t i, int64_t j)
{
    const uint64_t low = (uint64_t)(i < j ? i : j), high = (uint64_t)(i < j ? j : i);
    switch (kind) {
    case FULL:
        return hr_uniform(hr_philox(1, HR_STREAM_SYNTH, (uint32_t)low, high).word[0]) - 0.5;
    case RANK_ONE:
        return (double)(i + 1) * (double)(j + 1) / MOST;
    case DIAGONAL:
        return i == j ? (double)(i % 5) - 2.0 : 0.0;
    default:
        return 0.0;
    }
}

static double matrix[MOST * MOST], vector[MOST * MOST], value[MOST];
static float small[MOST * MOST], small_value[MOST];

/* The largest entry of V A V' - diag(value) and of V V' - I. */
static double largest_error(int64_t dim)
{
    static double product[MOST];
    double largest = 0.0;
    for (int64_t v = 0; v < dim; v++) {
        for (int64_t j = 0; j < dim; j++) {
            product[j] = 0.0;
            for (int64_t i = 0; i < dim; i++)
                product[j] += vector[v * dim + i] * matrix[i * dim + j];
        }
        for (int64_t w = 0; w < dim; w++) {
            double form = 0.0, inner = 0.0;
            for (int64_t i = 0; i < dim; i++) {
                form += product[i] * vector[w * dim + i];
                inner += vector[v * dim + i] * vector[w * dim + i];
            }
            largest = fmax(largest, fabs(form - (v == w ? value[v] : 0.0)));
            largest = fmax(largest, fabs(inner - (v == w ? 1.0 : 0.0)));
        }
    }
    return largest;
}

static double largest_entry(int64_t dim)
{
    double largest = 1.0;
    for (int64_t i = 0; i < dim * dim; i++)
        largest = fmax(largest, fabs(matrix[i]));
    return largest * (double)dim;
}

static void fill(int kind, int64_t dim)
{
    for (int64_t i = 0; i < dim; i++)
        for (int64_t j = 0; j < dim; j++)
            matrix[i * dim + j] = entry(kind, i, j);
}

static void vectors_diagonalise(void **state)
{
    (void)state;
    hr_error err = {""};
    for (int kind = 0; kind < KINDS; kind++)
        for (int at = 0; at < DIMS; at++) {
            const int64_t dim = dims[at];
            fill(kind, dim);
            memcpy(vector, matrix, sizeof vector);
            assert_int_equal(hr_symmetric_eigen(dim, vector, value, &err), HR_OK);
            assert_true(largest_error(dim) <= 1e-14 * largest_entry(dim));
            for (int64_t i = 0; i < dim * dim; i++)
                small[i] = (float)matrix[i];
            assert_int_equal(hr_symmetric_eigen_lapack(dim, small, small_value, &err), HR_OK);
            for (int64_t i = 0; i < dim * dim; i++)
                vector[i] = (double)small[i];
            for (int64_t i = 0; i < dim; i++)
                value[i] = (double)small_value[i];
            assert_true(largest_error(dim) <= 2e-6 * largest_entry(dim));
        }
}

static void what_is_no_number_ends(void **state)
{
    (void)state;
    hr_error err = {""};
    fill(FULL, MOST);
    matrix[MOST + 3] = matrix[3 * MOST + 1] = NAN;
    memcpy(vector, matrix, sizeof vector);
    assert_int_equal(hr_symmetric_eigen(MOST, vector, value, &err), HR_OK);
    int found = 0;
    for (int64_t i = 0; i < MOST; i++)
        found += isnan(value[i]);
    assert_true(found > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vectors_diagonalise),
        cmocka_unit_test(what_is_no_number_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
