/* Every index is hit exactly once, whatever the length, and another epoch is another order. */
#include "tests/support/cmocka_tests.h"
#include "trainer/sampling/feistel.h"

#include <stdlib.h>

static void every_index_once(void **state)
{
    (void)state;
    const uint64_t lengths[] = {1, 2, 3, 4, 5, 16, 17, 1000, 4097};
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
        unsigned char *seen = calloc(lengths[k], 1);
        for (uint64_t i = 0; i < lengths[k]; i++) {
            const uint64_t to = hr_feistel(42, 3, i, lengths[k]);
            assert_true(to < lengths[k]);
            assert_int_equal(seen[to]++, 0);
        }
        free(seen);
    }
}

static void epochs_differ(void **state)
{
    (void)state;
    int same = 0;
    for (uint64_t i = 0; i < 1000; i++)
        same += hr_feistel(1, 1, i, 1000) == hr_feistel(1, 2, i, 1000);
    assert_true(same < 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_index_once),
        cmocka_unit_test(epochs_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
