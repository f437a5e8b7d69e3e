/* Arrays that threads share are zeroed like others, each thread touching the pages of its share. */
#include "io/base/memory.h"
#include "tests/support/cmocka_tests.h"

#include <omp.h>
#include <stdbool.h>
#include <sys/resource.h>

enum { THREADS = 4, LARGE = 64 << 20 };

static bool is_zero(const unsigned char *array, int64_t bytes)
{
    for (int64_t i = 0; i < bytes; i++)
        if (array[i] != 0)
            return false;
    return true;
}

static void any_size_is_zeroed_and_aligned(void **state)
{
    (void)state;
    static const int64_t sizes[] = {0, 1, 4095, 4096, 4097, (1 << 21) - 64, 1 << 21, (1 << 21) + 1, 5000001};
    for (int i = 0; i < 9; i++) {
        unsigned char *array = hr_alloc_shared(sizes[i], 1);
        assert_non_null(array);
        assert_int_equal((uintptr_t)array % HR_CACHE_LINE, 0);
        assert_true(is_zero(array, sizes[i]));
        free(array);
    }
}

static long faults_of_this_thread(void)
{
    struct rusage usage;
    getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_minflt;
}

/* A page's first access is a fault of the thread that makes it. */
static void each_thread_has_faults(void **state)
{
    (void)state;
    long before[THREADS], after[THREADS];
    omp_set_num_threads(THREADS);
#pragma omp parallel num_threads(THREADS)
    before[omp_get_thread_num()] = faults_of_this_thread();
    char *array = hr_alloc_shared(LARGE, 1);
#pragma omp parallel num_threads(THREADS)
    after[omp_get_thread_num()] = faults_of_this_thread();
    assert_non_null(array);
    for (int i = 0; i < THREADS; i++)
        assert_true(after[i] > before[i]);
    free(array);
}

static hr_status allocate(int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    double *numbers = NULL;
    HR_ALLOC_SHARED(numbers, count);
done:
    free(numbers);
    return status;
}

static void no_room_is_one_message(void **state)
{
    (void)state;
    hr_error err = {0};
    assert_fails(allocate(INT64_MAX / 2, &err), HR_MEMORY, "no room for numbers");
    assert_fails(allocate(INT64_C(1) << 50, &err), HR_MEMORY, "no room for numbers");
    assert_fails(allocate(-1, &err), HR_MEMORY, "no room for numbers");
    assert_int_equal(allocate(3, &err), HR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_size_is_zeroed_and_aligned),
        cmocka_unit_test(each_thread_has_faults),
        cmocka_unit_test(no_room_is_one_message),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
