#include "trainer/serve/store/tokens.h"

#include "io/base/json.h"

#include <sodium.h>
#include <string.h>

enum { HASH = crypto_generichash_BYTES };

static const char *const kind_names[] = {[HR_SESSION] = "session", [HR_BEARER] = "bearer"};

static void hash_token(const char *token, unsigned char hash[HASH])
{
    crypto_generichash(hash, HASH, (const unsigned char *)token, strlen(token), NULL, 0);
}

static void make_token(char token[HR_TOKEN_SIZE])
{
    unsigned char bytes[HR_TOKEN_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(token, HR_TOKEN_SIZE, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
}

hr_status hr_store_issue_token(hr_store *store, int64_t visitor, hr_token_kind kind, const char *name,
                               int64_t now, int64_t expires, char token[HR_TOKEN_SIZE], hr_error *err)
{
    unsigned char hash[HASH];
    hr_sql *db = store->writer;
    hr_status status = hr_sql_begin(db, err);
    if (status != HR_OK)
        return status;
    make_token(token);
    hash_token(token, hash);
    HR_TRY(hr_sql_run(db, err, "DELETE FROM token WHERE expires <= ?", HR_SQL_VALUES(hr_sql_integer(now))));
    HR_TRY(hr_sql_run(
        db, err, "INSERT INTO token (hash, visitor, kind, name, created, expires) VALUES (?, ?, ?, ?, ?, ?)",
        HR_SQL_VALUES(hr_sql_bytes(hash, HASH), hr_sql_integer(visitor), hr_sql_text(kind_names[kind]),
                      hr_sql_text(name), hr_sql_integer(now), hr_sql_integer(expires))));
done:
    return hr_sql_end(db, status, err);
}

hr_status hr_store_find_token(hr_store *store, const char *token, hr_token_kind kind, int64_t now,
                              hr_token *found, hr_error *err)
{
    unsigned char hash[HASH];
    hr_status status = HR_OK;
    hr_sql_rows rows;
    bool is_there = false;
    *found = (hr_token){.kind = kind};
    hash_token(token, hash);
    hr_sql_lock(store->reader);
    HR_TRY(hr_sql_query(
        &rows, store->reader, err,
        "SELECT id, visitor FROM token WHERE hash = ? AND kind = ? AND expires > ?",
        HR_SQL_VALUES(hr_sql_bytes(hash, HASH), hr_sql_text(kind_names[kind]), hr_sql_integer(now))));
    HR_TRY(hr_sql_next(&rows, &is_there, err));
    if (is_there) {
        found->id = hr_sql_column_integer(&rows, 0);
        found->visitor = hr_sql_column_integer(&rows, 1);
    }
done:
    hr_sql_finish(&rows);
    hr_sql_unlock(store->reader);
    return status;
}

hr_status hr_store_revoke_token(hr_store *store, int64_t visitor, int64_t id, int64_t *removed, hr_error *err)
{
    return hr_store_run(store, err, removed, "DELETE FROM token WHERE visitor = ? AND id = ?",
                        HR_SQL_VALUES(hr_sql_integer(visitor), hr_sql_integer(id)));
}

static json_t *token_json(const hr_sql_rows *row)
{
    return json_pack("{s:I, s:s, s:I, s:I}", "id", (json_int_t)hr_sql_column_integer(row, 0), "name",
                     hr_sql_column_text(row, 1), "created", (json_int_t)hr_sql_column_integer(row, 2),
                     "expires", (json_int_t)hr_sql_column_integer(row, 3));
}

hr_status hr_store_list_tokens(hr_store *store, int64_t visitor, int64_t now, json_t **list, hr_error *err)
{
    hr_status status = HR_OK;
    hr_sql_rows rows;
    bool found = false;
    *list = json_array();
    hr_sql_lock(store->reader);
    HR_TRY(hr_sql_query(&rows, store->reader, err,
                        "SELECT id, name, created, expires FROM token "
                        "WHERE visitor = ? AND kind = 'bearer' AND expires > ? ORDER BY id",
                        HR_SQL_VALUES(hr_sql_integer(visitor), hr_sql_integer(now))));
    HR_TRY(hr_sql_next(&rows, &found, err));
    while (found) {
        json_array_append_new(*list, token_json(&rows));
        HR_TRY(hr_sql_next(&rows, &found, err));
    }
    HR_TRY(hr_json_check("a list of tokens", err));
done:
    hr_sql_finish(&rows);
    hr_sql_unlock(store->reader);
    return status;
}
