/* Attributes of an open HDF5 file, for programs that spoil files: what is not there, or is something else, is 0 or "". */
#ifndef HR_TESTS_SUPPORT_ROOT_ATTRIBUTES_H
#define HR_TESTS_SUPPORT_ROOT_ATTRIBUTES_H

#include <hdf5.h>
#include <stddef.h>
#include <stdint.h>

static inline int64_t number_of(hid_t file, const char *name)
{
    int64_t value = 0;
    const hid_t attribute = H5Aopen(file, name, H5P_DEFAULT);
    const hid_t type = H5Aget_type(attribute);
    if (H5Tget_class(type) == H5T_INTEGER)
        H5Aread(attribute, H5T_NATIVE_INT64, &value);
    H5Tclose(type);
    H5Aclose(attribute);
    return value;
}

static inline void text_of(hid_t file, const char *name, char *text, size_t size)
{
    const hid_t attribute = H5Aopen(file, name, H5P_DEFAULT), type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, size);
    H5Tset_cset(type, H5T_CSET_UTF8);
    if (H5Aread(attribute, type, text) < 0)
        *text = 0;
    H5Tclose(type);
    H5Aclose(attribute);
}

#endif
