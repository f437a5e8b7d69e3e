#include "io/base/memory.h"
#include "io/hdf5/h5_internal.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

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
    hr_h5_make_groups(file, name);
    const hid_t type = string_type();
    const hid_t properties = H5Pcreate(H5P_DATASET_CREATE), space = H5Screate_simple(1, &count, NULL);
    H5Pset_obj_track_times(properties, 0);
    HR_ALLOC(pointers, strings->count);
    for (int64_t i = 0; i < strings->count; i++)
        pointers[i] = hr_strings_at(strings, i);
    const hid_t id = H5Dcreate2(file->id, name, type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    if (id < 0 || (count > 0 && H5Dwrite(id, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers) < 0) ||
        H5Dflush(id) < 0)
        status = hr_h5_fail(file, "write the strings", name, err);
    if (id >= 0)
        H5Dclose(id);
done:
    free(pointers);
    H5Sclose(space);
    H5Pclose(properties);
    H5Tclose(type);
    return status;
}

/* A text as HDF5 reads it, in a list: where reading fails HDF5 forgets some. */
typedef struct piece {
    struct piece *next;
    char text[];
} piece;

/* All of them. Together they are no longer than the file, or it says one text many times over. */
typedef struct pieces {
    piece *first;
    size_t room;
    bool failed; /* for want of memory */
} pieces;

static void *take(size_t size, void *context)
{
    pieces *all = context;
    piece *p = size <= all->room ? malloc(sizeof *p + size) : NULL;
    all->failed = all->failed || (!p && size <= all->room);
    if (!p)
        return NULL;
    *p = (piece){all->first};
    all->first = p;
    all->room -= size;
    return p->text;
}

static void keep(void *text, void *context)
{
    (void)text, (void)context;
}

static void pieces_free(pieces *all)
{
    while (all->first) {
        piece *p = all->first;
        all->first = p->next;
        free(p);
    }
}

static hid_t transfer_to(pieces *all)
{
    const hid_t transfer = H5Pcreate(H5P_DATASET_XFER);
    H5Pset_vlen_mem_manager(transfer, take, all, keep, all);
    return transfer;
}

/* Reads texts of variable length, which HDF5 allocates. */
static hr_status read_variable(hr_h5 *file, const char *name, const hr_h5_array *a, hid_t memory, hid_t type,
                               int64_t count, hr_strings *strings, hr_error *err)
{
    hr_status status = HR_OK;
    char **pointers = NULL;
    pieces all = {NULL, (size_t)hr_h5_bytes(file) + (size_t)count, false}; /* a NUL each */
    const hid_t transfer = transfer_to(&all);
    HR_ALLOC(pointers, count);
    if (count > 0 && H5Dread(a->id, type, memory, a->space, transfer, pointers) < 0)
        status = all.failed ? hr_fail_memory(err, count, sizeof *pointers, name)
                            : hr_h5_fail(file, "read the strings", name, err);
    for (int64_t i = 0; status == HR_OK && i < count; i++) {
        const char *text = pointers[i] ? pointers[i] : "";
        status = hr_strings_append(strings, text, (int64_t)strlen(text), err);
    }
done:
    free(pointers);
    pieces_free(&all);
    H5Pclose(transfer);
    return status;
}

/* Reads texts of one length, shorter ones filled up with NULs or blanks, as numpy has them. */
static hr_status read_fixed(hr_h5 *file, const char *name, const hr_h5_array *a, hid_t memory, hid_t type,
                            int64_t count, hr_strings *strings, hr_error *err)
{
    hr_status status = HR_OK;
    const size_t size = H5Tget_size(type);
    const bool blanks = H5Tget_strpad(type) == H5T_STR_SPACEPAD;
    char *bytes = hr_alloc(count, size);
    if (!bytes)
        HR_TRY(hr_fail_memory(err, count, size, name));
    if (count > 0 && H5Dread(a->id, type, memory, a->space, H5P_DEFAULT, bytes) < 0)
        HR_TRY(hr_h5_fail(file, "read the strings", name, err));
    for (int64_t i = 0; i < count; i++) {
        const char *text = bytes + (size_t)i * size;
        size_t length = strnlen(text, size);
        while (blanks && length > 0 && text[length - 1] == ' ')
            length--;
        HR_TRY(hr_strings_append(strings, text, (int64_t)length, err));
    }
done:
    free(bytes);
    return status;
}

hr_status hr_h5_read_strings(hr_h5 *file, const char *name, int64_t first, int64_t count, hr_strings *strings,
                             hr_error *err)
{
    hr_h5_array a;
    hid_t memory = H5I_INVALID_HID, type = H5I_INVALID_HID;
    hr_status status = HR_OK;
    HR_TRY(hr_h5_array_open(file, name, &a, err));
    HR_TRY(hr_h5_expect_cols(file, name, &a, 1, err));
    type = H5Dget_type(a.id);
    if (H5Tget_class(type) != H5T_STRING)
        HR_TRY(
            hr_fail(err, HR_INPUT, "%s: the array %s holds no texts; the file is damaged", file->path, name));
    HR_TRY(hr_h5_select_rows(file, name, &a, first, count, &memory, err));
    status = H5Tis_variable_str(type) > 0 ? read_variable(file, name, &a, memory, type, count, strings, err)
                                          : read_fixed(file, name, &a, memory, type, count, strings, err);
done:
    if (memory >= 0)
        H5Sclose(memory);
    if (type >= 0)
        H5Tclose(type);
    hr_h5_array_close(&a);
    return status;
}
