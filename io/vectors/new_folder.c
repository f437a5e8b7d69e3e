#include "io/vectors/new_folder.h"

#include "io/base/durable.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_OPEN_FOLDERS = 8 };

static int remove_one(const char *path, const struct stat *found, int kind, struct FTW *where)
{
    (void)found, (void)kind, (void)where;
    return remove(path);
}

static void remove_all(const char *folder)
{
    nftw(folder, remove_one, MOST_OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

static hr_status check_free(const char *path, hr_error *err)
{
    struct stat found;
    if (lstat(path, &found) == 0)
        return hr_fail(err, HR_USAGE, "%s: is there already; name a new folder, or remove it", path);
    return errno == ENOENT ? HR_OK : hr_fail(err, HR_IO, "%s: cannot be written: %s", path, strerror(errno));
}

static hr_status make(hr_new_folder *f, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(check_free(f->path, err));
    HR_TRY(hr_claim_take(&f->claim, f->path, err));
    remove_all(f->temporary); /* nobody else's, for the name is claimed */
    if (mkdir(f->temporary, 0777) != 0)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be created: %s", f->temporary, strerror(errno)));
    f->is_made = true;
done:
    return status;
}

/* The path without slashes at its end. */
static hr_status name_both(hr_new_folder *f, const char *path, hr_error *err)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    if (length + sizeof HR_TEMPORARY_SUFFIX > PATH_MAX)
        return hr_fail(err, HR_USAGE, "%.100s…: a path too long", path);
    memcpy(f->path, path, length);
    f->path[length] = '\0';
    memcpy(f->temporary, f->path, length);
    strcpy(f->temporary + length, HR_TEMPORARY_SUFFIX);
    return HR_OK;
}

hr_status hr_new_folder_begin(hr_new_folder *f, const hr_comm *comm, const char *path, hr_error *err)
{
    f->comm = comm;
    hr_status status = name_both(f, path, err);
    if (status == HR_OK && comm->rank == 0)
        status = make(f, err);
    return hr_agree(comm, status, NULL, err);
}

hr_status hr_new_folder_file(const hr_new_folder *f, const char *name, char path[PATH_MAX], hr_error *err)
{
    if (strlen(f->temporary) + strlen(name) + sizeof "/" HR_TEMPORARY_SUFFIX > PATH_MAX)
        return hr_fail(err, HR_USAGE, "%.100s…: a path too long", f->temporary);
    strcpy(path, f->temporary);
    strcat(strcat(path, "/"), name);
    return HR_OK;
}

hr_status hr_new_folder_publish(hr_new_folder *f, hr_error *err)
{
    hr_status status = HR_OK;
    if (f->comm->rank == 0) {
        status = check_free(f->path, err); /* a rename would replace an empty folder */
        if (status == HR_OK && rename(f->temporary, f->path) != 0)
            status = hr_fail(err, HR_IO, "%s: cannot become %s: %s", f->temporary, f->path, strerror(errno));
        f->is_made = status != HR_OK;
    }
    return hr_agree(f->comm, status, NULL, err);
}

void hr_new_folder_end(hr_new_folder *f)
{
    if (f->is_made)
        remove_all(f->temporary);
    f->is_made = false;
    hr_claim_release(&f->claim);
}
