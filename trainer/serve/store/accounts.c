#include "trainer/serve/store/accounts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Whether a name may have the character: letters, marks, digits, signs, and blanks. */
static bool is_shown(utf8proc_int32_t character)
{
    switch (utf8proc_category(character)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    default:
        return true;
    }
}

static bool all_shown(const char *text)
{
    utf8proc_int32_t character;
    utf8proc_ssize_t bytes;
    for (; *text; text += bytes) {
        bytes = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &character);
        if (bytes <= 0 || !is_shown(character))
            return false;
    }
    return true;
}

static hr_status check_name(const char *name, hr_error *err)
{
    const size_t length = strlen(name);
    if (length == 0 || length > HR_ACCOUNT_NAME)
        return hr_fail(err, HR_USAGE, "a name has 1 to %d bytes, found %zu", HR_ACCOUNT_NAME, length);
    if (!all_shown(name))
        return hr_fail(err, HR_USAGE, "a name has no control characters and no marks that are not shown");
    if (name[0] == ' ' || name[length - 1] == ' ')
        return hr_fail(err, HR_USAGE, "a name does not begin or end with a blank");
    return HR_OK;
}

hr_status hr_account_key(const char *name, char key[4 * HR_ACCOUNT_NAME + 1], hr_error *err)
{
    const hr_status status = check_name(name, err);
    if (status != HR_OK)
        return status;
    char *folded = (char *)utf8proc_NFKC_Casefold((const utf8proc_uint8_t *)name);
    const bool fits = folded && *folded && strlen(folded) <= 4 * HR_ACCOUNT_NAME;
    if (fits)
        strcpy(key, folded);
    free(folded);
    return fits ? HR_OK : hr_fail(err, HR_USAGE, "a name of other letters, or a shorter one, is needed");
}

hr_status hr_store_register(hr_store *store, int64_t visitor, const char *name, const char *password_hash,
                            int64_t now, hr_error *err)
{
    char key[4 * HR_ACCOUNT_NAME + 1];
    hr_status status = hr_account_key(name, key, err);
    if (status == HR_OK)
        status = hr_store_run(
            store, err, NULL,
            "INSERT INTO account (visitor, name, name_key, password, created) VALUES (?, ?, ?, ?, ?)",
            HR_SQL_VALUES(hr_sql_integer(visitor), hr_sql_text(name), hr_sql_text(key),
                          hr_sql_text(password_hash), hr_sql_integer(now)));
    return status;
}

static void take_account(const hr_sql_rows *row, hr_account *account)
{
    const char *name = hr_sql_column_text(row, 1), *password = hr_sql_column_text(row, 2);
    account->visitor = hr_sql_column_integer(row, 0);
    account->created = hr_sql_column_integer(row, 3);
    snprintf(account->name, sizeof account->name, "%s", name ? name : "");
    snprintf(account->password, sizeof account->password, "%s", password ? password : "");
}

static hr_status find_account(hr_sql *db, hr_account *account, hr_error *err, const char *sql,
                              hr_sql_value value)
{
    hr_status status = HR_OK;
    hr_sql_rows rows;
    bool found = false;
    *account = (hr_account){0};
    hr_sql_lock(db);
    HR_TRY(hr_sql_query(&rows, db, err, sql, &value, 1));
    HR_TRY(hr_sql_next(&rows, &found, err));
    if (found)
        take_account(&rows, account);
done:
    hr_sql_finish(&rows);
    hr_sql_unlock(db);
    return status;
}

hr_status hr_store_account_named(hr_store *store, const char *name, hr_account *account, hr_error *err)
{
    char key[4 * HR_ACCOUNT_NAME + 1];
    hr_error no_name;
    *account = (hr_account){0};
    if (hr_account_key(name, key, &no_name) != HR_OK)
        return HR_OK; /* nobody's */
    return find_account(store->reader, account, err,
                        "SELECT visitor, name, password, created FROM account WHERE name_key = ?",
                        hr_sql_text(key));
}

hr_status hr_store_account_of(hr_store *store, int64_t visitor, hr_account *account, hr_error *err)
{
    return find_account(store->reader, account, err,
                        "SELECT visitor, name, password, created FROM account WHERE visitor = ?",
                        hr_sql_integer(visitor));
}

hr_status hr_store_change_password(hr_store *store, int64_t visitor, const char *password_hash, int64_t kept,
                                   hr_error *err)
{
    hr_sql *db = store->writer;
    hr_status status = hr_sql_begin(db, err);
    if (status != HR_OK)
        return status;
    HR_TRY(hr_sql_run(db, err, "UPDATE account SET password = ? WHERE visitor = ?",
                      HR_SQL_VALUES(hr_sql_text(password_hash), hr_sql_integer(visitor))));
    HR_TRY(hr_sql_run(db, err, "DELETE FROM token WHERE visitor = ? AND id <> ?",
                      HR_SQL_VALUES(hr_sql_integer(visitor), hr_sql_integer(kept))));
done:
    return hr_sql_end(db, status, err);
}
