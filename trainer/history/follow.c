#include "trainer/history/follow.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static hr_status cannot(const char *path, hr_error *err)
{
    return hr_fail(err, HR_IO, "%s: cannot be read: %s", path, strerror(errno));
}

/* Begins anew where the file is another one, or shorter than what was read. */
static hr_status examine(hr_follow *f, FILE *file, hr_history *history, hr_error *err)
{
    struct stat found;
    if (fstat(fileno(file), &found) != 0)
        return cannot(f->path, err);
    if (S_ISDIR(found.st_mode))
        return hr_fail(err, HR_IO, "%s: is a folder; expected a log of halorec train --log", f->path);
    if ((uint64_t)found.st_ino != f->inode || (int64_t)found.st_size < f->offset) {
        hr_history_free(history);
        f->offset = 0;
    }
    f->inode = (uint64_t)found.st_ino;
    f->changed_at = (int64_t)found.st_mtime;
    return HR_OK;
}

static hr_status add_lines(hr_follow *f, FILE *file, hr_history *history, hr_error *err)
{
    hr_status status = HR_OK;
    char *line = NULL;
    size_t room = 0;
    ssize_t length = 0;
    if (fseeko(file, (off_t)f->offset, SEEK_SET) != 0)
        HR_TRY(cannot(f->path, err));
    while ((length = getline(&line, &room, file)) > 0 && line[length - 1] == '\n') {
        HR_TRY(hr_history_add(history, line, (int64_t)length, err));
        f->offset += (int64_t)length;
    }
    if (ferror(file))
        HR_TRY(cannot(f->path, err));
done:
    free(line);
    return status;
}

hr_status hr_follow_read(hr_follow *follow, hr_history *history, hr_error *err)
{
    hr_status status = HR_OK;
    FILE *file = fopen(follow->path, "re");
    follow->found = file != NULL;
    if (!file)
        return errno == ENOENT ? HR_OK : cannot(follow->path, err);
    HR_TRY(examine(follow, file, history, err));
    HR_TRY(add_lines(follow, file, history, err));
done:
    fclose(file);
    return status;
}

hr_status hr_history_read(hr_history *history, const char *path, hr_error *err)
{
    hr_follow follow = {.path = path};
    const hr_status status = hr_follow_read(&follow, history, err);
    if (status != HR_OK)
        return status;
    if (!follow.found)
        return hr_fail(err, HR_IO, "%s: no such file", path);
    if (history->lines == 0)
        return hr_fail(err, HR_INPUT,
                       "%s: has no line of a run's log; expected what halorec train --log writes", path);
    return HR_OK;
}
