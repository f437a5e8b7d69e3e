/* A log that another process adds lines to. */
#ifndef HR_TRAINER_HISTORY_FOLLOW_H
#define HR_TRAINER_HISTORY_FOLLOW_H

#include "io/base/error.h"
#include "trainer/history/history.h"

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise, and name the path. */
typedef struct hr_follow {
    const char *path;
    int64_t offset;     /* bytes that were read */
    uint64_t inode;     /* of the file that they were read from */
    bool found;         /* whether there was a file at the last call */
    int64_t changed_at; /* when it was written last, seconds since 1970 */
} hr_follow;

/* Adds what has come since the last call: whole lines alone, however many bytes of the next one are there. A file that is
 * not there is no error; one that was replaced or cut off is read anew. HR_IO, HR_MEMORY. */
hr_status hr_follow_read(hr_follow *follow, hr_history *history, hr_error *err);

#endif
