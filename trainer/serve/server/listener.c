#include "trainer/serve/server/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

static hr_status open_at(const struct addrinfo *at, int *opened)
{
    const int yes = 1, descriptor = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0)
        return HR_IO;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(descriptor, at->ai_addr, at->ai_addrlen) == 0 && listen(descriptor, BACKLOG) == 0) {
        *opened = descriptor;
        return HR_OK;
    }
    const int reason = errno;
    close(descriptor);
    errno = reason;
    return HR_IO;
}

static int port_of(int descriptor)
{
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    if (getsockname(descriptor, (struct sockaddr *)&address, &length) != 0)
        return 0;
    return ntohs(address.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&address)->sin6_port
                                               : ((struct sockaddr_in *)&address)->sin_port);
}

hr_status hr_listen(const char *address, int64_t port, int *opened, int *bound, hr_error *err)
{
    char service[24];
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    snprintf(service, sizeof service, "%lld", (long long)port);
    const int fault = getaddrinfo(address, service, &hints, &found);
    if (fault != 0)
        return hr_fail(err, HR_USAGE, "--bind %s: no such address: %s", address, gai_strerror(fault));
    hr_status status = open_at(found, opened);
    if (status != HR_OK)
        hr_fail(err, status, "%s:%lld: the server cannot listen there: %s%s", address, (long long)port,
                strerror(errno), errno == EADDRINUSE ? "; another program does, choose another --port" : "");
    else
        *bound = port_of(*opened);
    freeaddrinfo(found);
    return status;
}

bool hr_is_loopback(const char *address)
{
    return strcasecmp(address, "localhost") == 0 || strncmp(address, "127.", 4) == 0 ||
           strcmp(address, "::1") == 0;
}
