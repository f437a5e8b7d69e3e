/* Tokens: what a browser's cookie or a program's Authorization header has, by which a visitor is known. 256 random bits; the
 * store keeps their BLAKE2b hash, so that who reads the file cannot use them. */
#ifndef HR_TRAINER_SERVE_STORE_TOKENS_H
#define HR_TRAINER_SERVE_STORE_TOKENS_H

#include "trainer/serve/store/store.h"

#include <jansson.h>

/* 43 characters of A-Z a-z 0-9 - _ and the NUL. */
enum { HR_TOKEN_SIZE = 44, HR_TOKEN_BYTES = 32 };

typedef enum hr_token_kind {
    HR_SESSION, /* of a browser */
    HR_BEARER   /* of a program */
} hr_token_kind;

typedef struct hr_token {
    int64_t id;
    int64_t visitor; /* 0: none */
    hr_token_kind kind;
} hr_token;

/* Makes a token for a visitor that is valid up to `expires`, and removes those that no longer are. */
hr_status hr_store_issue_token(hr_store *store, int64_t visitor, hr_token_kind kind, const char *name,
                               int64_t now, int64_t expires, char token[HR_TOKEN_SIZE], hr_error *err);

/* Whose token it is; visitor 0 where it is not one, was revoked, or is not valid any more. */
hr_status hr_store_find_token(hr_store *store, const char *token, hr_token_kind kind, int64_t now,
                              hr_token *found, hr_error *err);

/* Ends one token of a visitor by its id; *removed is 0 where the visitor has no such token. */
hr_status hr_store_revoke_token(hr_store *store, int64_t visitor, int64_t id, int64_t *removed,
                                hr_error *err);

/* Bearer tokens of a visitor: [{"id", "name", "created", "expires"}], the caller's. */
hr_status hr_store_list_tokens(hr_store *store, int64_t visitor, int64_t now, json_t **list, hr_error *err);

#endif
