/* ranks: 3 */
/* Where UDP packets do not arrive no rank is watched, and none is taken for lost. */
#include "tests/support/mpi_tests.h"
#include "trainer/run/watchdog.h"

#include <sys/socket.h>

/* Replaces the C library's function: a network that drops every datagram. */
ssize_t sendto(int socket, const void *data, size_t bytes, int flags, __CONST_SOCKADDR_ARG address,
               socklen_t length)
{
    (void)socket, (void)data, (void)flags, (void)address.__sockaddr__, (void)length;
    return (ssize_t)bytes;
}

static void no_rank_is_watched(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_watchdog *watchdog = NULL;
    assert_ok(hr_watchdog_start(&watchdog, &world, 1, &err));
    assert_null(watchdog);
    hr_watchdog_mark(watchdog, HR_WATCHED_STEP, 1);
    hr_watchdog_stop(watchdog);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_rank_is_watched)};
    return run_mpi_tests(argc, argv, tests);
}
