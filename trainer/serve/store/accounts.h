/* Accounts: visitors with a name and a password, of which the store keeps an argon2id hash. */
#ifndef HR_TRAINER_SERVE_STORE_ACCOUNTS_H
#define HR_TRAINER_SERVE_STORE_ACCOUNTS_H

#include "trainer/serve/store/store.h"

enum { HR_ACCOUNT_NAME = 64, HR_PASSWORD_HASH = 128 };

/* Zero-initialised: none. */
typedef struct hr_account {
    int64_t visitor; /* 0: none */
    int64_t created;
    char name[HR_ACCOUNT_NAME + 1]; /* as it was registered */
    char password[HR_PASSWORD_HASH];
} hr_account;

/* Names that differ by capitals, width or compatibility forms alone are one: their key. Compares key and name of at most
 * HR_ACCOUNT_NAME bytes. HR_USAGE, saying what is wrong, where it is empty, longer, no UTF-8, begins or ends with a blank or has
 * characters that are not shown. */
hr_status hr_account_key(const char *name, char key[4 * HR_ACCOUNT_NAME + 1], hr_error *err);

/* Makes a visitor's account; HR_USAGE where another has the name, or the visitor has one. */
hr_status hr_store_register(hr_store *store, int64_t visitor, const char *name, const char *password_hash,
                            int64_t now, hr_error *err);

/* The account of a name, and that of a visitor; visitor 0 where there is none. */
hr_status hr_store_account_named(hr_store *store, const char *name, hr_account *account, hr_error *err);
hr_status hr_store_account_of(hr_store *store, int64_t visitor, hr_account *account, hr_error *err);

/* Changes a password and ends all of the visitor's tokens but `kept`, by its id. */
hr_status hr_store_change_password(hr_store *store, int64_t visitor, const char *password_hash, int64_t kept,
                                   hr_error *err);

#endif
