/* A second signal within a second of the first is the first one sent twice; a later one ends the process as
 * usual. The clock is this test's own. */
#include "io/comm/interrupt.h"
#include "tests/support/cmocka_tests.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile int64_t now; /* in milliseconds; read while raise() runs a handler */

/* Stands before the C library's. */
int clock_gettime(clockid_t clock, struct timespec *time)
{
    (void)clock;
    *time = (struct timespec){.tv_sec = now / 1000, .tv_nsec = now % 1000 * 1000000};
    return 0;
}

/* How a process ends that receives SIGTERM at 5 s and again `apart` milliseconds later: the signal that ended
 * it, or 0. */
static int ended_by(int64_t apart)
{
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        hr_interrupt_catch("", "");
        now = 5000;
        raise(SIGTERM);
        now += apart;
        raise(SIGTERM);
        _exit(hr_interrupt_caught() == SIGTERM ? 0 : 1);
    }
    int ending = 0;
    assert_int_equal(waitpid(child, &ending, 0), child);
    if (WIFSIGNALED(ending))
        return WTERMSIG(ending);
    assert_true(WIFEXITED(ending));
    assert_int_equal(WEXITSTATUS(ending), 0);
    return 0;
}

static void within_a_second_it_is_the_same(void **state)
{
    (void)state;
    assert_int_equal(ended_by(0), 0);
    assert_int_equal(ended_by(100), 0);
    assert_int_equal(ended_by(999), 0);
}

static void later_it_ends_the_process(void **state)
{
    (void)state;
    assert_int_equal(ended_by(1000), SIGTERM);
    assert_int_equal(ended_by(60000), SIGTERM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(within_a_second_it_is_the_same),
                                       cmocka_unit_test(later_it_ends_the_process)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
