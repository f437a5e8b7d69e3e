#include "io/hdf5/claim.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* A process: its host, number and start, in the system's clock ticks. What a lock file says. */
typedef struct holder {
    char host[128];
    int64_t process, start;
} holder;

/* When a process of this host started; -1 where there is none of that number. */
static int64_t start_of(int64_t process)
{
    char path[64];
    int64_t start = -1;
    snprintf(path, sizeof path, "/proc/%" PRId64 "/stat", process);
    FILE *file = fopen(path, "re");
    if (!file)
        return -1;
    /* The name of the program, in parentheses, may have blanks; the start is the 20th number behind it. */
    if (fscanf(file,
               "%*d (%*[^\n)]) %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s "
               "%" SCNd64,
               &start) != 1)
        start = -1;
    fclose(file);
    return start;
}

static holder this_process(void)
{
    holder h = {.process = getpid(), .start = start_of(getpid())};
    gethostname(h.host, sizeof h.host - 1);
    return h;
}

/* Whether a lock file's holder is a process of this host that still runs. */
static bool is_alive(const holder *h)
{
    const holder self = this_process();
    return h->process > 0 && strcmp(h->host, self.host) == 0 && h->start >= 0 &&
           start_of(h->process) == h->start;
}

/* From the lock file; zeros where it is empty. HR_IO where it is another program's file. */
static hr_status read_holder(const hr_claim *claim, holder *h, hr_error *err)
{
    char text[256] = "";
    const ssize_t length = pread(claim->descriptor, text, sizeof text - 1, 0);
    *h = (holder){.process = 0};
    if (length == 0 || sscanf(text, "process %" SCNd64 " on host %127s since tick %" SCNd64, &h->process,
                              h->host, &h->start) == 3)
        return HR_OK;
    return hr_fail(err, HR_IO, "%s: in the way, and not halorec's: expected no file of this name, or a lock",
                   claim->lock);
}

/* Without it messages name no process; nothing else depends on it. */
static void write_holder(int descriptor)
{
    char text[256];
    const holder self = this_process();
    const int length = snprintf(text, sizeof text, "process %" PRId64 " on host %s since tick %" PRId64 "\n",
                                self.process, self.host, self.start);
    if (ftruncate(descriptor, 0) == 0 && pwrite(descriptor, text, (size_t)length, 0) < 0)
        errno = 0;
}

static hr_status is_claimed(const char *path, const holder *h, hr_error *err)
{
    if (h->process == 0)
        return hr_fail(err, HR_IO, "%s: another run writes it; wait for its end or write elsewhere", path);
    return hr_fail(err, HR_IO,
                   "%s: another run writes it: process %" PRId64
                   " on host %s; wait for its end or write elsewhere",
                   path, h->process, h->host);
}

/* Whether the open lock file is still the one of that name: a holder that ends removes it. */
static bool is_current(const hr_claim *claim)
{
    struct stat open_file, named;
    return fstat(claim->descriptor, &open_file) == 0 && stat(claim->lock, &named) == 0 &&
           open_file.st_dev == named.st_dev && open_file.st_ino == named.st_ino;
}

/* Locks what is open; where locks fail, goes by what is known of the holder. */
static hr_status lock(hr_claim *claim, const char *path, hr_error *err)
{
    holder other;
    const int refused = flock(claim->descriptor, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
    const hr_status status = read_holder(claim, &other, err);
    if (status != HR_OK)
        return status;
    if (refused == EWOULDBLOCK || (refused != 0 && is_alive(&other)))
        return is_claimed(path, &other, err);
    if (refused != 0 && other.process != 0 && strcmp(other.host, this_process().host) != 0)
        snprintf(claim->doubt, sizeof claim->doubt,
                 "there are no locks here (%s), and process %" PRId64
                 " on host %s may be writing this file too: see to it that it has ended",
                 strerror(refused), other.process, other.host);
    return HR_OK;
}

hr_status hr_claim_name(const char *path, char lock[PATH_MAX], hr_error *err)
{
    if (snprintf(lock, PATH_MAX, "%s.lock", path) < PATH_MAX)
        return HR_OK;
    return hr_fail(err, HR_USAGE, "%s: a path too long", path);
}

hr_status hr_claim_take(hr_claim *claim, const char *path, hr_error *err)
{
    hr_status status = hr_claim_name(path, claim->lock, err);
    for (bool current = false; !current && status == HR_OK;) {
        claim->descriptor = open(claim->lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (claim->descriptor < 0)
            return hr_fail(err, HR_IO, "%s: cannot be created: %s", claim->lock, strerror(errno));
        status = lock(claim, path, err);
        current = is_current(claim);
        if (status != HR_OK || !current)
            close(claim->descriptor);
    }
    if (status != HR_OK)
        return status;
    claim->is_held = true;
    write_holder(claim->descriptor);
    return HR_OK;
}

void hr_claim_release(hr_claim *claim)
{
    if (!claim->is_held)
        return;
    unlink(claim->lock);
    close(claim->descriptor);
    claim->is_held = false;
}
