#include "trainer/serve/server/response.h"

#include "io/base/checksum.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Of every answer: pages run nothing but what this server serves, are in no frame, and tell others nothing. */
static const hr_pair safe[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src "
     "'self'; "
     "font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"}};

static void add_safety(struct MHD_Response *response, bool cors)
{
    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++)
        MHD_add_response_header(response, safe[i].name, safe[i].value);
    MHD_add_response_header(response, "Cross-Origin-Resource-Policy", cors ? "cross-origin" : "same-origin");
}

/* Cookies go along with no request of another site: Access-Control-Allow-Credentials is not sent. */
static void add_cors(struct MHD_Response *response, const hr_exchange *x, const char *cors)
{
    MHD_add_response_header(response, "Access-Control-Allow-Origin", cors);
    MHD_add_response_header(response, "Vary", "Origin");
    if (*x->match.methods) {
        MHD_add_response_header(response, "Access-Control-Allow-Methods", x->match.methods);
        MHD_add_response_header(response, "Access-Control-Allow-Headers", "Authorization, Content-Type");
        MHD_add_response_header(response, "Access-Control-Max-Age", "3600");
    }
}

/* "0123456789abcdef" in quotes. */
static void make_tag(const hr_answer *a, char tag[24])
{
    const uint64_t version = a->version ? a->version : hr_checksum_rows(a->body, 0, 1, (int64_t)a->length);
    snprintf(tag, 24, "\"%016" PRIx64 "\"", version);
}

static bool is_known(const hr_request *r, const char *tag)
{
    const char *known = hr_request_header(r, "If-None-Match");
    return known && (strcmp(known, "*") == 0 || strstr(known, tag));
}

static bool is_read(const hr_exchange *x)
{
    return x->answer.status == 200 && x->request.method &&
           (strcmp(x->request.method, "GET") == 0 || strcmp(x->request.method, "HEAD") == 0);
}

static bool is_stored(const hr_exchange *x)
{
    return is_read(x) && !x->answer.not_stored && x->match.route && x->match.route->caching != HR_NOT_STORED;
}

static void add_caching(struct MHD_Response *response, const hr_exchange *x, const char *tag)
{
    const bool stored = is_stored(x), hour = stored && x->match.route->caching == HR_FOR_AN_HOUR;
    MHD_add_response_header(response, "Cache-Control",
                            hour     ? "max-age=3600"
                            : stored ? "no-cache"
                                     : "no-store");
    if (stored)
        MHD_add_response_header(response, "ETag", tag);
}

static void add_own(struct MHD_Response *response, const hr_answer *a, bool closing)
{
    if (a->type)
        MHD_add_response_header(response, "Content-Type", a->type);
    for (int i = 0; i < a->headers; i++)
        MHD_add_response_header(response, a->header[i].name, a->header[i].value);
    if (closing)
        MHD_add_response_header(response, "Connection", "close");
}

/* MHD only reads the bytes. */
static struct MHD_Response *of_bytes(const char *bytes, size_t length)
{
    union {
        const char *readable;
        void *given;
    } body = {.readable = bytes ? bytes : ""};
    return MHD_create_response_from_buffer(length, body.given, MHD_RESPMEM_PERSISTENT);
}

enum MHD_Result hr_exchange_send(hr_exchange *exchange, const hr_exchange_rules *rules, bool closing,
                                 int *status)
{
    hr_answer *a = &exchange->answer;
    char tag[24] = "";
    if (a->status == 0)
        a->status = a->type ? 200 : 204;
    if (is_stored(exchange))
        make_tag(a, tag);
    const bool known = *tag && is_known(&exchange->request, tag), cors = rules->cors && *rules->cors;
    struct MHD_Response *response = of_bytes(a->body, known ? 0 : a->length);
    if (!response)
        return MHD_NO;
    *status = known ? 304 : a->status;
    add_safety(response, cors);
    if (cors)
        add_cors(response, exchange, rules->cors);
    add_caching(response, exchange, tag);
    add_own(response, a, closing);
    const enum MHD_Result result = MHD_queue_response(exchange->connection, (unsigned)*status, response);
    MHD_destroy_response(response);
    return result;
}
