/* Tries are counted for each who tries, come back one by one, and those of many take no more memory; who asks is told by the
 * connection, or by a proxy where there is one. */
#include "tests/support/cmocka_tests.h"
#include "trainer/serve/visitors/attempts.h"
#include "trainer/serve/visitors/client.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>

static hr_attempts attempts;

static int begin(void **state)
{
    (void)state;
    assert_true(sodium_init() >= 0);
    hr_attempts_begin(&attempts);
    return 0;
}

static int end(void **state)
{
    (void)state;
    hr_attempts_end(&attempts);
    return 0;
}

static void tries_end_and_come_back(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++)
        assert_int_equal(hr_attempts_take(&attempts, HR_PASSWORD_OF_NAME, "ann", 100), 0);
    assert_int_equal(hr_attempts_take(&attempts, HR_PASSWORD_OF_NAME, "ann", 100), 30);
    assert_int_equal(hr_attempts_take(&attempts, HR_PASSWORD_OF_NAME, "ann", 115), 15);
    assert_int_equal(hr_attempts_take(&attempts, HR_PASSWORD_OF_NAME, "bob", 115), 0);
    assert_int_equal(hr_attempts_take(&attempts, HR_PASSWORD_OF_ADDRESS, "ann", 115), 0);
    assert_int_equal(hr_attempts_take(&attempts, HR_PASSWORD_OF_NAME, "ann", 131), 0);
    assert_int_not_equal(hr_attempts_take(&attempts, HR_PASSWORD_OF_NAME, "ann", 131), 0);
    hr_attempts_give_back(&attempts, HR_PASSWORD_OF_NAME, "ann", 131);
    assert_int_equal(hr_attempts_take(&attempts, HR_PASSWORD_OF_NAME, "ann", 131), 0);
}

/* As many as the table has rows cannot make somebody forgotten who has tried since. */
static void those_who_try_now_are_remembered(void **state)
{
    (void)state;
    char name[32];
    for (int i = 0; i < 200000; i++) {
        snprintf(name, sizeof name, "attacker %d", i);
        assert_int_equal(hr_attempts_take(&attempts, HR_PASSWORD_OF_NAME, name, 1000 + i * 1e-6), 0);
        if (i % 500 == 0)
            hr_attempts_take(&attempts, HR_PASSWORD_OF_NAME, "victim", 1000 + i * 1e-6);
    }
    assert_int_not_equal(hr_attempts_take(&attempts, HR_PASSWORD_OF_NAME, "victim", 1000.2), 0);
}

static hr_request request_of(const char *client, const char *name, const char *value)
{
    hr_request request = {.headers = name ? 1 : 0, .header = {{name, value}}};
    snprintf(request.client, sizeof request.client, "%s", client);
    return request;
}

static void assert_address(const char *client, const char *forwarded, bool proxied, const char *expected)
{
    char address[HR_CLIENT_LENGTH];
    const hr_request request = request_of(client, forwarded ? "X-Forwarded-For" : NULL, forwarded);
    hr_client_address(&request, proxied, address);
    assert_string_equal(address, expected);
}

static void addresses_are_those_of_the_connection_or_the_proxy(void **state)
{
    (void)state;
    assert_address("192.0.2.7", NULL, false, "192.0.2.7");
    assert_address("192.0.2.7", "198.51.100.1", false, "192.0.2.7");
    assert_address("127.0.0.1", "198.51.100.1", true, "198.51.100.1");
    assert_address("127.0.0.1", "forged, 10.0.0.1,  198.51.100.1", true, "198.51.100.1");
    assert_address("127.0.0.1", "198.51.100.1, not an address", true, "127.0.0.1");
    assert_address("127.0.0.1", "", true, "127.0.0.1");
    assert_address("2001:db8:1:2:3:4:5:6", NULL, false, "2001:db8:1:2::");
    assert_address("::ffff:192.0.2.7", NULL, false, "192.0.2.7");
    assert_address("127.0.0.1", "::ffff:198.51.100.1", true, "198.51.100.1");
}

/* A client can send lines of its own: the proxy's is the last. */
static void the_last_line_of_a_header_is_the_proxys(void **state)
{
    (void)state;
    char address[HR_CLIENT_LENGTH];
    hr_request request = {.client = "127.0.0.1",
                          .headers = 4,
                          .header = {{"X-Forwarded-For", "10.0.0.1"},
                                     {"X-Forwarded-Proto", "https"},
                                     {"x-forwarded-for", "198.51.100.1"},
                                     {"X-Forwarded-Proto", "http"}}};
    hr_client_address(&request, true, address);
    assert_string_equal(address, "198.51.100.1");
    assert_false(hr_client_has_tls(&request, true));
    for (; request.headers < HR_REQUEST_HEADERS; request.headers++)
        request.header[request.headers] = (hr_pair){"X-Filler", ""};
    hr_client_address(&request, true, address);
    assert_string_equal(address, "127.0.0.1"); /* the proxy's line may be one that was not kept */
}

static bool is_own(const char *name, const char *value)
{
    const hr_request request = {.headers = 2, .header = {{"Host", "films.example:8080"}, {name, value}}};
    return hr_client_is_own_page(&request);
}

static void pages_of_others_are_told(void **state)
{
    (void)state;
    assert_true(is_own("Accept", "*/*"));
    assert_true(is_own("Origin", "http://films.example:8080"));
    assert_true(is_own("Origin", "https://Films.example:8080"));
    assert_true(is_own("Sec-Fetch-Site", "same-origin"));
    assert_true(is_own("Sec-Fetch-Site", "none"));
    assert_false(is_own("Origin", "null"));
    assert_false(is_own("Origin", ""));
    assert_false(is_own("Origin", "http://films.example"));
    assert_false(is_own("Origin", "http://films.example:8080.evil.example"));
    assert_false(is_own("Origin", "http://evil.example/?http://films.example:8080"));
    assert_false(is_own("Sec-Fetch-Site", "same-site"));
    assert_false(is_own("Sec-Fetch-Site", "cross-site"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tries_end_and_come_back),
        cmocka_unit_test(those_who_try_now_are_remembered),
        cmocka_unit_test(addresses_are_those_of_the_connection_or_the_proxy),
        cmocka_unit_test(the_last_line_of_a_header_is_the_proxys),
        cmocka_unit_test(pages_of_others_are_told),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
