#include "io/hdf5/output.h"

#include "io/base/durable.h"
#include "io/comm/log.h"
#include "io/hdf5/input.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_given(const char *path)
{
    return path && *path;
}

/* Refuses what is at `path`, where something is, if it is no file or is read. */
static hr_status check_there(const hr_output *o, const char *path, bool is_log, hr_error *err)
{
    struct stat found;
    hr_status status = HR_OK;
    if (stat(path, &found) != 0)
        return errno == ENOENT ? HR_OK
                               : hr_fail(err, HR_IO, "%s: cannot be written: %s", path, strerror(errno));
    if (S_ISDIR(found.st_mode))
        return hr_fail(err, HR_USAGE, "%s: a folder; name a file in it", path);
    const int terminal = is_log && S_ISCHR(found.st_mode) ? open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC) : -1;
    const bool streams = is_log && (S_ISFIFO(found.st_mode) || (terminal >= 0 && isatty(terminal)));
    if (terminal >= 0)
        close(terminal);
    if (!S_ISREG(found.st_mode) && !streams)
        return hr_fail(err, HR_USAGE, "%s: a device, pipe or socket; expected the name of a file", path);
    for (int i = 0; i < HR_MOST_INPUTS && status == HR_OK; i++)
        status = hr_input_refuse(path, &found, o->inputs[i], err);
    if (is_log && status == HR_OK)
        status = hr_input_refuse(path, &found, o->resumed, err);
    return is_log && status == HR_OK ? hr_input_refuse(path, &found, o->file, err) : status;
}

static bool is_pipe(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISFIFO(found.st_mode);
}

/* Whether a file can be made or written at `path`; what is there stays as it is. A pipe is not opened: whoever reads it
 * would take the closing for the end. */
static hr_status probe(const char *path, hr_error *err)
{
    if (is_pipe(path))
        return access(path, W_OK) == 0
                   ? HR_OK
                   : hr_fail(err, HR_IO, "%s: cannot be written: %s", path, strerror(errno));
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    const bool made = descriptor >= 0;
    if (!made && errno == EEXIST)
        descriptor = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0)
        return hr_fail(err, HR_IO, "%s: cannot be %s: %s", path, errno == EEXIST ? "written" : "created",
                       strerror(errno));
    if (descriptor >= 0)
        close(descriptor);
    if (made)
        unlink(path);
    return HR_OK;
}

static hr_status check_file(hr_output *o, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    char target[PATH_MAX], lock[PATH_MAX], *temporary = NULL;
    HR_TRY(check_there(o, o->file, false, err));
    HR_TRY(hr_output_check_kind(o->file, o->format, err));
    HR_TRY(hr_output_check_marks(o->file, &o->marks, err));
    HR_TRY(hr_link_target(o->file, target, err));
    HR_TRY(hr_temporary_name(o->file, &temporary, err));
    HR_TRY(check_there(o, temporary, false, err));
    HR_TRY(probe(temporary, err));
    HR_TRY(hr_claim_name(target, lock, err));
    HR_TRY(check_there(o, lock, false, err));
    HR_TRY(hr_claim_take(&o->claim, target, err));
    if (*o->claim.doubt)
        hr_log(comm, "%s: %s", o->file, o->claim.doubt);
done:
    free(temporary);
    return status;
}

/* Whether two files that need not be there would be one. */
static bool is_one_name(const char *a, const char *b)
{
    char first[PATH_MAX], second[PATH_MAX];
    struct stat first_folder, second_folder;
    snprintf(first, sizeof first, "%s", a);
    snprintf(second, sizeof second, "%s", b);
    if (strcmp(basename(first), basename(second)) != 0)
        return false;
    snprintf(first, sizeof first, "%s", a);
    snprintf(second, sizeof second, "%s", b);
    return stat(dirname(first), &first_folder) == 0 && stat(dirname(second), &second_folder) == 0 &&
           hr_is_same_file(&first_folder, &second_folder);
}

static hr_status check_log(const hr_output *o, hr_error *err)
{
    char file[PATH_MAX], log[PATH_MAX];
    hr_status status = HR_OK;
    HR_TRY(check_there(o, o->log, true, err));
    HR_TRY(hr_output_check_lines(o->log, err));
    HR_TRY(hr_link_target(o->log, log, err));
    if (is_given(o->file)) {
        HR_TRY(hr_link_target(o->file, file, err));
        if (is_one_name(file, log))
            HR_TRY(hr_fail(err, HR_USAGE, "%s: one name for the log and for another output", o->log));
    }
    HR_TRY(probe(access(o->log, F_OK) == 0 ? o->log : log, err));
done:
    return status;
}

hr_status hr_output_begin(hr_output *output, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    if (comm->rank == 0 && is_given(output->log))
        status = check_log(output, err);
    if (comm->rank == 0 && status == HR_OK && is_given(output->file))
        status = check_file(output, comm, err);
    return hr_agree(comm, status, NULL, err);
}

void hr_output_end(hr_output *output)
{
    hr_claim_release(&output->claim);
}
