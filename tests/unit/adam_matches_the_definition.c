/* The kernel of Adam gives what the published algorithm gives in double precision. */
#include "io/base/philox.h"
#include "tests/support/cmocka_tests.h"
#include "trainer/kernels/gradient_steps.h"

#include <math.h>

enum { ROWS = 5, DIM = 19, STEPS = 40 };

static void follows_the_published_algorithm(void **state)
{
    (void)state;
    const hr_adam adam = {.rate = 0.01, .decay = 0.1, .ridge = 0.003, .scale = 0.7, .shrink = 0.2};
    float parameter[ROWS * DIM], first[ROWS * DIM] = {0}, second[ROWS * DIM] = {0}, gradient[ROWS * DIM];
    const float uses[ROWS] = {0, 1, 0, 3, 2};
    double p[ROWS * DIM], m[ROWS * DIM] = {0}, v[ROWS * DIM] = {0};
    for (int i = 0; i < ROWS * DIM; i++)
        p[i] = parameter[i] = (float)hr_uniform(hr_philox(1, HR_STREAM_SYNTH, 0, (uint64_t)i).word[0]) - 0.5F;
    for (int t = 1; t <= STEPS; t++) {
        for (int i = 0; i < ROWS * DIM; i++) {
            /* row 0 has a gradient in the first step only, and goes on changing by its moments */
            gradient[i] =
                i < DIM && t > 1
                    ? 0.0F
                    : (float)hr_uniform(hr_philox(2, HR_STREAM_SYNTH, (uint32_t)t, (uint64_t)i).word[0]) -
                          0.4F;
            const double g =
                adam.scale * gradient[i] + (adam.decay * (double)uses[i / DIM] + adam.ridge) * p[i];
            m[i] = 0.9 * m[i] + 0.1 * g;
            v[i] = 0.999 * v[i] + 0.001 * g * g;
            p[i] -= adam.rate * adam.shrink * p[i];
            p[i] -= adam.rate * (m[i] / (1.0 - pow(0.9, t))) / (sqrt(v[i] / (1.0 - pow(0.999, t))) + 1e-8);
        }
        hr_adam_step(&adam, t - 1, ROWS, DIM, parameter, first, second, gradient, uses);
    }
    for (int i = 0; i < ROWS * DIM; i++)
        assert_true(fabs((double)parameter[i] - p[i]) < 2e-5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(follows_the_published_algorithm)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
