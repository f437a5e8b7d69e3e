#include "trainer/serve/server/exchange.h"

#include "io/base/memory.h"
#include "io/base/utf8.h"
#include "trainer/serve/http/head.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Of a body that is too large so much is read, for the answer to come through, before the connection ends: where its length
 * is said, and where it comes in chunks, as the library takes no answer between these. */
enum { MOST_OF_A_LARGE_BODY = 1 << 20, MOST_OF_CHUNKS = 64 << 20 };

/* Bytes of a body that are taken apart by the thread that reads and sends. */
enum { MOST_READ_AT_ONCE = 16 * 1024 };

hr_exchange *hr_exchange_create(struct MHD_Connection *connection, hr_connection *peer, const char *line)
{
    hr_exchange *x = hr_alloc(1, sizeof *x);
    char *copy = x ? strdup(line) : NULL;
    if (!copy) {
        free(x);
        return NULL;
    }
    x->connection = connection;
    x->peer = peer;
    x->line = copy;
    x->started = hr_nanoseconds();
    return x;
}

void hr_exchange_free(hr_exchange *exchange)
{
    hr_answer_free(&exchange->answer);
    hr_request_free(&exchange->request);
    free(exchange->line);
    free(exchange);
}

static enum MHD_Result add_header(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    hr_request *request = context;
    if (request->headers == HR_REQUEST_HEADERS)
        return MHD_NO;
    request->header[request->headers++] = (hr_pair){name, value ? value : ""};
    return MHD_YES;
}

static void name_client(hr_exchange *x)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address = info ? info->client_addr : NULL;
    const void *bytes = NULL;
    if (address && address->sa_family == AF_INET)
        bytes = &((const struct sockaddr_in *)(const void *)address)->sin_addr;
    else if (address && address->sa_family == AF_INET6)
        bytes = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
    if (bytes)
        inet_ntop(address->sa_family, bytes, x->request.client, sizeof x->request.client);
}

/* Whether `host`, with a port or without, is one of the names. */
static bool is_host_of(const char *host, const char *names)
{
    const char *colon = strrchr(host, ':');
    const size_t length = colon && !strchr(colon, ']') ? (size_t)(colon - host) : strlen(host);
    for (const char *name = names; *name;) {
        const size_t name_length = strcspn(name, ",");
        if (name_length == length && strncasecmp(name, host, length) == 0)
            return true;
        name += name_length + (name[name_length] == ',');
    }
    return false;
}

/* Whether a page of another site sends the request: its origin is not the host that is asked. */
static bool is_foreign(const hr_request *r, const char *cors)
{
    const char *origin = hr_request_header(r, "Origin"), *host = hr_request_header(r, "Host");
    const char *site = origin ? strstr(origin, "://") : NULL;
    if (!origin || (cors && (strcmp(cors, "*") == 0 || strcasecmp(cors, origin) == 0)))
        return false;
    return !site || !host || strcasecmp(site + 3, host) != 0;
}

static bool changes_something(const char *method)
{
    return strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0 && strcmp(method, "OPTIONS") != 0;
}

/* The request ends with this problem, or with an answer to OPTIONS. */
static void check_route(hr_exchange *x, const char *method)
{
    hr_error ignored;
    hr_answer *a = &x->answer;
    x->refused = !x->match.route;
    if (x->match.route)
        return;
    if (!*x->match.methods) {
        hr_answer_problem(a, 404, NULL, "nothing is at this path; /openapi.json lists what there is");
        return;
    }
    if (strcmp(method, "OPTIONS") == 0)
        a->status = 204;
    else
        hr_answer_problem(a, 405, NULL, "this path takes %s", x->match.methods);
    hr_answer_header(a, &ignored, "Allow", "%s, OPTIONS", x->match.methods);
}

static bool check_sender(hr_exchange *x, const char *method, const hr_exchange_rules *rules)
{
    const char *host = hr_request_header(&x->request, "Host");
    x->refused = true;
    if (rules->host && *rules->host && !is_host_of(host ? host : "", rules->host))
        hr_answer_problem(&x->answer, 421, "Host",
                          "the server is not known by this name; --host gives it names");
    else if (changes_something(method) && is_foreign(&x->request, rules->cors))
        hr_answer_problem(&x->answer, 403, "Origin",
                          "a page of another site may not send this; --cors permits one");
    else
        x->refused = false;
    return !x->refused;
}

/* Whoever sends bytes to keep is somebody: others are refused before these come. */
static void check_giver(hr_exchange *x)
{
    const hr_request *r = &x->request;
    if (x->refused || !x->match.route->takes || hr_request_header(r, "Cookie") ||
        hr_request_header(r, "Authorization"))
        return;
    x->refused = true;
    hr_answer_problem(&x->answer, 401, NULL, "this needs an account: log in, or register");
}

void hr_exchange_begin(hr_exchange *exchange, const char *method, const char *version,
                       const hr_exchange_rules *rules)
{
    hr_exchange *x = exchange;
    hr_error err = {""};
    x->begun = true;
    x->request.method = method;
    MHD_get_connection_values(x->connection, MHD_HEADER_KIND, add_header, &x->request);
    const int headers = MHD_get_connection_values(x->connection, MHD_HEADER_KIND, NULL, NULL);
    name_client(x);
    x->ends = x->refused = !hr_head_check(&x->request, x->line, version, headers, &x->answer);
    if (x->ends)
        return;
    const hr_status status = hr_target_read(&x->request.target, x->line, &err);
    if (status != HR_OK) {
        x->refused = true;
        hr_answer_problem(&x->answer, status == HR_MEMORY ? 503 : 400, NULL, "%s", err.text);
        return;
    }
    x->match = hr_route_find(rules->sets, method, &x->request.target);
    x->request.route = x->match.route;
    if (check_sender(x, method, rules))
        check_route(x, method);
    check_giver(x);
}

static int64_t most_body(const hr_exchange *x)
{
    return x->match.route ? hr_route_most_body(x->match.route) : 0;
}

static void refuse_large(hr_exchange *x)
{
    const int64_t most = most_body(x);
    if (x->refused)
        return;
    x->refused = true;
    if (most == 0)
        hr_answer_problem(&x->answer, 413, NULL, "this takes no body");
    else
        hr_answer_problem(&x->answer, 413, NULL, "the body is larger than %lld bytes", (long long)most);
}

bool hr_exchange_is_large(const hr_exchange *exchange)
{
    const char *length = hr_request_header(&exchange->request, "Content-Length");
    return length && strtoll(length, NULL, 10) > most_body(exchange) + MOST_OF_A_LARGE_BODY;
}

bool hr_exchange_add_body(hr_exchange *exchange, const char *bytes, size_t length)
{
    hr_exchange *x = exchange;
    hr_request *r = &x->request;
    const int64_t size = (int64_t)(r->length + length);
    if (size > most_body(x))
        refuse_large(x);
    r->length += length;
    if (x->refused)
        return size <= most_body(x) + MOST_OF_CHUNKS;
    char *grown = hr_grow(r->body, &x->capacity, size + 1, 1);
    if (!grown)
        return false;
    r->body = grown;
    memcpy(grown + size - (int64_t)length, bytes, length);
    grown[size] = '\0';
    return true;
}

void hr_exchange_refuse_now(hr_exchange *exchange, const char *why)
{
    hr_exchange *x = exchange;
    hr_error ignored;
    x->refused = true;
    free(x->request.body);
    x->request.body = NULL;
    x->capacity = 0;
    hr_answer_free(&x->answer);
    hr_answer_problem(&x->answer, 503, NULL, "%s; try again later", why);
    hr_answer_header(&x->answer, &ignored, "Retry-After", "1");
}

bool hr_exchange_read_values(hr_exchange *exchange)
{
    if (!exchange->refused)
        exchange->refused = !hr_request_read_values(&exchange->request, &exchange->answer);
    return !exchange->refused;
}

bool hr_exchange_defer_values(hr_exchange *exchange)
{
    hr_exchange *x = exchange;
    x->deferred = !x->refused && x->request.length > MOST_READ_AT_ONCE && x->match.route->handle;
    return x->deferred;
}

bool hr_exchange_is_batched(const hr_exchange *exchange)
{
    const hr_route *route = exchange->match.route;
    return !exchange->deferred && route->handle_batch && !(route->alone && route->alone(&exchange->request));
}

bool hr_exchange_takes_long(const hr_exchange *exchange)
{
    const hr_route *route = exchange->match.route;
    return exchange->deferred ||
           (route->takes_long && route->takes_long(exchange->match.context, &exchange->request));
}

void hr_exchange_fail(hr_exchange *exchange, hr_status status, const hr_error *err)
{
    hr_exchange *x = exchange;
    if (status == HR_OK || x->answer.status != 0)
        return;
    hr_answer_failure(&x->answer, status, NULL, err);
    if (x->answer.status >= 500)
        fprintf(stderr, "halorec: %s %s: %s\n", x->request.method, x->match.route->path, err->text);
}

void hr_exchange_answer(hr_exchange *exchange)
{
    hr_exchange *x = exchange;
    hr_error err = {""};
    if (x->deferred && !hr_exchange_read_values(x))
        return;
    hr_exchange_fail(x, x->match.route->handle(x->match.context, &x->request, &x->answer, &err), &err);
}
