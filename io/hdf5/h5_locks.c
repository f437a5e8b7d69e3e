#include "io/hdf5/h5_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define LOCKS_VARIABLE "HDF5_USE_FILE_LOCKING"

/* Keeps the system's error number of a lock that failed. A file that is open without locks already, and so has
 * none, can be opened again only without. */
static herr_t find_lock(unsigned depth, const H5E_error2_t *entry, void *reason)
{
    static const char failed[] = "unable to lock file, errno = ";
    (void)depth;
    const char *text = entry->desc ? entry->desc : "", *found = strstr(text, failed);
    if (found)
        *(int *)reason = atoi(found + strlen(failed));
    else if (strstr(text, "locking flag values don't match"))
        *(int *)reason = ENOLCK;
    return 0;
}

/* Why HDF5's last call could not lock a file; 0 where that was not what failed. */
static int lock_failure(void)
{
    int reason = 0;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, find_lock, &reason);
    return reason;
}

/* Another program's lock, and not a file system without locks. */
static bool is_held(int reason)
{
    return reason == EWOULDBLOCK || reason == EAGAIN || reason == EACCES;
}

/* Whether to try again, now with an access list that does not lock. A variable that says TRUE stays. */
static bool go_without(hid_t access)
{
    const int reason = lock_failure();
    return reason != 0 && !is_held(reason) && H5Pset_file_locking(access, false, true) >= 0;
}

void hr_h5_close_list(hid_t list)
{
    const hid_t reasons = H5Eget_current_stack();
    H5Pclose(list);
    H5Eset_current_stack(reasons);
}

hid_t hr_h5_open_id(const char *path)
{
    const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    hid_t id = H5Fopen(path, H5F_ACC_RDONLY, access);
    if (id < 0 && go_without(access))
        id = H5Fopen(path, H5F_ACC_RDONLY, access);
    hr_h5_close_list(access);
    return id;
}

hid_t hr_h5_create_id(const char *path, hid_t creation, hid_t access)
{
    const hid_t id = H5Fcreate(path, H5F_ACC_TRUNC, creation, access);
    return id < 0 && go_without(access) ? H5Fcreate(path, H5F_ACC_TRUNC, creation, access) : id;
}

hr_status hr_h5_fail_open(const char *path, const char *expected, hr_error *err)
{
    char reason[HR_H5_REASON_LENGTH];
    const int lock = lock_failure();
    const bool refused = hr_h5_reason(reason);
    if (is_held(lock) || strstr(reason, "already open for"))
        return hr_fail(err, HR_IO,
                       "%s: held by another program, which has it open to write (HDF5: %s); close it there, "
                       "or wait for its end",
                       path, reason);
    if (lock != 0)
        return hr_fail(err, HR_IO,
                       "%s: cannot be locked: %s; " LOCKS_VARIABLE "=FALSE reads it without (jobs/README.md)",
                       path, reason);
    if (refused)
        return hr_fail(err, HR_IO, "%s: cannot be read: %s", path, reason);
    return hr_fail(err, HR_INPUT, "%s: not an HDF5 file, or one that was cut off (HDF5: %s); expected %s",
                   path, reason, expected);
}
