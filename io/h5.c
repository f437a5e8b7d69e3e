#include "io/h5.h"

#include "io/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct hr_h5 {
    hid_t id;
    hid_t transfer;         /* how rows are written: collectively in a shared file */
    const hr_comm *comm;    /* NULL where this process works alone */
    char *path, *temporary; /* temporary is NULL in a file open for reading, or once published */
};

/* Room for what HDF5 itself writes: superblock, groups, attributes, object headers. */
enum { METADATA_BYTES = 1 << 20 };

static hid_t memory_type(hr_h5_type type)
{
    switch (type) {
    case HR_H5_U8:
        return H5T_NATIVE_UINT8;
    case HR_H5_I32:
        return H5T_NATIVE_INT32;
    case HR_H5_I64:
        return H5T_NATIVE_INT64;
    case HR_H5_U64:
        return H5T_NATIVE_UINT64;
    case HR_H5_F32:
        break;
    }
    return H5T_NATIVE_FLOAT;
}

static hid_t file_type(hr_h5_type type)
{
    switch (type) {
    case HR_H5_U8:
        return H5T_STD_U8LE;
    case HR_H5_I32:
        return H5T_STD_I32LE;
    case HR_H5_I64:
        return H5T_STD_I64LE;
    case HR_H5_U64:
        return H5T_STD_U64LE;
    case HR_H5_F32:
        break;
    }
    return H5T_IEEE_F32LE;
}

static herr_t keep_innermost(unsigned depth, const H5E_error2_t *entry, void *context)
{
    if (depth == 0 && entry->desc)
        snprintf(context, 256, "%s", entry->desc);
    return 0;
}

/* A message that ends in HDF5's own reason. */
static hr_status h5_fail(const hr_h5 *file, const char *action, const char *name, hr_error *err)
{
    char reason[256] = "no reason given";
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_innermost, reason);
    const bool writing = file->temporary != NULL;
    return hr_fail(err, writing ? HR_IO : HR_INPUT, "%s: cannot %s %s: %s; %s", file->path, action, name,
                   reason,
                   writing ? "check the disk's free space and the folder's permissions"
                           : "the file is damaged or was cut off: make it again");
}

static char *copy_text(const char *text, const char *suffix)
{
    const size_t length = strlen(text) + strlen(suffix) + 1;
    char *copy = hr_alloc((int64_t)length, 1);
    if (copy)
        snprintf(copy, length, "%s%s", text, suffix);
    return copy;
}

static hr_status file_new(hr_h5 **out, const char *path, bool writing, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL); /* errors are ours to report */
    HR_ALLOC(file, 1);
    file->id = H5I_INVALID_HID;
    file->transfer = H5P_DEFAULT;
    file->path = copy_text(path, "");
    file->temporary = writing ? copy_text(path, ".tmp") : NULL;
    if (!file->path || (writing && !file->temporary)) {
        free(file->temporary);
        free(file->path);
        free(file);
        return hr_no_room(err, 1, strlen(path), "a path");
    }
    *out = file;
done:
    return status;
}

const char *hr_h5_path(const hr_h5 *file)
{
    return file->path;
}

static hr_status check_format(hr_h5 *file, const char *format, int64_t version, hr_error *err)
{
    char found[64] = "";
    int64_t found_version = 0;
    const bool named = H5Aexists(file->id, "format") > 0 && H5Aexists(file->id, "version") > 0 &&
                       hr_h5_get_text(file, "format", found, sizeof found, err) == HR_OK &&
                       hr_h5_get_i64(file, "version", &found_version, err) == HR_OK;
    if (!named || strncmp(found, "halorec-", strlen("halorec-")) != 0)
        return hr_fail(err, HR_INPUT, "%s: an HDF5 file, but not one of halorec's: expected format \"%s\"",
                       file->path, format ? format : "halorec-…");
    if (format && strcmp(found, format) != 0)
        return hr_fail(err, HR_INPUT, "%s: found a \"%s\" file, expected \"%s\"; were two arguments swapped?",
                       file->path, found, format);
    if (format && found_version > version)
        return hr_fail(err, HR_INPUT,
                       "%s: version %" PRId64 " of \"%s\", this program reads up to %" PRId64
                       "; use a newer halorec",
                       file->path, found_version, format, version);
    return HR_OK;
}

hr_status hr_h5_open(hr_h5 **out, const char *path, const char *format, int64_t version, hr_error *err)
{
    *out = NULL;
    if (access(path, R_OK) != 0)
        return hr_fail(err, HR_IO, "%s: cannot be read: %s", path, strerror(errno));
    hr_h5 *file = NULL;
    hr_status status = file_new(&file, path, false, err);
    if (status != HR_OK)
        return status;
    file->id = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    if (file->id < 0)
        status = hr_fail(err, HR_INPUT, "%s: not an HDF5 file, or one that was cut off; expected %s", path,
                         format ? format : "a halorec file");
    else
        status = check_format(file, format, version, err);
    if (status == HR_OK)
        *out = file;
    else
        hr_h5_close(file);
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

hr_status hr_h5_create(hr_h5 **out, const char *path, const char *format, int64_t version, int64_t bytes,
                       hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    *out = NULL;
    HR_TRY(file_new(&file, path, true, err));
    HR_TRY(reserve(file->temporary, bytes, err));
    file->id = H5Fcreate(file->temporary, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    if (file->id < 0)
        HR_TRY(h5_fail(file, "create", "the file", err));
    HR_TRY(hr_h5_set_text(file, "format", format, err));
    HR_TRY(hr_h5_set_i64(file, "version", version, err));
    *out = file;
done:
    if (status != HR_OK)
        hr_h5_close(file);
    return status;
}

static hr_status declare_alone(const char *path, const char *format, int64_t version, int64_t bytes,
                               hr_h5_declare_fn *declare, const void *context, hr_error *err)
{
    hr_h5 *file = NULL;
    hr_status status = hr_h5_create(&file, path, format, version, bytes, err);
    if (status == HR_OK)
        status = declare(file, context, err);
    if (status == HR_OK && H5Fflush(file->id, H5F_SCOPE_GLOBAL) < 0)
        status = h5_fail(file, "write", "the file", err);
    if (status == HR_OK) { /* the others go on with the temporary file */
        free(file->temporary);
        file->temporary = NULL;
    }
    hr_h5_close(file);
    return status;
}

static hr_status join_shared(hr_h5 **out, const hr_comm *comm, const char *path, hr_error *err)
{
    hr_h5 *file = NULL;
    hr_status status = file_new(&file, path, true, err);
    status = hr_agree(comm, status, NULL, err);
    if (status != HR_OK)
        goto done;
    file->comm = comm;
    const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    H5Pset_fapl_mpio(access, comm->mpi, MPI_INFO_NULL);
    file->id = H5Fopen(file->temporary, H5F_ACC_RDWR, access);
    H5Pclose(access);
    file->transfer = H5Pcreate(H5P_DATASET_XFER);
    H5Pset_dxpl_mpio(file->transfer, H5FD_MPIO_COLLECTIVE);
    if (file->id < 0)
        status = h5_fail(file, "open", "the file on all ranks", err);
    status = hr_agree(comm, status, NULL, err);
done:
    if (status == HR_OK)
        *out = file;
    else
        hr_h5_close(file);
    return status;
}

hr_status hr_h5_create_shared(hr_h5 **out, const hr_comm *comm, const char *path, const char *format,
                              int64_t version, int64_t bytes, hr_h5_declare_fn *declare, const void *context,
                              hr_error *err)
{
    hr_status status = HR_OK;
    *out = NULL;
    if (comm->rank == 0)
        status = declare_alone(path, format, version, bytes, declare, context, err);
    status = hr_agree(comm, status, NULL, err);
    return status == HR_OK ? join_shared(out, comm, path, err) : status;
}

/* Makes the new name last: a rename is only as durable as its folder. */
static void sync_folder(const char *path)
{
    char *copy = copy_text(path, "");
    if (!copy)
        return;
    const int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY);
    if (folder >= 0) {
        fsync(folder);
        close(folder);
    }
    free(copy);
}

static hr_status rename_durably(const hr_h5 *file, hr_error *err)
{
    const int descriptor = open(file->temporary, O_RDWR);
    const bool failed = descriptor < 0 || fsync(descriptor) != 0;
    const int reason = errno;
    if (descriptor >= 0)
        close(descriptor);
    if (failed)
        return hr_fail(err, HR_IO, "%s: cannot be flushed to the disk: %s", file->temporary,
                       strerror(reason));
    if (rename(file->temporary, file->path) != 0)
        return hr_fail(err, HR_IO, "%s: cannot take the place of %s: %s", file->temporary, file->path,
                       strerror(errno));
    sync_folder(file->path);
    return HR_OK;
}

hr_status hr_h5_publish(hr_h5 *file, hr_error *err)
{
    hr_status status = HR_OK;
    if (H5Fflush(file->id, H5F_SCOPE_GLOBAL) < 0 || H5Fclose(file->id) < 0)
        status = h5_fail(file, "write", "the file", err);
    file->id = H5I_INVALID_HID;
    if (file->comm)
        status = hr_agree(file->comm, status, NULL, err);
    if (status == HR_OK && (!file->comm || file->comm->rank == 0))
        status = rename_durably(file, err);
    if (file->comm)
        status = hr_agree(file->comm, status, NULL, err);
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
    if (file->transfer != H5P_DEFAULT)
        H5Pclose(file->transfer);
    if (file->id >= 0)
        H5Fclose(file->id);
    if (file->temporary && (!file->comm || file->comm->rank == 0))
        unlink(file->temporary);
    free(file->temporary);
    free(file->path);
    free(file);
}

static hid_t link_properties(void)
{
    const hid_t properties = H5Pcreate(H5P_LINK_CREATE);
    H5Pset_create_intermediate_group(properties, 1);
    return properties;
}

/* Space is taken at once and never pre-filled, as files shared by ranks need; no times are kept, so that
 * the same content is the same bytes. */
static hid_t array_properties(void)
{
    const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_alloc_time(properties, H5D_ALLOC_TIME_EARLY);
    H5Pset_fill_time(properties, H5D_FILL_TIME_NEVER);
    H5Pset_obj_track_times(properties, 0);
    return properties;
}

hr_status hr_h5_declare(hr_h5 *file, const char *name, hr_h5_type type, int64_t rows, int64_t cols,
                        hr_error *err)
{
    const hsize_t shape[2] = {(hsize_t)rows, (hsize_t)cols};
    const hid_t links = link_properties(), properties = array_properties();
    const hid_t space = H5Screate_simple(cols == 1 ? 1 : 2, shape, NULL);
    const hid_t array = H5Dcreate2(file->id, name, file_type(type), space, links, properties, H5P_DEFAULT);
    const bool failed = array < 0 || H5Dclose(array) < 0;
    hr_status status = failed ? h5_fail(file, "make the array", name, err) : HR_OK;
    H5Sclose(space);
    H5Pclose(properties);
    H5Pclose(links);
    return status;
}

/* An open array and its shape; vectors have one column. */
typedef struct array {
    hid_t id, space;
    hsize_t shape[2];
} array;

static hr_status array_open(hr_h5 *file, const char *name, array *out, hr_error *err)
{
    *out = (array){.id = H5Dopen2(file->id, name, H5P_DEFAULT), .space = H5I_INVALID_HID, .shape = {0, 1}};
    if (out->id < 0)
        return hr_fail(err, HR_INPUT, "%s: has no array %s; the file is damaged or of another kind",
                       file->path, name);
    out->space = H5Dget_space(out->id);
    if (H5Sget_simple_extent_ndims(out->space) > 2)
        return hr_fail(err, HR_INPUT, "%s: the array %s has more than two dimensions", file->path, name);
    H5Sget_simple_extent_dims(out->space, out->shape, NULL);
    return HR_OK;
}

static void array_close(array *a)
{
    if (a->space >= 0)
        H5Sclose(a->space);
    if (a->id >= 0)
        H5Dclose(a->id);
}

/* Selects rows in the file and returns the matching memory space; an empty selection where count is 0. */
static hid_t select_rows(const array *a, int64_t first, int64_t count)
{
    const hsize_t start[2] = {(hsize_t)first, 0};
    const hsize_t extent[2] = {(hsize_t)count, a->shape[1]};
    const hid_t memory = H5Screate_simple(H5Sget_simple_extent_ndims(a->space), extent, NULL);
    if (count == 0) {
        H5Sselect_none(a->space);
        H5Sselect_none(memory);
    } else {
        H5Sselect_hyperslab(a->space, H5S_SELECT_SET, start, NULL, extent, NULL);
    }
    return memory;
}

static hr_status check_rows(const hr_h5 *file, const char *name, const array *a, int64_t first, int64_t count,
                            hr_error *err)
{
    if (first >= 0 && count >= 0 && (hsize_t)(first + count) <= a->shape[0])
        return HR_OK;
    return hr_fail(err, HR_INPUT,
                   "%s: the array %s has %" PRIu64 " rows, expected at least %" PRId64
                   "; the file is damaged: make it again",
                   file->path, name, (uint64_t)a->shape[0], first + count);
}

hr_status hr_h5_write_rows(hr_h5 *file, const char *name, hr_h5_type type, int64_t first, int64_t count,
                           const void *data, hr_error *err)
{
    array a;
    hr_status status = HR_OK;
    HR_TRY(array_open(file, name, &a, err));
    HR_TRY(check_rows(file, name, &a, first, count, err));
    const hid_t memory = select_rows(&a, first, count);
    if (H5Dwrite(a.id, memory_type(type), memory, a.space, file->transfer, data) < 0)
        status = h5_fail(file, "write the array", name, err);
    H5Sclose(memory);
done:
    array_close(&a);
    return status;
}

hr_status hr_h5_write(hr_h5 *file, const char *name, hr_h5_type type, int64_t rows, int64_t cols,
                      const void *data, hr_error *err)
{
    hr_status status = hr_h5_declare(file, name, type, rows, cols, err);
    return status == HR_OK ? hr_h5_write_rows(file, name, type, 0, rows, data, err) : status;
}

hr_status hr_h5_shape(hr_h5 *file, const char *name, int64_t *rows, int64_t *cols, hr_error *err)
{
    array a;
    hr_status status = array_open(file, name, &a, err);
    *rows = (int64_t)a.shape[0];
    if (cols)
        *cols = (int64_t)a.shape[1];
    array_close(&a);
    return status;
}

hr_status hr_h5_read_rows(hr_h5 *file, const char *name, hr_h5_type type, int64_t first, int64_t count,
                          void *data, hr_error *err)
{
    array a;
    hr_status status = HR_OK;
    HR_TRY(array_open(file, name, &a, err));
    HR_TRY(check_rows(file, name, &a, first, count, err));
    const hid_t memory = select_rows(&a, first, count);
    if (H5Dread(a.id, memory_type(type), memory, a.space, H5P_DEFAULT, data) < 0)
        status = h5_fail(file, "read the array", name, err);
    H5Sclose(memory);
done:
    array_close(&a);
    return status;
}

static hid_t string_type(void)
{
    const hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

hr_status hr_h5_write_strings(hr_h5 *file, const char *name, const hr_strings *strings, hr_error *err)
{
    hr_status status = HR_OK;
    const char **pointers = NULL;
    const hsize_t count = (hsize_t)strings->count;
    const hid_t links = link_properties(), type = string_type();
    const hid_t properties = H5Pcreate(H5P_DATASET_CREATE), space = H5Screate_simple(1, &count, NULL);
    H5Pset_obj_track_times(properties, 0);
    HR_ALLOC(pointers, strings->count);
    for (int64_t i = 0; i < strings->count; i++)
        pointers[i] = hr_strings_at(strings, i);
    const hid_t id = H5Dcreate2(file->id, name, type, space, links, properties, H5P_DEFAULT);
    if (id < 0 || (count > 0 && H5Dwrite(id, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers) < 0))
        status = h5_fail(file, "write the strings", name, err);
    if (id >= 0)
        H5Dclose(id);
done:
    free(pointers);
    H5Sclose(space);
    H5Pclose(properties);
    H5Tclose(type);
    H5Pclose(links);
    return status;
}

hr_status hr_h5_read_strings(hr_h5 *file, const char *name, int64_t first, int64_t count, hr_strings *strings,
                             hr_error *err)
{
    array a;
    hr_status status = HR_OK;
    char **pointers = NULL;
    const hid_t type = string_type();
    HR_TRY(array_open(file, name, &a, err));
    HR_TRY(check_rows(file, name, &a, first, count, err));
    HR_ALLOC(pointers, count);
    const hid_t memory = select_rows(&a, first, count);
    if (count > 0 && H5Dread(a.id, type, memory, a.space, H5P_DEFAULT, pointers) < 0)
        status = h5_fail(file, "read the strings", name, err);
    for (int64_t i = 0; status == HR_OK && i < count; i++) {
        const char *text = pointers[i] ? pointers[i] : "";
        status = hr_strings_append(strings, text, (int64_t)strlen(text), err);
    }
    if (count > 0)
        H5Dvlen_reclaim(type, memory, H5P_DEFAULT, pointers);
    H5Sclose(memory);
done:
    free(pointers);
    array_close(&a);
    H5Tclose(type);
    return status;
}

static hr_status set_attribute(hr_h5 *file, const char *name, hid_t stored, hid_t given, const void *value,
                               hr_error *err)
{
    const hid_t space = H5Screate(H5S_SCALAR);
    const hid_t id = H5Acreate2(file->id, name, stored, space, H5P_DEFAULT, H5P_DEFAULT);
    hr_status status = HR_OK;
    if (id < 0 || H5Awrite(id, given, value) < 0)
        status = h5_fail(file, "write the attribute", name, err);
    if (id >= 0)
        H5Aclose(id);
    H5Sclose(space);
    return status;
}

static hr_status get_attribute(hr_h5 *file, const char *name, hid_t wanted, void *value, hr_error *err)
{
    const hid_t id = H5Aexists(file->id, name) > 0 ? H5Aopen(file->id, name, H5P_DEFAULT) : H5I_INVALID_HID;
    if (id < 0)
        return hr_fail(err, HR_INPUT, "%s: has no attribute %s; the file is damaged or of another kind",
                       file->path, name);
    hr_status status = HR_OK;
    if (H5Aread(id, wanted, value) < 0)
        status = h5_fail(file, "read the attribute", name, err);
    H5Aclose(id);
    return status;
}

hr_status hr_h5_set_i64(hr_h5 *file, const char *name, int64_t value, hr_error *err)
{
    return set_attribute(file, name, H5T_STD_I64LE, H5T_NATIVE_INT64, &value, err);
}

hr_status hr_h5_set_f64(hr_h5 *file, const char *name, double value, hr_error *err)
{
    return set_attribute(file, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, &value, err);
}

hr_status hr_h5_get_i64(hr_h5 *file, const char *name, int64_t *value, hr_error *err)
{
    return get_attribute(file, name, H5T_NATIVE_INT64, value, err);
}

hr_status hr_h5_get_f64(hr_h5 *file, const char *name, double *value, hr_error *err)
{
    return get_attribute(file, name, H5T_NATIVE_DOUBLE, value, err);
}

static hid_t text_type(size_t size)
{
    const hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, size);
    H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

hr_status hr_h5_set_text(hr_h5 *file, const char *name, const char *value, hr_error *err)
{
    const hid_t type = text_type(strlen(value) + 1);
    const hr_status status = set_attribute(file, name, type, type, value, err);
    H5Tclose(type);
    return status;
}

hr_status hr_h5_get_text(hr_h5 *file, const char *name, char *value, int64_t size, hr_error *err)
{
    const hid_t type = text_type((size_t)size);
    const hr_status status = get_attribute(file, name, type, value, err);
    H5Tclose(type);
    return status;
}
