#include "io/base/durable.h"

#include "io/base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MOST_LINKS = 40 }; /* as many as Linux follows */

static hr_status too_long(const char *path, hr_error *err)
{
    return hr_fail(err, HR_USAGE, "%s: a path too long", path);
}

/* Replaces a link's name by what it says: a path from its own folder, or from the root. */
static hr_status follow(char target[PATH_MAX], const char *link, hr_error *err)
{
    const char *slash = strrchr(target, '/');
    const size_t folder = link[0] != '/' && slash ? (size_t)(slash + 1 - target) : 0;
    if (folder + strlen(link) >= PATH_MAX)
        return too_long(target, err);
    strcpy(target + folder, link);
    return HR_OK;
}

hr_status hr_link_target(const char *path, char target[PATH_MAX], hr_error *err)
{
    char link[PATH_MAX];
    hr_status status = HR_OK;
    if (strlen(path) >= PATH_MAX)
        return too_long(path, err);
    strcpy(target, path);
    for (int followed = 0; status == HR_OK; followed++) {
        const ssize_t length = readlink(target, link, sizeof link - 1);
        if (length < 0)
            return HR_OK; /* no link, or nothing there */
        if (followed == MOST_LINKS)
            return hr_fail(err, HR_USAGE, "%s: symbolic links in a circle", path);
        link[length] = '\0';
        status = follow(target, link, err);
    }
    return status;
}

hr_status hr_temporary_name(const char *path, char **name, hr_error *err)
{
    char target[PATH_MAX];
    hr_status status = HR_OK;
    *name = NULL;
    HR_TRY(hr_link_target(path, target, err));
    const size_t length = strlen(target) + sizeof HR_TEMPORARY_SUFFIX;
    HR_ALLOC(*name, (int64_t)length);
    snprintf(*name, length, "%s" HR_TEMPORARY_SUFFIX, target);
done:
    return status;
}

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
    char target[PATH_MAX];
    const hr_status status = hr_link_target(path, target, err);
    if (status != HR_OK)
        return status;
    const int descriptor = open(temporary, O_RDWR);
    const bool failed = descriptor < 0 || fsync(descriptor) != 0;
    const int reason = errno;
    if (descriptor >= 0)
        close(descriptor);
    if (failed)
        return hr_fail(err, HR_IO, "%s: cannot be flushed to the disk: %s", temporary, strerror(reason));
    if (rename(temporary, target) != 0)
        return hr_fail(err, HR_IO, "%s: cannot take the place of %s: %s", temporary, target, strerror(errno));
    sync_folder(target);
    return HR_OK;
}
