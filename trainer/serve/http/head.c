#include "trainer/serve/http/head.h"

#include <string.h>
#include <strings.h>

static bool is_large(const hr_request *r, const char *target, int headers, hr_answer *answer)
{
    size_t bytes = 0;
    for (int i = 0; i < r->headers; i++)
        bytes += strlen(r->header[i].name) + strlen(r->header[i].value);
    if (strlen(target) > HR_TARGET_BYTES)
        hr_answer_problem(answer, 414, NULL, "the target is longer than %d bytes", HR_TARGET_BYTES);
    else if (headers > HR_REQUEST_HEADERS)
        hr_answer_problem(answer, 431, NULL, "the request has more than %d headers", HR_REQUEST_HEADERS);
    else if (bytes > HR_HEADER_BYTES)
        hr_answer_problem(answer, 431, NULL, "the headers have more than %d bytes", HR_HEADER_BYTES);
    else
        return false;
    return true;
}

/* RFC 9110, 5.6.2. */
static bool is_token(const char *text)
{
    return *text && text[strspn(text,
                                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "!#$%&'*+-.^_`|~")] == '\0';
}

static bool has_control(const char *text)
{
    for (const char *c = text; *c; c++)
        if (((unsigned char)*c < ' ' && *c != '\t') || *c == 0x7f)
            return true;
    return false;
}

static bool is_malformed(const hr_request *r, hr_answer *answer)
{
    for (int i = 0; i < r->headers; i++) {
        const hr_pair *h = &r->header[i];
        const bool named = is_token(h->name);
        if (named && !has_control(h->value))
            continue;
        hr_answer_problem(answer, 400, named ? h->name : NULL, "%s",
                          named ? "a header's value has a control character"
                                : "a header's name has a character that no name has");
        return true;
    }
    return false;
}

static int count_of(const hr_request *r, const char *name)
{
    int count = 0;
    for (int i = 0; i < r->headers; i++)
        count += strcasecmp(r->header[i].name, name) == 0;
    return count;
}

static bool lacks_host(const hr_request *r, const char *version, hr_answer *answer)
{
    const int hosts = count_of(r, "Host");
    if (hosts == 1 || (hosts == 0 && strcmp(version, "HTTP/1.0") == 0))
        return false;
    hr_answer_problem(answer, 400, "Host", "a request has one header Host, and this one has %s",
                      hosts == 0 ? "none" : "several");
    return true;
}

/* Where two programs could find different ends of the body, what is behind one end may be taken for another request
 * (RFC 9112, 11.2). */
static bool has_no_clear_end(const hr_request *r, const char *version, hr_answer *answer)
{
    static const char coding[] = "Transfer-Encoding", length[] = "Content-Length";
    const int codings = count_of(r, coding), lengths = count_of(r, length);
    if (lengths > 1 || (codings > 0 && lengths > 0))
        hr_answer_problem(answer, 400, length, "the request says its length more than once");
    else if (codings > 0 && strcmp(version, "HTTP/1.0") == 0)
        hr_answer_problem(answer, 400, coding, "a request of HTTP/1.0 has no transfer coding");
    else if (codings > 1 || (codings == 1 && strcasecmp(hr_request_header(r, coding), "chunked") != 0))
        hr_answer_problem(answer, 501, coding, "the one transfer coding that is known is chunked");
    else
        return false;
    return true;
}

bool hr_head_check(const hr_request *request, const char *target, const char *version, int headers,
                   hr_answer *answer)
{
    return !is_large(request, target, headers, answer) && !is_malformed(request, answer) &&
           !lacks_host(request, version, answer) && !has_no_clear_end(request, version, answer);
}
