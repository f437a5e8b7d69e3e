/* Preloaded into a program: a disk that does not answer. While the file HELD_BY is there, a read of a file whose name has HELD_NAME in
 * it waits, and makes the file HELD_BY.waits. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_held(int descriptor)
{
    char link[64], path[4096];
    const char *by = getenv("HELD_BY"), *name = getenv("HELD_NAME");
    if (!by || !name || access(by, F_OK) != 0)
        return false;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return false;
    path[length] = '\0';
    return strstr(path, name);
}

static void hold(int descriptor)
{
    char waits[4096];
    while (is_held(descriptor)) {
        snprintf(waits, sizeof waits, "%s.waits", getenv("HELD_BY"));
        close(open(waits, O_WRONLY | O_CREAT, 0666));
        usleep(10000);
    }
}

ssize_t pread(int descriptor, void *bytes, size_t count, off_t offset)
{
    ssize_t (*next)(int, void *, size_t, off_t);
    *(void **)&next = dlsym(RTLD_NEXT, "pread");
    hold(descriptor);
    return next(descriptor, bytes, count, offset);
}

ssize_t pread64(int descriptor, void *bytes, size_t count, off_t offset)
{
    return pread(descriptor, bytes, count, offset);
}
