#include "io/hdf5/h5_internal.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* A reason that is being looked for. */
typedef struct reason {
    char *text;     /* [HR_H5_REASON_LENGTH] */
    bool by_system; /* whether the system gave it */
} reason;

/* Keeps the innermost reason. Where the system gave one, HDF5 puts it among times, addresses and line ends;
 * the system's reason alone is kept then. */
static herr_t keep_innermost(unsigned depth, const H5E_error2_t *entry, void *context)
{
    static const char mark[] = "error message = '";
    reason *r = context;
    if (depth > 0 || !entry->desc)
        return 0;
    const char *found = strstr(entry->desc, mark);
    const char *text = found ? found + strlen(mark) : entry->desc;
    r->by_system = found != NULL;
    snprintf(r->text, HR_H5_REASON_LENGTH, "%.*s", (int)strcspn(text, found ? "'\n" : "\n"), text);
    return 0;
}

bool hr_h5_reason(char text[HR_H5_REASON_LENGTH])
{
    reason r = {text, false};
    strcpy(text, "no reason given");
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, &r);
    return r.by_system;
}

hr_status hr_h5_fail(const hr_h5 *file, const char *action, const char *name, hr_error *err)
{
    char text[HR_H5_REASON_LENGTH];
    const bool refused = hr_h5_reason(text), writing = file->temporary != NULL;
    return hr_fail(err, writing || refused ? HR_IO : HR_INPUT, "%s: cannot %s %s: %s; %s", file->path, action,
                   name, text,
                   writing   ? "check the disk's free space and the folder's permissions"
                   : refused ? "the system refuses to read the file"
                             : "the file is damaged or was cut off: make it again");
}
