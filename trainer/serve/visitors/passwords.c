#include "trainer/serve/visitors/passwords.h"

#include <sodium.h>
#include <string.h>
#include <time.h>

_Static_assert((int)HR_PASSWORD_HASH >= (int)crypto_pwhash_STRBYTES, "a hash as text fits");

enum { WAIT_SECONDS = 3 };

hr_status hr_passwords_begin(hr_passwords *passwords, hr_error *err)
{
    unsigned char random[32];
    char text[65];
    if (sodium_init() < 0)
        return hr_fail(err, HR_IO, "the system gives no random numbers (libsodium)");
    pthread_mutex_init(&passwords->one_at_a_time, NULL);
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(text, sizeof text, random, sizeof random);
    return hr_password_hash(passwords, text, passwords->nobody, err);
}

void hr_passwords_end(hr_passwords *passwords)
{
    pthread_mutex_destroy(&passwords->one_at_a_time);
}

static hr_status begin(hr_passwords *passwords, hr_error *err)
{
    struct timespec end;
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += WAIT_SECONDS;
    return pthread_mutex_timedlock(&passwords->one_at_a_time, &end) == 0
               ? HR_OK
               : hr_fail(err, HR_MEMORY, "too many passwords are checked at the same time");
}

hr_status hr_password_hash(hr_passwords *passwords, const char *password, char hash[HR_PASSWORD_HASH],
                           hr_error *err)
{
    hr_status status = begin(passwords, err);
    if (status != HR_OK)
        return status;
    if (crypto_pwhash_str(hash, password, strlen(password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        status = hr_fail(err, HR_MEMORY, "no room for the hash of a password");
    pthread_mutex_unlock(&passwords->one_at_a_time);
    return status;
}

hr_status hr_password_check(hr_passwords *passwords, const char *hash, const char *password, bool *right,
                            hr_error *err)
{
    const hr_status status = begin(passwords, err);
    *right = false;
    if (status != HR_OK)
        return status;
    *right =
        crypto_pwhash_str_verify(*hash ? hash : passwords->nobody, password, strlen(password)) == 0 && *hash;
    pthread_mutex_unlock(&passwords->one_at_a_time);
    return HR_OK;
}
