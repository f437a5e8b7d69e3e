/* Who sends a request: an address, by which route, from which page. */
#ifndef HR_TRAINER_SERVE_VISITORS_CLIENT_H
#define HR_TRAINER_SERVE_VISITORS_CLIENT_H

#include "trainer/serve/http/request.h"

#include <stdbool.h>

/* The address of the client, of IPv6 its network of 64 bits, as text: that of the connection or, where `proxied`, the last of
 * X-Forwarded-For, which the reverse proxy has added. */
void hr_client_address(const hr_request *request, bool proxied, char address[HR_CLIENT_LENGTH]);

/* Whether the client's own connection is TLS: the proxy says so by X-Forwarded-Proto. */
bool hr_client_has_tls(const hr_request *request, bool proxied);

/* Whether the request comes from a page of this server, or from no page at all: by the headers Sec-Fetch-Site and Origin that
 * browsers add. Cookies of others do not count. */
bool hr_client_is_own_page(const hr_request *request);

#endif
