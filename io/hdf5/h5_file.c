#include "io/base/durable.h"
#include "io/base/memory.h"
#include "io/hdf5/h5_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Room for what HDF5 itself writes: superblock, groups, attributes, object headers. */
enum { METADATA_BYTES = 1 << 20, PAGE_BYTES = 4096 };

/* Called before any other function of HDF5. A file that a full disk does not let it close stays open in
 * HDF5 1.10, and closing it once more at the end of the process, as HDF5 means to, crashes. */
static void set_up(void)
{
    H5dont_atexit();
    hr_h5_begin_thread();
}

void hr_h5_begin_thread(void)
{
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL); /* errors are ours to report */
}

static hr_status file_new(hr_h5 **out, const char *path, bool writing, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    set_up();
    HR_ALLOC(file, 1);
    file->id = H5I_INVALID_HID;
    HR_ALLOC(file->path, (int64_t)strlen(path) + 1);
    strcpy(file->path, path);
    if (writing)
        HR_TRY(hr_temporary_name(path, &file->temporary, err));
    *out = file;
done:
    if (status != HR_OK && file) {
        free(file->path);
        free(file);
    }
    return status;
}

const char *hr_h5_path(const hr_h5 *file)
{
    return file->path;
}

int64_t hr_h5_bytes(const hr_h5 *file)
{
    hsize_t bytes = 0;
    H5Fget_filesize(file->id, &bytes);
    return (int64_t)bytes;
}

static hr_status check_format(hr_h5 *file, const char *format, int64_t version, hr_error *err)
{
    char found[64] = "";
    int64_t found_version = 0;
    const bool named = H5Aexists(file->id, "format") > 0 && H5Aexists(file->id, "version") > 0 &&
                       hr_h5_get_text(file, "format", found, sizeof found, err) == HR_OK;
    if (!named || strncmp(found, "halorec-", strlen("halorec-")) != 0)
        return hr_fail(err, HR_INPUT, "%s: an HDF5 file, but not one of halorec's: expected format \"%s\"",
                       file->path, format ? format : "halorec-…");
    if (format && strcmp(found, format) != 0)
        return hr_fail(err, HR_INPUT, "%s: found a \"%s\" file, expected \"%s\"; were two arguments swapped?",
                       file->path, found, format);
    if (hr_h5_get_i64(file, "version", &found_version, err) != HR_OK)
        return HR_INPUT;
    if (found_version < 1)
        return hr_fail(err, HR_INPUT, "%s: version %" PRId64 ", expected 1 or more; the file is damaged",
                       file->path, found_version);
    if (format && found_version > version)
        return hr_fail(err, HR_INPUT,
                       "%s: version %" PRId64 " of \"%s\", this program reads up to %" PRId64
                       "; use a newer halorec",
                       file->path, found_version, format, version);
    return HR_OK;
}

static hr_status open_to_read(hr_h5 **out, const char *path, const char *expected, hr_error *err)
{
    *out = NULL;
    if (access(path, R_OK) != 0)
        return hr_fail(err, HR_IO, "%s: cannot be read: %s", path, strerror(errno));
    hr_h5 *file = NULL;
    hr_status status = file_new(&file, path, false, err);
    if (status != HR_OK)
        return status;
    file->id = hr_h5_open_id(path);
    if (file->id < 0) {
        hr_h5_close(file);
        return hr_h5_fail_open(path, expected, err);
    }
    *out = file;
    return HR_OK;
}

hr_status hr_h5_open(hr_h5 **out, const char *path, const char *format, int64_t version, hr_error *err)
{
    hr_status status = open_to_read(out, path, format ? format : "a halorec file", err);
    if (status == HR_OK)
        status = check_format(*out, format, version, err);
    if (status == HR_OK)
        status = hr_h5_check_all(*out, err);
    if (status != HR_OK) {
        hr_h5_close(*out);
        *out = NULL;
    }
    return status;
}

hr_status hr_h5_open_foreign(hr_h5 **out, const char *path, hr_error *err)
{
    const hr_status status = open_to_read(out, path, "an HDF5 file", err);
    if (status == HR_OK)
        (*out)->is_foreign = true;
    return status;
}

/* Takes `bytes` of the disk for a moment. What the file system refuses now it would refuse in the middle
 * of writing, where HDF5 leaves half a file. */
static hr_status reserve(const char *path, int64_t bytes, hr_error *err)
{
    const int descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0666);
    if (descriptor < 0)
        return hr_fail(err, HR_IO, "%s: cannot be created: %s", path, strerror(errno));
    const int refused = posix_fallocate(descriptor, 0, bytes + METADATA_BYTES);
    close(descriptor);
    if (refused == 0 || refused == EOPNOTSUPP || refused == EINVAL)
        return HR_OK;
    unlink(path);
    return hr_fail(err, HR_IO, "%s: no room for %" PRId64 " bytes: %s; free some space or write elsewhere",
                   path, bytes + METADATA_BYTES, strerror(refused));
}

hr_status hr_h5_check_room(const char *path, int64_t bytes, hr_error *err)
{
    char *temporary = NULL;
    hr_status status = hr_temporary_name(path, &temporary, err);
    if (status != HR_OK)
        return status;
    status = reserve(temporary, bytes, err);
    unlink(temporary);
    free(temporary);
    return status;
}

/* Larger arrays begin at a page boundary: ranks on several hosts that write into one file then share pages
 * only with their neighbours in an array. The format of HDF5 1.8 has checksums of its metadata:
 * without them HDF5 itself reads out of bounds where a bit is turned. No times are kept, as in arrays. */
static hid_t create_file(const char *path)
{
    const hid_t access = H5Pcreate(H5P_FILE_ACCESS), properties = H5Pcreate(H5P_FILE_CREATE);
    H5Pset_alignment(access, PAGE_BYTES, PAGE_BYTES);
    H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18);
    H5Pset_obj_track_times(properties, 0);
    const hid_t id = hr_h5_create_id(path, properties, access);
    hr_h5_close_list(properties);
    hr_h5_close_list(access);
    return id;
}

hr_status hr_h5_create(hr_h5 **out, const char *path, const char *format, int64_t version, int64_t bytes,
                       hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    *out = NULL;
    HR_TRY(file_new(&file, path, true, err));
    HR_TRY(reserve(file->temporary, bytes, err));
    file->id = create_file(file->temporary);
    if (file->id < 0)
        HR_TRY(hr_h5_fail(file, "create", "the file", err));
    HR_TRY(hr_h5_set_text(file, "format", format, err));
    HR_TRY(hr_h5_set_i64(file, "version", version, err));
    *out = file;
done:
    if (status != HR_OK)
        hr_h5_close(file);
    return status;
}

static hr_status finish(hr_h5 *file, hr_error *err)
{
    hr_status status = HR_OK;
    if (H5Fflush(file->id, H5F_SCOPE_GLOBAL) < 0)
        return hr_h5_fail(file, "write", "the file", err);
    if (H5Fclose(file->id) < 0)
        status = hr_h5_fail(file, "write", "the file", err);
    file->id = H5I_INVALID_HID;
    return status;
}

hr_status hr_h5_hand_over(hr_h5 *file, hr_error *err)
{
    const hr_status status = finish(file, err);
    if (status == HR_OK) {
        free(file->temporary);
        file->temporary = NULL;
    }
    return status;
}

void hr_h5_close(hr_h5 *file)
{
    if (!file)
        return;
    if (file->id >= 0)
        H5Fclose(file->id);
    if (file->temporary)
        unlink(file->temporary);
    free(file->temporary);
    free(file->path);
    free(file);
}
