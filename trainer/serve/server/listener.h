/* The socket that connections come to. */
#ifndef HR_TRAINER_SERVE_SERVER_LISTENER_H
#define HR_TRAINER_SERVE_SERVER_LISTENER_H

#include "io/base/error.h"

#include <stdbool.h>
#include <stdint.h>

/* Opens a socket that listens at an address or name, and a port; *bound receives the port. HR_USAGE for no such address; HR_IO
 * where the system refuses. */
hr_status hr_listen(const char *address, int64_t port, int *opened, int *bound, hr_error *err);

/* Whether an address or name is of this machine alone. */
bool hr_is_loopback(const char *address);

#endif
