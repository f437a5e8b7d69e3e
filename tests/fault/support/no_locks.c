/* Preloaded into a program: a file system without locks, as NFS and Lustre often are. flock fails with
 * LOCK_ERRNO. */
#include <errno.h>
#include <stdlib.h>
#include <sys/file.h>

int flock(int descriptor, int operation)
{
    const char *reason = getenv("LOCK_ERRNO");
    (void)descriptor;
    (void)operation;
    errno = reason ? atoi(reason) : ENOLCK;
    return -1;
}
