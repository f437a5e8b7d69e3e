#include "io/base/json.h"
#include "trainer/serve/visitors/routes.h"
#include "trainer/serve/visitors/who.h"

enum { MOST_DAYS = 366, MOST_TOKENS = 20, DAY_SECONDS = 86400 };

/* An account by its session: who has a token cannot make or end others. */
static hr_status ask_session(hr_visitors *v, const hr_request *request, hr_answer *answer, hr_token *who,
                             hr_error *err)
{
    hr_account account;
    const hr_status status = hr_visitor_owns(v, request, answer, who, &account, err);
    if (status == HR_OK && answer->status == 0 && who->kind != HR_SESSION)
        return hr_answer_problem(answer, 403, "Authorization",
                                 "tokens are made and ended after a log in, not by a token");
    return status;
}

static hr_status get_tokens(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_token who;
    json_t *list = NULL;
    HR_TRY(ask_session(v, request, answer, &who, err));
    if (answer->status != 0)
        return HR_OK;
    HR_TRY(hr_store_list_tokens(&v->store, who.visitor, hr_now(), &list, err));
    HR_TRY(hr_answer_json(answer, json_pack("{s:O}", "tokens", list), err));
done:
    json_decref(list);
    return status;
}

static hr_status issue(hr_visitors *v, const hr_request *request, int64_t visitor, hr_answer *answer,
                       hr_error *err)
{
    char token[HR_TOKEN_SIZE];
    const int64_t now = hr_now(), expires = now + hr_request_integer(request, "days") * DAY_SECONDS;
    const hr_status status = hr_store_issue_token(&v->store, visitor, HR_BEARER,
                                                  hr_request_text(request, "name"), now, expires, token, err);
    if (status != HR_OK)
        return status;
    answer->status = 201;
    return hr_answer_json(answer,
                          json_pack("{s:s, s:s, s:I}", "token", token, "name",
                                    hr_request_text(request, "name"), "expires", (json_int_t)expires),
                          err);
}

static hr_status post_token(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_token who;
    json_t *list = NULL;
    HR_TRY(ask_session(v, request, answer, &who, err));
    if (answer->status != 0)
        return HR_OK;
    HR_TRY(hr_store_list_tokens(&v->store, who.visitor, hr_now(), &list, err));
    if (json_array_size(list) >= MOST_TOKENS)
        HR_TRY(hr_answer_problem(answer, 409, NULL, "the account has %d tokens: end one first", MOST_TOKENS));
    else
        HR_TRY(issue(v, request, who.visitor, answer, err));
done:
    json_decref(list);
    return status;
}

static hr_status delete_token(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_visitors *v = context;
    hr_status status = HR_OK;
    hr_token who;
    int64_t removed = 0;
    HR_TRY(ask_session(v, request, answer, &who, err));
    if (answer->status != 0)
        return HR_OK;
    HR_TRY(hr_store_revoke_token(&v->store, who.visitor, hr_request_integer(request, "id"), &removed, err));
    if (removed == 0)
        return hr_answer_problem(answer, 404, "id", "no token has this id");
    HR_TRY(hr_answer_json(answer, json_pack("{s:I}", "removed", (json_int_t)removed), err));
done:
    return status;
}

static const hr_parameter made[] = {{.name = "name",
                                     .where = HR_IN_BODY,
                                     .kind = HR_TEXT_PARAMETER,
                                     .required = true,
                                     .minimum = 1,
                                     .maximum = 100,
                                     .summary = "what the token is for"},
                                    {.name = "days",
                                     .where = HR_IN_BODY,
                                     .kind = HR_INTEGER_PARAMETER,
                                     .minimum = 1,
                                     .maximum = MOST_DAYS,
                                     .otherwise = "90",
                                     .summary = "that it is valid"},
                                    {0}};
static const hr_parameter ended[] = {{.name = "id",
                                      .where = HR_IN_PATH,
                                      .kind = HR_INTEGER_PARAMETER,
                                      .minimum = 1,
                                      .maximum = 9e15,
                                      .summary = "the token's id"},
                                     {0}};

const hr_route hr_token_routes[] = {
    {.method = "GET",
     .path = "/account/tokens",
     .summary = "Bearer tokens of the account, by which programs ask: Authorization: Bearer TOKEN",
     .handle = get_tokens,
     .caching = HR_NOT_STORED,
     .answers = "{tokens: [{id: integer, name: text, created: integer, expires: integer}]}"},
    {.method = "POST",
     .path = "/account/tokens",
     .summary = "Makes a bearer token, which is shown this once",
     .parameters = made,
     .handle = post_token,
     .answers = "{token: text, name: text, expires: integer}"},
    {.method = "DELETE",
     .path = "/account/tokens/{id}",
     .summary = "Ends a bearer token",
     .parameters = ended,
     .handle = delete_token,
     .answers = "{removed: integer}"},
    {0}};
