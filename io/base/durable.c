#include "io/base/durable.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Makes the new name last: a rename is only as durable as its folder. */
static void sync_folder(const char *path)
{
    char copy[PATH_MAX];
    snprintf(copy, sizeof copy, "%s", path);
    const int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY);
    if (folder >= 0) {
        fsync(folder);
        close(folder);
    }
}

hr_status hr_publish(const char *temporary, const char *path, hr_error *err)
{
    const int descriptor = open(temporary, O_RDWR);
    const bool failed = descriptor < 0 || fsync(descriptor) != 0;
    const int reason = errno;
    if (descriptor >= 0)
        close(descriptor);
    if (failed)
        return hr_fail(err, HR_IO, "%s: cannot be flushed to the disk: %s", temporary, strerror(reason));
    if (rename(temporary, path) != 0)
        return hr_fail(err, HR_IO, "%s: cannot take the place of %s: %s", temporary, path, strerror(errno));
    sync_folder(path);
    return HR_OK;
}
