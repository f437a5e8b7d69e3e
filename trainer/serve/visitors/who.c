#include "trainer/serve/visitors/who.h"

#include "trainer/serve/store/people.h"
#include "trainer/serve/visitors/client.h"

#include <string.h>
#include <strings.h>
#include <time.h>

/* A year: nothing else leads to the ratings of a visitor without an account. */
enum { SESSION_SECONDS = 365 * 86400 };

static const char cookie_name[] = "halorec_session";

int64_t hr_now(void)
{
    return (int64_t)time(NULL);
}

double hr_attempt_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static hr_status refuse_token(hr_answer *answer, hr_error *err)
{
    const hr_status status =
        hr_answer_header(answer, err, "WWW-Authenticate", "Bearer error=\"invalid_token\"");
    return status == HR_OK
               ? hr_answer_problem(answer, 401, "Authorization",
                                   "the bearer token is not valid, or not any more; make a new one")
               : status;
}

/* The token of "Authorization: Bearer TOKEN"; NULL without the header, and for another scheme: a proxy's own,
 * such as Basic, which browsers send along. */
static const char *bearer_token(const hr_request *request)
{
    static const char scheme[] = "Bearer";
    const size_t length = sizeof scheme - 1;
    const char *header = hr_request_header(request, "Authorization");
    if (!header || strncasecmp(header, scheme, length) != 0 || (header[length] && header[length] != ' '))
        return NULL;
    return header + length + strspn(header + length, " ");
}

hr_status hr_visitor_asks(hr_visitors *v, const hr_request *request, hr_answer *answer, hr_token *who,
                          hr_error *err)
{
    char cookie[2 * HR_TOKEN_SIZE];
    const char *bearer = bearer_token(request);
    *who = (hr_token){0};
    if (bearer) {
        const hr_status status = hr_store_find_token(&v->store, bearer, HR_BEARER, hr_now(), who, err);
        return status == HR_OK && who->visitor == 0 ? refuse_token(answer, err) : status;
    }
    if (!hr_request_cookie(request, cookie_name, cookie, sizeof cookie) || !hr_client_is_own_page(request))
        return HR_OK;
    return hr_store_find_token(&v->store, cookie, HR_SESSION, hr_now(), who, err);
}

static hr_status set_cookie(hr_visitors *v, const hr_request *request, hr_answer *answer, const char *token,
                            int seconds, hr_error *err)
{
    return hr_answer_header(answer, err, "Set-Cookie",
                            "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%d%s", cookie_name, token,
                            seconds, hr_client_has_tls(request, v->config.proxied) ? "; Secure" : "");
}

hr_status hr_begin_session(hr_visitors *v, const hr_request *request, hr_answer *answer, int64_t visitor,
                           const hr_token *who, hr_error *err)
{
    hr_status status = HR_OK;
    char token[HR_TOKEN_SIZE];
    const int64_t now = hr_now();
    if (who->visitor != 0 && who->kind == HR_SESSION)
        HR_TRY(hr_store_revoke_token(&v->store, who->visitor, who->id, NULL, err));
    HR_TRY(hr_store_issue_token(&v->store, visitor, HR_SESSION, "", now, now + SESSION_SECONDS, token, err));
    HR_TRY(set_cookie(v, request, answer, token, SESSION_SECONDS, err));
done:
    return status;
}

hr_status hr_end_session(hr_visitors *v, const hr_request *request, hr_answer *answer, const hr_token *who,
                         hr_error *err)
{
    hr_status status = HR_OK;
    if (who->visitor != 0)
        HR_TRY(hr_store_revoke_token(&v->store, who->visitor, who->id, NULL, err));
    HR_TRY(set_cookie(v, request, answer, "", 0, err));
done:
    return status;
}

hr_status hr_take_attempt(hr_visitors *v, hr_attempt_kind kind, const char *who, hr_answer *answer,
                          hr_error *err)
{
    const int wait = hr_attempts_take(&v->attempts, kind, who, hr_attempt_clock());
    if (wait == 0)
        return HR_OK;
    const hr_status status = hr_answer_header(answer, err, "Retry-After", "%d", wait);
    return status == HR_OK ? hr_answer_problem(answer, 429, NULL, "too many tries: wait %d seconds", wait)
                           : status;
}

hr_status hr_take_address(hr_visitors *v, hr_attempt_kind kind, const hr_request *request, hr_answer *answer,
                          hr_error *err)
{
    char address[HR_CLIENT_LENGTH];
    hr_client_address(request, v->config.proxied, address);
    return hr_take_attempt(v, kind, address, answer, err);
}

hr_status hr_visitor_rates(hr_visitors *v, const hr_request *request, hr_answer *answer, hr_token *who,
                           hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_visitor_asks(v, request, answer, who, err));
    if (who->visitor != 0 || answer->status != 0)
        return HR_OK;
    HR_TRY(hr_take_address(v, HR_VISITOR_OF_ADDRESS, request, answer, err));
    if (answer->status != 0)
        return HR_OK;
    HR_TRY(hr_store_add_visitor(&v->store, hr_now(), &who->visitor, err));
    HR_TRY(hr_begin_session(v, request, answer, who->visitor, &(hr_token){0}, err));
done:
    return status;
}

hr_status hr_visitor_owns(hr_visitors *v, const hr_request *request, hr_answer *answer, hr_token *who,
                          hr_account *account, hr_error *err)
{
    hr_status status = HR_OK;
    *account = (hr_account){0};
    HR_TRY(hr_visitor_asks(v, request, answer, who, err));
    if (answer->status != 0)
        return HR_OK;
    if (who->visitor != 0)
        HR_TRY(hr_store_account_of(&v->store, who->visitor, account, err));
    if (account->visitor == 0)
        HR_TRY(hr_answer_problem(answer, 401, NULL, "this needs an account: log in, or register"));
done:
    return status;
}
