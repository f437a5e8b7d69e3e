#include "io/comm/heartbeat.h"

#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

static hr_status open_socket(hr_heartbeat *h, struct sockaddr_in *bound, hr_error *err)
{
    const struct sockaddr_in any = {.sin_family = AF_INET};
    socklen_t length = sizeof *bound;
    h->socket = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    h->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (h->socket < 0 || h->wake < 0 || bind(h->socket, (const struct sockaddr *)&any, sizeof any) != 0 ||
        getsockname(h->socket, (struct sockaddr *)bound, &length) != 0)
        return hr_fail(err, HR_IO, "no UDP socket for the heartbeat: %s; --stall-timeout 0 does without",
                       strerror(errno));
    return HR_OK;
}

/* This host's addresses. Loopback is one of them: it may be all there is. */
static hr_status list_addresses(hr_heartbeat *h, in_port_t port, hr_error *err)
{
    struct ifaddrs *all = NULL;
    if (getifaddrs(&all) != 0)
        return hr_fail(err, HR_IO, "the host's addresses cannot be listed: %s", strerror(errno));
    for (const struct ifaddrs *a = all; a && h->addresses < HR_HEARTBEAT_ADDRESSES; a = a->ifa_next) {
        if (!a->ifa_addr || a->ifa_addr->sa_family != AF_INET || !(a->ifa_flags & IFF_UP))
            continue;
        struct sockaddr_in *address = &h->center[h->addresses++];
        memcpy(address, a->ifa_addr, sizeof *address);
        address->sin_port = port;
    }
    freeifaddrs(all);
    return HR_OK;
}

hr_status hr_heartbeat_open(hr_heartbeat *h, const hr_comm *comm, hr_error *err)
{
    struct sockaddr_in bound = {0};
    *h = (hr_heartbeat){.open = true, .rank = comm->rank, .socket = -1, .wake = -1};
    hr_status status = open_socket(h, &bound, err);
    if (status == HR_OK && h->rank == 0)
        status = list_addresses(h, bound.sin_port, err);
    if (status == HR_OK && getrandom(&h->key, sizeof h->key, 0) != sizeof h->key)
        status = hr_fail(err, HR_IO, "no random number: %s", strerror(errno));
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_broadcast(comm, &h->key, sizeof h->key, 0, err));
    HR_TRY(hr_broadcast(comm, &h->addresses, sizeof h->addresses, 0, err));
    HR_TRY(hr_broadcast(comm, h->center, sizeof h->center, 0, err));
done:
    if (status != HR_OK)
        hr_heartbeat_close(h);
    return status;
}

void hr_heartbeat_close(hr_heartbeat *h)
{
    if (h->open && h->socket >= 0)
        close(h->socket);
    if (h->open && h->wake >= 0)
        close(h->wake);
    *h = (hr_heartbeat){0};
}

static void send_to(const hr_heartbeat *h, const hr_beat *beat, const struct sockaddr_in *address)
{
    /* A beat that cannot leave is a beat lost. */
    (void)!sendto(h->socket, beat, sizeof *beat, 0, (const struct sockaddr *)address, sizeof *address);
}

void hr_heartbeat_send(const hr_heartbeat *h, hr_beat *beat)
{
    beat->key = h->key;
    if (h->rank == 0 && h->asker.sin_port != 0)
        send_to(h, beat, &h->asker);
    for (int i = 0; h->rank != 0 && i < h->addresses; i++)
        send_to(h, beat, &h->center[i]);
}

bool hr_heartbeat_receive(hr_heartbeat *h, double seconds, hr_beat *beat)
{
    struct pollfd ready[] = {{.fd = h->socket, .events = POLLIN}, {.fd = h->wake, .events = POLLIN}};
    socklen_t length = sizeof h->asker;
    if (poll(ready, 2, seconds > 0.0 ? (int)(1e3 * seconds) + 1 : 0) <= 0 || ready[1].revents != 0)
        return false;
    const ssize_t bytes =
        recvfrom(h->socket, beat, sizeof *beat, MSG_TRUNC, (struct sockaddr *)&h->asker, &length);
    if (bytes != sizeof *beat || beat->key != h->key)
        return false;
    beat->host[HR_HOST_LENGTH - 1] = '\0';
    return true;
}

void hr_heartbeat_wake(hr_heartbeat *h)
{
    (void)!eventfd_write(h->wake, 1);
}
