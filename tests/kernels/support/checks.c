#include "tests/kernels/support/checks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int64_t failures;
static uint64_t checksum = UINT64_C(0xcbf29ce484222325); /* FNV-1a */

/* The next of a sequence of whole numbers below 2^24 (a linear congruential generator). */
static int32_t next(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int32_t)(*state >> 40);
}

static void *aligned(int64_t count, size_t size)
{
    void *memory = NULL;
    if (posix_memalign(&memory, sizeof(hr_line), (size_t)count * size + sizeof(hr_line)) != 0)
        abort();
    return memory;
}

float *some_floats(int64_t count, uint32_t draw)
{
    uint64_t state = draw;
    float *x = aligned(count, sizeof *x);
    for (int64_t i = 0; i < count; i++)
        x[i] = (float)next(&state) * 0x1p-24F - 0.5F;
    return x;
}

hr_line *some_lines(int64_t count, uint32_t draw)
{
    return (hr_line *)some_floats(count * HR_LANES, draw);
}

double *some_doubles(int64_t count, uint32_t draw)
{
    uint64_t state = draw;
    double *x = aligned(count, sizeof *x);
    for (int64_t i = 0; i < count; i++)
        x[i] = (double)next(&state) * 0x1p-24 - 0.5;
    return x;
}

hr_row_sums some_sums(bool doubles, int64_t count, uint32_t draw)
{
    return (hr_row_sums){.floats = some_floats(count, draw),
                         .doubles = doubles ? some_doubles(count, draw) : NULL,
                         .unit = sum_unit};
}

double sum_number(const hr_row_sums *sums, int64_t i)
{
    return sums->doubles ? sums->doubles[i] : (double)sums->floats[i];
}

double lane_of(bool doubles, const hr_line *line, int64_t c)
{
    return doubles ? line->doubles[c] : (double)line->floats[c];
}

void check_number(const char *what, bool exact, double found, double expected)
{
    if (exact ? found == expected : fabs(found - expected) <= tolerance * (1.0 + fabs(expected)))
        return;
    if (failures++ < 10)
        fprintf(stderr, "%s: found %.17g, expected %.17g\n", what, found, expected);
}

void check_that(const char *what, bool holds)
{
    if (!holds && failures++ < 10)
        fprintf(stderr, "%s\n", what);
}

void keep_bits(const void *numbers, size_t bytes)
{
    const unsigned char *byte = numbers;
    for (size_t i = 0; i < bytes; i++)
        checksum = (checksum ^ byte[i]) * UINT64_C(0x100000001b3);
}

int run_checks(check *const *checks, size_t count)
{
    hr_error err = {""};
    if (hr_isa_check(&err) != HR_OK) {
        printf("SKIPPED: %s\n", err.text);
        return 77;
    }
    for (size_t i = 0; i < count; i++)
        checks[i]();
    printf("%s, bits %016llx\n", hr_isa_name(hr_isa_chosen()), (unsigned long long)checksum);
    return failures > 0;
}
