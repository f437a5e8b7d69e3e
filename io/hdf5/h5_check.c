/* What a file must be before any of its lengths is believed. HDF5 lets a file say more than it holds: arrays in other
 * files, arrays of which nothing is stored, arrays that filters inflate, groups without end. halorec's own files have
 * plain arrays in two or three levels of groups, and nothing else. */
#include "io/base/checked.h"
#include "io/hdf5/h5_internal.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum {
    MAX_DEPTH = 4,       /* of groups in groups */
    MOST_INFLATED = 1040 /* bytes that deflate makes of one, at most 1032, and a chunk's header */
};

static hr_status refuse_link(const hr_h5 *file, const char *name, hr_error *err)
{
    return hr_fail(err, HR_INPUT,
                   "%s: %s is a link to another place or file, which is not followed; expected an array or a "
                   "group in the file itself",
                   file->path, name);
}

/* Whether all of the array is in the file itself and, in files of halorec's, as it will be in memory. */
static bool is_plain(const hr_h5 *file, hid_t properties)
{
    const H5D_layout_t layout = H5Pget_layout(properties);
    if (layout == H5D_CHUNKED)
        return file->is_foreign;
    return (layout == H5D_CONTIGUOUS || layout == H5D_COMPACT) && H5Pget_external_count(properties) == 0;
}

/* The bytes of a chunk in memory; 0 where there are no chunks, -1 where they are too many to count. */
static int64_t chunk_bytes(hid_t properties, int64_t element)
{
    hsize_t shape[H5S_MAX_RANK];
    int64_t bytes = element;
    if (H5Pget_layout(properties) != H5D_CHUNKED)
        return 0;
    const int dimensions = H5Pget_chunk(properties, H5S_MAX_RANK, shape);
    for (int d = 0; d < dimensions; d++)
        if (shape[d] > INT64_MAX || !hr_product_fits(bytes, (int64_t)shape[d], &bytes))
            return -1;
    return bytes;
}

/* Whether no side is longer, and not more elements there, than `stored` bytes make. */
static bool is_within(const hr_h5_array *a, int64_t element, int64_t stored)
{
    int64_t bytes = 0;
    return a->shape[0] <= (hsize_t)stored && a->shape[1] <= (hsize_t)stored &&
           hr_product_fits((int64_t)a->shape[0], (int64_t)a->shape[1], &bytes) &&
           hr_product_fits(bytes, element, &bytes) && bytes <= stored;
}

static bool is_empty(const hr_h5_array *a)
{
    return a->shape[0] == 0 || a->shape[1] == 0;
}

static bool is_whole(const hr_h5 *file, const hr_h5_array *a, hid_t properties, int64_t element)
{
    const hsize_t length = (hsize_t)hr_h5_bytes(file), storage = H5Dget_storage_size(a->id);
    const int64_t chunk = chunk_bytes(properties, element);
    int64_t stored = 0;
    if (storage > length || !hr_product_fits((int64_t)(is_empty(a) ? length : storage),
                                             H5Pget_nfilters(properties) > 0 ? MOST_INFLATED : 1, &stored))
        return false;
    return is_within(a, element, stored) && chunk >= 0 && (is_empty(a) || chunk <= stored);
}

hr_status hr_h5_check_stored(const hr_h5 *file, const char *name, const hr_h5_array *a, hr_error *err)
{
    hr_status status = HR_OK;
    const hid_t properties = H5Dget_create_plist(a->id), type = H5Dget_type(a->id);
    if (!is_plain(file, properties))
        status =
            hr_fail(err, HR_INPUT,
                    "%s: the array %s is not stored plainly in the file itself; expected no chunks, filters "
                    "or other files (h5repack -l CONTI -f NONE makes it so)",
                    file->path, name);
    else if (!is_whole(file, a, properties, (int64_t)H5Tget_size(type)))
        status = hr_fail(err, HR_INPUT,
                         "%s: the array %s is %" PRIu64 " x %" PRIu64
                         ", more than the file holds of it; the file is damaged",
                         file->path, name, (uint64_t)a->shape[0], (uint64_t)a->shape[1]);
    H5Tclose(type);
    H5Pclose(properties);
    return status;
}

hr_status hr_h5_check_path(const hr_h5 *file, const char *name, hr_error *err)
{
    char part[HR_H5_NAME_LENGTH];
    H5L_info_t link;
    for (const char *end = name; *end;) {
        end += strcspn(end + 1, "/") + 1;
        snprintf(part, sizeof part, "%.*s", (int)(end - name), name);
        if (H5Lget_info(file->id, part, &link, H5P_DEFAULT) >= 0 && link.type != H5L_TYPE_HARD)
            return refuse_link(file, part, err);
    }
    return HR_OK;
}

/* The links of a group while they are listed. */
typedef struct listing {
    hr_h5 *file;
    char group[HR_H5_NAME_LENGTH]; /* ends in a slash; "" for the root */
    int depth;
    hr_status status;
    hr_error *err;
} listing;

static hr_status list_group(hr_h5 *file, const char *name, int depth, hr_error *err);

static hr_status check_object(hr_h5 *file, const char *name, int depth, hr_error *err)
{
    hr_h5_array a;
    hr_status status = HR_OK;
    const hid_t id = H5Oopen(file->id, name, H5P_DEFAULT);
    const H5I_type_t kind = id >= 0 ? H5Iget_type(id) : H5I_BADID;
    if (id >= 0)
        H5Oclose(id);
    if (kind == H5I_GROUP)
        return list_group(file, name, depth + 1, err);
    if (kind != H5I_DATASET)
        return hr_fail(err, HR_INPUT, "%s: %s is neither an array nor a group; the file is damaged",
                       file->path, name);
    status = hr_h5_array_open(file, name, &a, err);
    if (status == HR_OK)
        status = hr_h5_check_stored(file, name, &a, err);
    hr_h5_array_close(&a);
    return status;
}

static herr_t check_link(hid_t group, const char *name, const H5L_info_t *link, void *context)
{
    (void)group;
    listing *l = context;
    char path[2 * HR_H5_NAME_LENGTH];
    const int length = snprintf(path, sizeof path, "%s%s", l->group, name);
    if (length >= HR_H5_NAME_LENGTH)
        l->status = hr_fail(l->err, HR_INPUT, "%s: has a name of %d bytes; the file is damaged",
                            l->file->path, length);
    else if (link->type != H5L_TYPE_HARD)
        l->status = refuse_link(l->file, path, l->err);
    else
        l->status = check_object(l->file, path, l->depth, l->err);
    return l->status == HR_OK ? 0 : -1;
}

static hr_status list_group(hr_h5 *file, const char *name, int depth, hr_error *err)
{
    listing l = {.file = file, .depth = depth, .err = err};
    if (depth > MAX_DEPTH)
        return hr_fail(err, HR_INPUT, "%s: %s is a group in too many others; the file is damaged", file->path,
                       name);
    const hid_t group = H5Gopen2(file->id, name, H5P_DEFAULT);
    if (group < 0)
        return hr_h5_fail(file, "open the group", name, err);
    if (depth > 0)
        snprintf(l.group, sizeof l.group, "%s/", name);
    const herr_t listed = H5Literate(group, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, check_link, &l);
    if (listed < 0 && l.status == HR_OK)
        l.status = hr_h5_fail(file, "list the group", name, err);
    H5Gclose(group);
    return l.status;
}

hr_status hr_h5_check_all(hr_h5 *file, hr_error *err)
{
    return list_group(file, "/", 0, err);
}
