#include "trainer/serve/visitors/client.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char *last_of(const char *list)
{
    const char *comma = strrchr(list, ',');
    list = comma ? comma + 1 : list;
    return list + strspn(list, " \t");
}

/* The line of this name that the proxy nearest to the server has added; NULL where there is none, and where there
 * may have been more lines than are kept: then it may be lost. */
static const char *last_header(const hr_request *request, const char *name)
{
    if (request->headers == HR_REQUEST_HEADERS)
        return NULL;
    for (int i = request->headers - 1; i >= 0; i--)
        if (strcasecmp(request->header[i].name, name) == 0)
            return request->header[i].value;
    return NULL;
}

/* Puts the address into the form that all writings of it have. */
static bool normalise(const char *text, char address[HR_CLIENT_LENGTH])
{
    static const unsigned char mapped[12] = {
        [10] = 0xFF, [11] = 0xFF}; /* ::ffff:192.0.2.1 is an address of IPv4 */
    unsigned char bytes[16] = {0};
    if (inet_pton(AF_INET, text, bytes) == 1)
        return inet_ntop(AF_INET, bytes, address, HR_CLIENT_LENGTH);
    if (inet_pton(AF_INET6, text, bytes) != 1)
        return false;
    if (memcmp(bytes, mapped, sizeof mapped) == 0)
        return inet_ntop(AF_INET, bytes + sizeof mapped, address, HR_CLIENT_LENGTH);
    memset(bytes + 8, 0, 8);
    return inet_ntop(AF_INET6, bytes, address, HR_CLIENT_LENGTH);
}

void hr_client_address(const hr_request *request, bool proxied, char address[HR_CLIENT_LENGTH])
{
    const char *forwarded = proxied ? last_header(request, "X-Forwarded-For") : NULL;
    if ((!forwarded || !normalise(last_of(forwarded), address)) && !normalise(request->client, address))
        snprintf(address, HR_CLIENT_LENGTH, "%s", request->client);
}

bool hr_client_has_tls(const hr_request *request, bool proxied)
{
    const char *scheme = proxied ? last_header(request, "X-Forwarded-Proto") : NULL;
    return scheme && strcasecmp(last_of(scheme), "https") == 0;
}

bool hr_client_is_own_page(const hr_request *request)
{
    const char *site = hr_request_header(request, "Sec-Fetch-Site"),
               *origin = hr_request_header(request, "Origin");
    const char *host = hr_request_header(request, "Host"), *asked = origin ? strstr(origin, "://") : NULL;
    if (site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0)
        return false;
    return !origin || (asked && host && strcasecmp(asked + 3, host) == 0);
}
