#include "io/hdf5/h5_internal.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { MOST_BYTES = 1 << 16 }; /* of an attribute: object headers have no room for more */

static hr_status set_attribute(hr_h5 *file, const char *name, hid_t stored, hid_t given, const void *value,
                               hr_error *err)
{
    const hid_t space = H5Screate(H5S_SCALAR);
    const hid_t id = H5Acreate2(file->id, name, stored, space, H5P_DEFAULT, H5P_DEFAULT);
    hr_status status = HR_OK;
    if (id < 0 || H5Awrite(id, given, value) < 0)
        status = hr_h5_fail(file, "write the attribute", name, err);
    if (id >= 0)
        H5Aclose(id);
    H5Sclose(space);
    return status;
}

/* Whether there is one value of the class wanted, where a whole number is a real one too: in a damaged file there may
 * be more than the caller has room for, and 1.5 is no version. */
static bool is_expected(hid_t attribute, hid_t wanted)
{
    const hid_t space = H5Aget_space(attribute), type = H5Aget_type(attribute);
    const H5T_class_t class = H5Tget_class(type), expected = H5Tget_class(wanted);
    const bool fits = H5Sget_simple_extent_npoints(space) == 1 && H5Tget_size(type) <= MOST_BYTES &&
                      (class == expected || (class == H5T_INTEGER && expected == H5T_FLOAT));
    H5Tclose(type);
    H5Sclose(space);
    return fits;
}

static hr_status get_attribute(hr_h5 *file, const char *name, hid_t wanted, void *value, hr_error *err)
{
    const hid_t id = H5Aexists(file->id, name) > 0 ? H5Aopen(file->id, name, H5P_DEFAULT) : H5I_INVALID_HID;
    if (id < 0)
        return hr_fail(err, HR_INPUT, "%s: has no attribute %s; the file is damaged or of another kind",
                       file->path, name);
    hr_status status = HR_OK;
    if (!is_expected(id, wanted))
        status = hr_fail(err, HR_INPUT, "%s: the attribute %s is not %s; the file is damaged", file->path,
                         name, H5Tget_class(wanted) == H5T_INTEGER ? "a whole number" : "what is expected");
    else if (H5Aread(id, wanted, value) < 0)
        status = hr_h5_fail(file, "read the attribute", name, err);
    H5Aclose(id);
    return status;
}

bool hr_h5_has_attribute(hr_h5 *file, const char *name)
{
    return H5Aexists(file->id, name) > 0;
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
    const hr_status status = get_attribute(file, name, H5T_NATIVE_DOUBLE, value, err);
    if (status == HR_OK && !isfinite(*value))
        return hr_fail(err, HR_INPUT, "%s: the attribute %s is %g; the file is damaged", file->path, name,
                       *value);
    return status;
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
