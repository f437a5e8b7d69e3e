/* Which visitor asks, by cookie or bearer token.
 *
 * These functions may answer the request themselves, with a problem: then answer->status is not 0, and the handler ends with what they
 * return. */
#ifndef HR_TRAINER_SERVE_VISITORS_WHO_H
#define HR_TRAINER_SERVE_VISITORS_WHO_H

#include "trainer/serve/http/request.h"
#include "trainer/serve/store/tokens.h"
#include "trainer/serve/visitors/visitors.h"

/* The visitor of the request's token; visitor 0 where there is no token, or a cookie that is not valid any more. Answers 401 to a
 * bearer token that is not valid. */
hr_status hr_visitor_asks(hr_visitors *v, const hr_request *request, hr_answer *answer, hr_token *who,
                          hr_error *err);

/* The same, and makes a visitor, with a cookie, where there is none. Answers 429 where too many are made from one address. */
hr_status hr_visitor_rates(hr_visitors *v, const hr_request *request, hr_answer *answer, hr_token *who,
                           hr_error *err);

/* The same as hr_visitor_asks, and the visitor's account. Answers 401 where there is none. */
hr_status hr_visitor_owns(hr_visitors *v, const hr_request *request, hr_answer *answer, hr_token *who,
                          hr_account *account, hr_error *err);

/* Begins a session of a visitor, in the place of an older one, of which *who may be: the answer has its cookie. */
hr_status hr_begin_session(hr_visitors *v, const hr_request *request, hr_answer *answer, int64_t visitor,
                           const hr_token *who, hr_error *err);

/* Ends a session: the answer removes its cookie. */
hr_status hr_end_session(hr_visitors *v, const hr_request *request, hr_answer *answer, const hr_token *who,
                         hr_error *err);

/* Takes a try (attempts.h). Answers 429 where there is none. */
hr_status hr_take_attempt(hr_visitors *v, hr_attempt_kind kind, const char *who, hr_answer *answer,
                          hr_error *err);

/* The same, of the client's address. */
hr_status hr_take_address(hr_visitors *v, hr_attempt_kind kind, const hr_request *request, hr_answer *answer,
                          hr_error *err);

/* Seconds of a clock that only goes forward, and seconds since 1970. */
double hr_attempt_clock(void);
int64_t hr_now(void);

#endif
