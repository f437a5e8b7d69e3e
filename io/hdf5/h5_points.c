#include "io/base/memory.h"
#include "io/hdf5/h5_internal.h"

#include <inttypes.h>

/* The rows as HDF5 has them; HR_INPUT where the array has not so many. */
static hr_status convert(const hr_h5 *file, const char *name, const hr_h5_array *a, const int64_t *row,
                         int64_t count, hsize_t *point, hr_error *err)
{
    for (int64_t i = 0; i < count; i++) {
        if (row[i] < 0 || (hsize_t)row[i] >= a->shape[0])
            return hr_fail(err, HR_INPUT, "%s: the array %s has no row %" PRId64 "; the file is damaged",
                           file->path, name, row[i]);
        point[i] = (hsize_t)row[i];
    }
    return HR_OK;
}

hr_status hr_h5_read_points(hr_h5 *file, const char *name, const int64_t *row, int64_t count, float *value,
                            hr_error *err)
{
    hr_h5_array a = {H5I_INVALID_HID, H5I_INVALID_HID, {0}};
    hid_t memory = H5I_INVALID_HID;
    hr_status status = HR_OK;
    hsize_t *point = NULL, points = (hsize_t)count;
    if (count == 0)
        return HR_OK;
    HR_ALLOC(point, count);
    HR_TRY(hr_h5_array_open(file, name, &a, err));
    HR_TRY(hr_h5_expect_cols(file, name, &a, 1, err));
    HR_TRY(convert(file, name, &a, row, count, point, err));
    memory = H5Screate_simple(1, &points, NULL);
    if (H5Sget_simple_extent_ndims(a.space) != 1 ||
        H5Sselect_elements(a.space, H5S_SELECT_SET, (size_t)count, point) < 0 ||
        H5Dread(a.id, H5T_NATIVE_FLOAT, memory, a.space, H5P_DEFAULT, value) < 0)
        HR_TRY(hr_h5_fail(file, "read the array", name, err));
done:
    if (memory >= 0)
        H5Sclose(memory);
    hr_h5_array_close(&a);
    free(point);
    return status;
}
