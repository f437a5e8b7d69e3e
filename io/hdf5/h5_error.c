#include "io/hdf5/h5_internal.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { REASON_LENGTH = 256 };

/* Keeps the innermost reason. Where the system gave one, HDF5 puts it among times, addresses and line ends;
 * the system's reason alone is kept then. */
static herr_t keep_innermost(unsigned depth, const H5E_error2_t *entry, void *context)
{
    static const char mark[] = "error message = '";
    if (depth > 0 || !entry->desc)
        return 0;
    const char *found = strstr(entry->desc, mark);
    const char *reason = found ? found + strlen(mark) : entry->desc;
    snprintf(context, REASON_LENGTH, "%.*s", (int)strcspn(reason, found ? "'\n" : "\n"), reason);
    return 0;
}

hr_status hr_h5_fail(const hr_h5 *file, const char *action, const char *name, hr_error *err)
{
    char reason[REASON_LENGTH] = "no reason given";
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, reason);
    const bool writing = file->temporary != NULL;
    return hr_fail(err, writing ? HR_IO : HR_INPUT, "%s: cannot %s %s: %s; %s", file->path, action, name,
                   reason,
                   writing ? "check the disk's free space and the folder's permissions"
                           : "the file is damaged or was cut off: make it again");
}
