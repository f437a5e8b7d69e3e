/* What the first line and the headers of a request may be, before anything is made of them (RFC 9110, RFC 9112). */
#ifndef HR_TRAINER_SERVE_HTTP_HEAD_H
#define HR_TRAINER_SERVE_HTTP_HEAD_H

#include "trainer/serve/http/request.h"

/* Bytes of a target, and of all names and values of headers. */
enum { HR_TARGET_BYTES = 8 * 1024, HR_HEADER_BYTES = 12 * 1024 };

/* False, with a problem as the answer, where the head is none that may be answered otherwise, and the connection has to end:
 * 414 of a target that is too long, 431 of headers that are too many or too large, 501 of a transfer coding that is not known,
 * 400 of a name that is no token, control characters, no Host or several, and what leaves open where the body ends.
 *   target   as it came
 *   version  "HTTP/1.1"
 *   headers  that came; of more than HR_REQUEST_HEADERS the request has those alone */
bool hr_head_check(const hr_request *request, const char *target, const char *version, int headers,
                   hr_answer *answer);

#endif
