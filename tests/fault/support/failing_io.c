/* Preloaded into a rank: what the system does to it, at a chosen call.
 *
 * Calls that change a file whose name contains ".ckpt.h5" are counted: open for writing, write, pwrite,
 * fsync, fdatasync, ftruncate, posix_fallocate, link, rename. On the rank FAULT_RANK, call number FAULT_CALL
 * (from 1) fails with errno FAULT_ERRNO, and with FAULT_LASTS all that follow do, or, where FAULT_ERRNO is 0,
 * half of it is done and the process is killed.
 * With FAULT_COUNT the number of calls is written to the file of that name at the end. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;

static long number(const char *name, long otherwise)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : otherwise;
}

static bool is_rank(void)
{
    return number("OMPI_COMM_WORLD_RANK", -1) == number("FAULT_RANK", 0);
}

static bool is_checkpoint(const char *path)
{
    return strstr(path, ".ckpt.h5") != NULL;
}

static bool is_open_checkpoint(int descriptor)
{
    char link_name[64], path[1024];
    snprintf(link_name, sizeof link_name, "/proc/self/fd/%d", descriptor);
    const ssize_t length = readlink(link_name, path, sizeof path - 1);
    path[length > 0 ? length : 0] = '\0';
    return is_checkpoint(path);
}

/* Counts a call; whether it is to fail. */
static bool is_due(void)
{
    if (!is_rank())
        return false;
    const long call = atomic_fetch_add(&calls, 1) + 1, chosen = number("FAULT_CALL", 0);
    return call == chosen || (getenv("FAULT_LASTS") && chosen > 0 && call > chosen);
}

/* Fails the call, or ends the process. */
static int fail(void)
{
    errno = (int)number("FAULT_ERRNO", 0);
    if (errno == 0)
        raise(SIGKILL);
    return -1;
}

static bool kills(void)
{
    return number("FAULT_ERRNO", 0) == 0;
}

__attribute__((destructor)) static void tell(void)
{
    const char *name = getenv("FAULT_COUNT");
    FILE *file = name && is_rank() && atomic_load(&calls) > 0 ? fopen(name, "w") : NULL;
    if (!file)
        return;
    fprintf(file, "%ld\n", atomic_load(&calls));
    fclose(file);
}

/* The function of that name which this one stands before. */
#define NEXT(type, name) (__extension__(type) dlsym(RTLD_NEXT, name))

typedef ssize_t write_fn(int, const void *, size_t);
typedef ssize_t pwrite_fn(int, const void *, size_t, off_t);
typedef int open_fn(const char *, int, ...);
typedef int sync_fn(int);
typedef int length_fn(int, off_t);
typedef int allocate_fn(int, off_t, off_t);
typedef int names_fn(const char *, const char *);

ssize_t write(int descriptor, const void *data, size_t bytes)
{
    write_fn *next = NEXT(write_fn *, "write");
    if (!is_open_checkpoint(descriptor) || !is_due())
        return next(descriptor, data, bytes);
    if (kills())
        next(descriptor, data, bytes / 2);
    return fail();
}

ssize_t pwrite(int descriptor, const void *data, size_t bytes, off_t offset)
{
    pwrite_fn *next = NEXT(pwrite_fn *, "pwrite");
    if (!is_open_checkpoint(descriptor) || !is_due())
        return next(descriptor, data, bytes, offset);
    if (kills())
        next(descriptor, data, bytes / 2, offset);
    return fail();
}

ssize_t pwrite64(int descriptor, const void *data, size_t bytes, off_t offset)
{
    return pwrite(descriptor, data, bytes, offset);
}

int open(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    const bool writes = (flags & O_ACCMODE) != O_RDONLY;
    return writes && is_checkpoint(path) && is_due() ? fail() : NEXT(open_fn *, "open")(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    return open(path, flags, mode);
}

int fsync(int descriptor)
{
    return is_open_checkpoint(descriptor) && is_due() ? fail() : NEXT(sync_fn *, "fsync")(descriptor);
}

int fdatasync(int descriptor)
{
    return is_open_checkpoint(descriptor) && is_due() ? fail() : NEXT(sync_fn *, "fdatasync")(descriptor);
}

int ftruncate(int descriptor, off_t length)
{
    return is_open_checkpoint(descriptor) && is_due() ? fail()
                                                      : NEXT(length_fn *, "ftruncate")(descriptor, length);
}

int ftruncate64(int descriptor, off_t length)
{
    return ftruncate(descriptor, length);
}

/* Gives the error itself, not -1. */
int posix_fallocate(int descriptor, off_t offset, off_t length)
{
    if (is_open_checkpoint(descriptor) && is_due()) {
        fail();
        return errno;
    }
    return NEXT(allocate_fn *, "posix_fallocate")(descriptor, offset, length);
}

int posix_fallocate64(int descriptor, off_t offset, off_t length)
{
    return posix_fallocate(descriptor, offset, length);
}

int link(const char *from, const char *to)
{
    return is_checkpoint(to) && is_due() ? fail() : NEXT(names_fn *, "link")(from, to);
}

int rename(const char *from, const char *to)
{
    return is_checkpoint(to) && is_due() ? fail() : NEXT(names_fn *, "rename")(from, to);
}
