#include "io/hdf5/h5_internal.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

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

int64_t hr_h5_type_bytes(hr_h5_type type)
{
    return (int64_t)H5Tget_size(memory_type(type));
}

void hr_h5_make_groups(const hr_h5 *file, const char *name)
{
    char group[HR_H5_NAME_LENGTH];
    const hid_t properties = H5Pcreate(H5P_GROUP_CREATE);
    H5Pset_obj_track_times(properties, 0);
    for (const char *end = strchr(name, '/'); end; end = strchr(end + 1, '/')) {
        snprintf(group, sizeof group, "%.*s", (int)(end - name), name);
        if (H5Lexists(file->id, group, H5P_DEFAULT) <= 0)
            H5Gclose(H5Gcreate2(file->id, group, H5P_DEFAULT, properties, H5P_DEFAULT));
    }
    H5Pclose(properties);
}

/* Space is taken at once and never pre-filled, as files shared by ranks need; no time stamps are kept,
 * so that the same content gives the same bytes. */
static hid_t array_properties(void)
{
    const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_alloc_time(properties, H5D_ALLOC_TIME_EARLY);
    H5Pset_fill_time(properties, H5D_FILL_TIME_NEVER);
    H5Pset_obj_track_times(properties, 0);
    return properties;
}

static hr_status declare(hr_h5 *file, const char *name, hid_t type, int64_t rows, int64_t cols, hr_error *err)
{
    const hsize_t shape[2] = {(hsize_t)rows, (hsize_t)cols};
    hr_h5_make_groups(file, name);
    const hid_t properties = array_properties();
    const hid_t space = H5Screate_simple(cols == 1 ? 1 : 2, shape, NULL);
    const hid_t array = H5Dcreate2(file->id, name, type, space, H5P_DEFAULT, properties, H5P_DEFAULT);
    const bool failed = array < 0 || H5Dclose(array) < 0;
    hr_status status = failed ? hr_h5_fail(file, "make the array", name, err) : HR_OK;
    H5Sclose(space);
    H5Pclose(properties);
    return status;
}

hr_status hr_h5_declare(hr_h5 *file, const char *name, hr_h5_type type, int64_t rows, int64_t cols,
                        hr_error *err)
{
    return declare(file, name, file_type(type), rows, cols, err);
}

hr_status hr_h5_declare_texts(hr_h5 *file, const char *name, int64_t rows, int64_t length, hr_error *err)
{
    const hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, (size_t)length);
    H5Tset_strpad(type, H5T_STR_NULLPAD);
    H5Tset_cset(type, H5T_CSET_UTF8);
    const hr_status status = declare(file, name, type, rows, 1, err);
    H5Tclose(type);
    return status;
}

hr_status hr_h5_array_open(hr_h5 *file, const char *name, hr_h5_array *out, hr_error *err)
{
    *out = (hr_h5_array){.id = H5I_INVALID_HID, .space = H5I_INVALID_HID, .shape = {0, 1}};
    if (file->is_foreign && hr_h5_check_path(file, name, err) != HR_OK)
        return HR_INPUT;
    out->id = H5Dopen2(file->id, name, H5P_DEFAULT);
    if (out->id < 0)
        return hr_fail(err, HR_INPUT, "%s: has no array %s; the file is damaged or of another kind",
                       file->path, name);
    out->space = H5Dget_space(out->id);
    const int dimensions = H5Sget_simple_extent_ndims(out->space);
    if (dimensions < 1 || dimensions > 2)
        return hr_fail(err, HR_INPUT, "%s: the array %s has %d dimensions, expected one or two", file->path,
                       name, dimensions);
    H5Sget_simple_extent_dims(out->space, out->shape, NULL);
    return file->is_foreign ? hr_h5_check_stored(file, name, out, err) : HR_OK;
}

void hr_h5_array_close(hr_h5_array *a)
{
    if (a->space >= 0)
        H5Sclose(a->space);
    if (a->id >= 0)
        H5Dclose(a->id);
}

hr_status hr_h5_expect_cols(const hr_h5 *file, const char *name, const hr_h5_array *a, int64_t cols,
                            hr_error *err)
{
    if ((int64_t)a->shape[1] == cols)
        return HR_OK;
    return hr_fail(err, HR_INPUT,
                   "%s: the array %s has %" PRIu64 " columns, expected %" PRId64 "; the file is damaged",
                   file->path, name, (uint64_t)a->shape[1], cols);
}

hr_status hr_h5_select_rows(const hr_h5 *file, const char *name, const hr_h5_array *a, int64_t first,
                            int64_t count, hid_t *memory, hr_error *err)
{
    if (first < 0 || count < 0 || (hsize_t)first > a->shape[0] ||
        (hsize_t)count > a->shape[0] - (hsize_t)first)
        return hr_fail(err, HR_INPUT,
                       "%s: the array %s has %" PRIu64 " rows, expected %" PRId64 " from %" PRId64
                       " on; the file is damaged: make it again",
                       file->path, name, (uint64_t)a->shape[0], count, first);
    const hsize_t start[2] = {(hsize_t)first, 0}, extent[2] = {(hsize_t)count, a->shape[1]};
    *memory = H5Screate_simple(H5Sget_simple_extent_ndims(a->space), extent, NULL);
    if (count == 0) {
        H5Sselect_none(a->space);
        H5Sselect_none(*memory);
    } else {
        H5Sselect_hyperslab(a->space, H5S_SELECT_SET, start, NULL, extent, NULL);
    }
    return HR_OK;
}

hr_status hr_h5_offset(hr_h5 *file, const char *name, int64_t *offset, hr_error *err)
{
    hr_h5_array a;
    hr_status status = hr_h5_array_open(file, name, &a, err);
    if (status == HR_OK) {
        const haddr_t address = H5Dget_offset(a.id);
        *offset = (int64_t)address;
        if (address == HADDR_UNDEF)
            status = hr_h5_fail(file, "find the offset of", name, err);
    }
    hr_h5_array_close(&a);
    return status;
}

hr_status hr_h5_write(hr_h5 *file, const char *name, hr_h5_type type, int64_t rows, int64_t cols,
                      const void *data, hr_error *err)
{
    hr_h5_array a;
    hid_t memory = H5I_INVALID_HID;
    hr_status status = hr_h5_declare(file, name, type, rows, cols, err);
    if (status != HR_OK)
        return status;
    HR_TRY(hr_h5_array_open(file, name, &a, err));
    HR_TRY(hr_h5_select_rows(file, name, &a, 0, rows, &memory, err));
    if (H5Dwrite(a.id, memory_type(type), memory, a.space, H5P_DEFAULT, data) < 0 ||
        H5Dflush(a.id) < 0) /* small arrays are only written now */
        status = hr_h5_fail(file, "write the array", name, err);
    H5Sclose(memory);
done:
    hr_h5_array_close(&a);
    return status;
}

hr_status hr_h5_shape(hr_h5 *file, const char *name, int64_t *rows, int64_t *cols, hr_error *err)
{
    hr_h5_array a;
    hr_status status = hr_h5_array_open(file, name, &a, err);
    *rows = (int64_t)a.shape[0];
    if (cols)
        *cols = (int64_t)a.shape[1];
    hr_h5_array_close(&a);
    return status;
}

static hr_h5_content content_of(hid_t array)
{
    const hid_t type = H5Dget_type(array);
    const H5T_class_t class = H5Tget_class(type);
    H5Tclose(type);
    return class == H5T_INTEGER  ? HR_H5_INTEGERS
           : class == H5T_FLOAT  ? HR_H5_FLOATS
           : class == H5T_STRING ? HR_H5_STRINGS
                                 : HR_H5_OTHER;
}

hr_h5_content hr_h5_content_of(hr_h5 *file, const char *name)
{
    const hid_t array = H5Dopen2(file->id, name, H5P_DEFAULT);
    if (array < 0)
        return HR_H5_NONE;
    const hr_h5_content content = content_of(array);
    H5Dclose(array);
    return content;
}

/* Called by HDF5 for a number that the memory type does not have. */
static H5T_conv_ret_t refuse_number(H5T_conv_except_t what, hid_t from, hid_t to, void *number, void *result,
                                    void *context)
{
    (void)from, (void)to, (void)number, (void)result, (void)context;
    return what == H5T_CONV_EXCEPT_PRECISION ? H5T_CONV_UNHANDLED : H5T_CONV_ABORT;
}

/* Reads the selected numbers, whole ones only of whole ones, and none that does not fit. */
static hr_status read_numbers(const hr_h5 *file, const char *name, const hr_h5_array *a, hr_h5_type type,
                              hid_t memory, void *data, hr_error *err)
{
    const hr_h5_content content = content_of(a->id);
    if (content != HR_H5_INTEGERS && (type != HR_H5_F32 || content != HR_H5_FLOATS))
        return hr_fail(err, HR_INPUT, "%s: the array %s holds no %s; the file is damaged", file->path, name,
                       type == HR_H5_F32 ? "numbers" : "whole numbers");
    const hid_t transfer = H5Pcreate(H5P_DATASET_XFER);
    if (type !=
        HR_H5_F32) /* floats that overflow are infinite, which who reads them refuses with its place */
        H5Pset_type_conv_cb(transfer, refuse_number, NULL);
    const herr_t failed = H5Dread(a->id, memory_type(type), memory, a->space, transfer, data);
    H5Pclose(transfer);
    return failed < 0 ? hr_h5_fail(file, "read the array", name, err) : HR_OK;
}

/* Bytes of a row of an open array. */
static hr_status row_bytes_of(const hr_h5 *file, const char *name, const hr_h5_array *a, hid_t type,
                              int64_t *bytes, hr_error *err)
{
    if (H5Tis_variable_str(type) > 0 || H5Tget_class(type) == H5T_VLEN || H5Tget_class(type) == H5T_REFERENCE)
        return hr_fail(err, HR_INPUT, "%s: the array %s has elements of no one length; the file is damaged",
                       file->path, name);
    *bytes = (int64_t)a->shape[1] * (int64_t)H5Tget_size(type);
    return HR_OK;
}

hr_status hr_h5_row_bytes(hr_h5 *file, const char *name, int64_t *bytes, hr_error *err)
{
    hr_h5_array a;
    hid_t type = H5I_INVALID_HID;
    hr_status status = HR_OK;
    HR_TRY(hr_h5_array_open(file, name, &a, err));
    type = H5Dget_type(a.id);
    HR_TRY(row_bytes_of(file, name, &a, type, bytes, err));
done:
    if (type >= 0)
        H5Tclose(type);
    hr_h5_array_close(&a);
    return status;
}

hr_status hr_h5_read_bytes(hr_h5 *file, const char *name, int64_t first, int64_t count, void *data,
                           hr_error *err)
{
    hr_h5_array a;
    hid_t memory = H5I_INVALID_HID, type = H5I_INVALID_HID;
    hr_status status = HR_OK;
    int64_t bytes = 0;
    HR_TRY(hr_h5_array_open(file, name, &a, err));
    type = H5Dget_type(a.id);
    HR_TRY(row_bytes_of(file, name, &a, type, &bytes, err));
    HR_TRY(hr_h5_select_rows(file, name, &a, first, count, &memory, err));
    if (count > 0 && H5Dread(a.id, type, memory, a.space, H5P_DEFAULT, data) < 0)
        status = hr_h5_fail(file, "read the array", name, err);
    H5Sclose(memory);
done:
    if (type >= 0)
        H5Tclose(type);
    hr_h5_array_close(&a);
    return status;
}

hr_status hr_h5_read_rows(hr_h5 *file, const char *name, hr_h5_type type, int64_t first, int64_t count,
                          int64_t cols, void *data, hr_error *err)
{
    hr_h5_array a;
    hid_t memory = H5I_INVALID_HID;
    hr_status status = HR_OK;
    HR_TRY(hr_h5_array_open(file, name, &a, err));
    HR_TRY(hr_h5_expect_cols(file, name, &a, cols, err));
    HR_TRY(hr_h5_select_rows(file, name, &a, first, count, &memory, err));
    status = read_numbers(file, name, &a, type, memory, data, err);
    H5Sclose(memory);
done:
    hr_h5_array_close(&a);
    return status;
}

/* A call of hr_h5_each_array. */
typedef struct visit {
    hr_h5 *file;
    hr_h5_visit_fn *visit;
    void *context;
    hr_status status;
    hr_error *err;
} visit;

static herr_t visit_array(hid_t object, const char *name, const H5O_info_t *info, void *context)
{
    (void)object;
    visit *v = context;
    if (info->type == H5O_TYPE_DATASET)
        v->status = v->visit(v->file, name, v->context, v->err);
    return v->status == HR_OK ? 0 : 1;
}

hr_status hr_h5_each_array(hr_h5 *file, const char *group, hr_h5_visit_fn *visit_one, void *context,
                           hr_error *err)
{
    visit v = {file, visit_one, context, HR_OK, err};
    if (H5Ovisit_by_name2(file->id, group, H5_INDEX_NAME, H5_ITER_INC, visit_array, &v, H5O_INFO_BASIC,
                          H5P_DEFAULT) < 0)
        return hr_h5_fail(file, "list the arrays of", group, err);
    return v.status;
}
