/* What every test includes: cmocka with the headers it wants, and checks for halorec's statuses. */
#ifndef HR_TESTS_SUPPORT_CMOCKA_TESTS_H
#define HR_TESTS_SUPPORT_CMOCKA_TESTS_H

#include "io/base/error.h"

/* cmocka wants these before it, in an order that no formatter keeps: */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
/* clang-format on */

/* Fails with the error's own text where `call` is not HR_OK; needs an hr_error named err. */
#define assert_ok(call)                                                                                      \
    do {                                                                                                     \
        if ((call) != HR_OK)                                                                                 \
            fail_msg("%s: %s", #call, err.text);                                                             \
    } while (0)

/* Fails unless `call` gives `status` and a message that contains `words`. */
#define assert_fails(call, status, words)                                                                    \
    do {                                                                                                     \
        assert_int_equal((call), (status));                                                                  \
        if (!strstr(err.text, (words)))                                                                      \
            fail_msg("expected \"%s\" in the message, found: %s", (words), err.text);                        \
    } while (0)

/* Stores `wrong` for a moment: `valid` must fail, and hold again after. */
#define assert_noticed(valid, member, wrong)                                                                 \
    do {                                                                                                     \
        const __typeof__(member) right = (member);                                                           \
        (member) = (wrong);                                                                                  \
        assert_false(valid);                                                                                 \
        (member) = right;                                                                                    \
        assert_true(valid);                                                                                  \
    } while (0)

#endif
