#include "io/base/json.h"
#include "trainer/serve/store/movies.h"
#include "trainer/serve/store/opinions.h"
#include "trainer/serve/store/people.h"
#include "trainer/serve/visitors/own_data.h"
#include "trainer/serve/visitors/routes.h"
#include "trainer/serve/visitors/who.h"

/* {"name", "visitor", "created", "ratings", "movies"} of a visitor, or of nobody; name is null without an account. */
static hr_status answer_account(hr_visitors *v, int64_t visitor, hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    hr_account account = {0};
    hr_opinions ratings = {0};
    json_t *movies = NULL;
    HR_TRY(hr_store_account_of(&v->store, visitor, &account, err));
    HR_TRY(hr_store_ratings_of(&v->store, visitor, &ratings, err));
    if (account.visitor != 0)
        HR_TRY(hr_store_list_movies(&v->store, 0, visitor, INT64_MAX, &movies, err));
    json_t *object = json_pack("{s:I, s:o}", "ratings", (json_int_t)ratings.count, "movies",
                               movies ? json_incref(movies) : json_array());
    json_object_set_new(object, "name", account.visitor ? json_string(account.name) : json_null());
    json_object_set_new(object, "visitor", visitor ? json_integer((json_int_t)visitor) : json_null());
    if (account.visitor != 0)
        json_object_set_new(object, "created", json_integer((json_int_t)account.created));
    HR_TRY(hr_answer_json(answer, object, err));
done:
    json_decref(movies);
    hr_opinions_free(&ratings);
    return status;
}

static hr_status get_account(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_token who;
    const hr_status status = hr_visitor_asks(v, request, answer, &who, err);
    return status == HR_OK && answer->status == 0 ? answer_account(v, who.visitor, answer, err) : status;
}

/* Whether the name is one, is free, and the visitor has none; otherwise the answer is a problem. */
static hr_status check_name(hr_visitors *v, const char *name, int64_t visitor, hr_answer *answer,
                            hr_error *err)
{
    hr_status status = HR_OK;
    char key[4 * HR_ACCOUNT_NAME + 1];
    hr_error why;
    hr_account named, own = {0};
    if (hr_account_key(name, key, &why) != HR_OK)
        return hr_answer_problem(answer, 422, "name", "name: %s", why.text);
    HR_TRY(hr_store_account_named(&v->store, name, &named, err));
    if (visitor != 0)
        HR_TRY(hr_store_account_of(&v->store, visitor, &own, err));
    if (own.visitor != 0)
        return hr_answer_problem(answer, 409, "name", "you are logged in as %s: log out first", own.name);
    if (named.visitor != 0)
        return hr_answer_problem(answer, 409, "name", "another account has this name: take another");
done:
    return status;
}

/* What the visitor has rated before is the account's: the visitor stays the same. */
static hr_status register_visitor(hr_visitors *v, const hr_request *request, const hr_token *who,
                                  hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    char hash[HR_PASSWORD_HASH];
    int64_t visitor = who->visitor;
    HR_TRY(hr_password_hash(&v->passwords, hr_request_text(request, "password"), hash, err));
    if (visitor == 0)
        HR_TRY(hr_store_add_visitor(&v->store, hr_now(), &visitor, err));
    status = hr_store_register(&v->store, visitor, hr_request_text(request, "name"), hash, hr_now(), err);
    if (status == HR_USAGE)
        return hr_answer_problem(answer, 409, "name", "another account has this name: take another");
    HR_TRY(status);
    HR_TRY(hr_begin_session(v, request, answer, visitor, who, err));
    HR_TRY(answer_account(v, visitor, answer, err));
    answer->status = 201;
done:
    return status;
}

static hr_status post_account(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_token who;
    HR_TRY(hr_visitor_asks(v, request, answer, &who, err));
    if (answer->status ==
        0) /* before the name is checked: names that are taken cannot be found out by many tries */
        HR_TRY(hr_take_address(v, HR_PASSWORD_OF_ADDRESS, request, answer, err));
    if (answer->status == 0)
        HR_TRY(check_name(v, hr_request_text(request, "name"), who.visitor, answer, err));
    if (answer->status == 0)
        HR_TRY(register_visitor(v, request, &who, answer, err));
done:
    return status;
}

/* Whether the password is the account's; otherwise, and where there were too many tries, the answer is a problem. What is said, and
 * how long it takes, is the same where no account has the name. */
static hr_status check_password(hr_visitors *v, const hr_request *request, const char *name,
                                const hr_account *account, hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    bool right = false;
    char key[4 * HR_ACCOUNT_NAME + 1] = "";
    hr_error no_name;
    hr_account_key(name, key, &no_name);
    HR_TRY(hr_take_address(v, HR_PASSWORD_OF_ADDRESS, request, answer, err));
    if (answer->status == 0)
        HR_TRY(hr_take_attempt(v, HR_PASSWORD_OF_NAME, key, answer, err));
    if (answer->status != 0)
        return HR_OK;
    HR_TRY(hr_password_check(&v->passwords, account->password, hr_request_text(request, "password"), &right,
                             err));
    if (!right)
        return hr_answer_problem(answer, 403, "password", "the name or the password is wrong");
    hr_attempts_give_back(&v->attempts, HR_PASSWORD_OF_NAME, key, hr_attempt_clock());
done:
    return status;
}

/* Ratings of before the log in are the account's from now on. */
static hr_status log_in(hr_visitors *v, const hr_request *request, const hr_token *who,
                        const hr_account *account, hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    hr_account before = {0};
    HR_TRY(hr_begin_session(v, request, answer, account->visitor, who, err));
    if (who->visitor != 0)
        HR_TRY(hr_store_account_of(&v->store, who->visitor, &before, err));
    if (who->visitor != 0 && before.visitor == 0)
        HR_TRY(hr_store_merge_visitor(&v->store, who->visitor, account->visitor, err));
    HR_TRY(answer_account(v, account->visitor, answer, err));
done:
    return status;
}

static hr_status post_session(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_token who;
    hr_account account;
    const char *name = hr_request_text(request, "name");
    HR_TRY(hr_visitor_asks(v, request, answer, &who, err));
    HR_TRY(hr_store_account_named(&v->store, name, &account, err));
    if (answer->status == 0)
        HR_TRY(check_password(v, request, name, &account, answer, err));
    if (answer->status == 0)
        HR_TRY(log_in(v, request, &who, &account, answer, err));
done:
    return status;
}

static hr_status delete_session(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_token who;
    HR_TRY(hr_visitor_asks(v, request, answer, &who, err));
    if (answer->status != 0)
        return HR_OK;
    HR_TRY(hr_end_session(v, request, answer, &who, err));
    HR_TRY(answer_account(v, 0, answer, err));
done:
    return status;
}

static hr_status delete_account(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_token who;
    hr_account account;
    HR_TRY(hr_visitor_owns(v, request, answer, &who, &account, err));
    if (answer->status == 0)
        HR_TRY(check_password(v, request, account.name, &account, answer, err));
    if (answer->status != 0)
        return HR_OK;
    HR_TRY(hr_store_remove_visitor(&v->store, who.visitor, err));
    HR_TRY(hr_end_session(v, request, answer, &who, err));
    HR_TRY(answer_account(v, 0, answer, err));
done:
    return status;
}

static hr_status put_password(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_token who;
    hr_account account;
    char hash[HR_PASSWORD_HASH];
    HR_TRY(hr_visitor_owns(v, request, answer, &who, &account, err));
    if (answer->status == 0)
        HR_TRY(check_password(v, request, account.name, &account, answer, err));
    if (answer->status != 0)
        return HR_OK;
    HR_TRY(hr_password_hash(&v->passwords, hr_request_text(request, "new_password"), hash, err));
    HR_TRY(hr_store_change_password(&v->store, who.visitor, hash, who.id, err));
    HR_TRY(answer_account(v, who.visitor, answer, err));
done:
    return status;
}

static hr_status get_export(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_token who;
    hr_account account;
    json_t *data = NULL;
    hr_snapshot *s = hr_served_take(v->served);
    HR_TRY(hr_visitor_owns(v, request, answer, &who, &account, err));
    if (answer->status != 0)
        goto done;
    HR_TRY(hr_own_data(v, &s->catalogue, &account, &data, err));
    HR_TRY(hr_answer_json(answer, json_incref(data), err));
    HR_TRY(hr_answer_header(answer, err, "Content-Disposition", "attachment; filename=\"halorec.json\""));
done:
    json_decref(data);
    hr_snapshot_release(s);
    return status;
}

#define NAME                                                                                                 \
    {                                                                                                        \
        .name = "name", .where = HR_IN_BODY, .kind = HR_TEXT_PARAMETER, .required = true, .minimum = 1,      \
        .maximum = HR_ACCOUNT_NAME, .summary = "of the account; capitals do not count"                       \
    }
#define PASSWORD(text, least, what)                                                                          \
    {                                                                                                        \
        .name = (text), .where = HR_IN_BODY, .kind = HR_TEXT_PARAMETER, .required = true,                    \
        .minimum = (least), .maximum = HR_PASSWORD_MOST, .summary = (what)                                   \
    }

static const hr_parameter registered[] = {
    NAME, PASSWORD("password", HR_PASSWORD_LEAST, "at least 8 bytes"), {0}};
static const hr_parameter named[] = {NAME, PASSWORD("password", 1, "of the account"), {0}};
static const hr_parameter confirmed[] = {PASSWORD("password", 1, "of the account"), {0}};
static const hr_parameter changed[] = {PASSWORD("password", 1, "of the account"),
                                       PASSWORD("new_password", HR_PASSWORD_LEAST, "at least 8 bytes"),
                                       {0}};

static const char account_keys[] =
    "{name: text|null, visitor: integer|null, ratings: integer, movies: [any], created?: integer}";

const hr_route hr_account_routes[] = {
    {.method = "GET",
     .path = "/account",
     .summary = "Who asks: an account, a visitor without one, or nobody yet",
     .handle = get_account,
     .caching = HR_NOT_STORED,
     .answers = account_keys},
    {.method = "POST",
     .path = "/account",
     .summary = "Registers; what the visitor has rated is the account's",
     .parameters = registered,
     .handle = post_account,
     .answers = account_keys},
    {.method = "DELETE",
     .path = "/account",
     .summary = "Removes the account with all of its ratings, tokens and pictures",
     .parameters = confirmed,
     .handle = delete_account,
     .answers = account_keys},
    {.method = "POST",
     .path = "/account/session",
     .summary = "Logs in; what was rated before is the account's from then on",
     .parameters = named,
     .handle = post_session,
     .answers = account_keys},
    {.method = "DELETE",
     .path = "/account/session",
     .summary = "Logs out",
     .handle = delete_session,
     .answers = account_keys},
    {.method = "PUT",
     .path = "/account/password",
     .summary = "Changes the password, and ends all other sessions and tokens of the account",
     .parameters = changed,
     .handle = put_password,
     .answers = account_keys},
    {.method = "GET",
     .path = "/account/export",
     .summary = "All that is kept of the account",
     .handle = get_export,
     .caching = HR_NOT_STORED,
     .answers = "{name: text, visitor: integer, created: integer, ratings: [any], clicks: [any], movies: "
                "[any], tokens: [any]}"},
    {0}};
