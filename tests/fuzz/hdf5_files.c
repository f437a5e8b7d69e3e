/* libFuzzer: hostile datasets, partitions and checkpoints. The bytes are a list of edits of a sound file, made by HDF5's
 * own functions on an image in memory, so that the container stays right; the checksums of a checkpoint are made anew.
 * Whatever the edits are, what opens and reads the file ends with content or with one message, code 3 or 4.
 *
 * HALOREC_FUZZ_FILES names a folder with sound data.h5, data.k2.h5 and run.ckpt.h5, which run.sh makes. */
#include "io/base/checksum.h"
#include "io/base/memory.h"
#include "io/checkpoint/checkpoint.h"
#include "io/dataset/dataset_verify.h"
#include "io/dataset/ids_file.h"
#include "partition/halo/shard.h"
#include "partition/plan/partition_file.h"
#include "tests/fuzz/image.h"

#include <math.h>
#include <unistd.h>

enum { FILES = 3, MOST_EDITS = 8, MOST_ELEMENTS = 1 << 16 };

static image files[FILES];

static double take_number(input *in)
{
    static const double odd[] = {0,          -1,         1,          2,          255,      256,     65536,
                                 2147483647, 2147483648, 4294967295, 4294967296, 9.2e18,   -9.2e18, 1.5,
                                 1e38,       1e300,      INFINITY,   NAN,        16777216, 1e9};
    const uint64_t which = take(in, 1);
    if (which < sizeof odd / sizeof *odd)
        return odd[which];
    return which < 128 ? (double)take(in, 1) : (double)(int64_t)take(in, 8);
}

static void edit_attribute(hid_t file, input *in)
{
    if (H5Aget_num_attrs(file) < 1)
        return;
    char name[64];
    const hsize_t index = take(in, 1) % (hsize_t)H5Aget_num_attrs(file);
    if (H5Aget_name_by_idx(file, ".", H5_INDEX_NAME, H5_ITER_INC, index, name, sizeof name, H5P_DEFAULT) < 0)
        return;
    char text[256];
    const uint64_t kind = take(in, 1) % 3, length = take(in, 1);
    const double real = take_number(in);
    const int64_t whole = real > -9.2e18 && real < 9.2e18 ? (int64_t)real : INT64_MAX;
    for (uint64_t i = 0; kind == 2 && i < length; i++)
        text[i] = (char)take(in, 1);
    text[kind == 2 ? length : 0] = 0;
    const hid_t space = H5Screate(H5S_SCALAR), string = H5Tcopy(H5T_C_S1);
    H5Tset_size(string, length + 1);
    H5Tset_cset(string, H5T_CSET_UTF8);
    const hid_t type = kind == 0 ? H5T_NATIVE_INT64 : kind == 1 ? H5T_NATIVE_DOUBLE : string;
    H5Adelete(file, name);
    const hid_t made = H5Acreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(made, type,
             kind == 0   ? (const void *)&whole
             : kind == 1 ? (const void *)&real
                         : (const void *)text);
    H5Aclose(made);
    H5Tclose(string);
    H5Sclose(space);
}

static void edit_number(hid_t file, const char *name, input *in)
{
    const hid_t array = H5Dopen2(file, name, H5P_DEFAULT);
    if (array < 0)
        return;
    const hid_t space = H5Dget_space(array), one = H5Screate(H5S_SCALAR);
    hsize_t shape[2] = {0, 1};
    const double value = take_number(in);
    if (H5Sget_simple_extent_ndims(space) <= 2)
        H5Sget_simple_extent_dims(space, shape, NULL);
    const bool stored = H5Dget_storage_size(array) > 0 ||
                        (shape[0] < MOST_ELEMENTS && shape[1] < 16); /* writing takes the whole */
    if (stored && shape[0] * shape[1] > 0) {
        const hsize_t index = take(in, 2) % (shape[0] * shape[1]),
                      at[2] = {index / shape[1], index % shape[1]};
        H5Sselect_elements(space, H5S_SELECT_SET, 1, at);
        H5Dwrite(array, H5T_NATIVE_DOUBLE, one, space, H5P_DEFAULT, &value);
    }
    H5Sclose(one);
    H5Sclose(space);
    H5Dclose(array);
}

/* Another array under the name: of another shape, type or storage, or none, or a link. */
static void edit_array(hid_t file, const char *name, input *in)
{
    const hid_t types[] = {H5T_STD_I64LE, H5T_STD_I32LE,  H5T_IEEE_F32LE,
                           H5T_STD_U8LE,  H5T_IEEE_F64LE, H5T_STD_U64LE};
    const uint64_t kind = take(in, 1) % 6, type = take(in, 1) % 6;
    const double rows = fabs(take_number(in)), cols = fabs(take_number(in));
    const hsize_t shape[2] = {rows < 1e18 ? (hsize_t)rows : 7, cols < 1e18 ? (hsize_t)cols : 7},
                  chunk[2] = {64, 1};
    if (kind == 0)
        H5Lmove(file, name, file, "away", H5P_DEFAULT, H5P_DEFAULT);
    else
        H5Ldelete(file, name, H5P_DEFAULT);
    if (kind == 0)
        H5Lcreate_soft("/away", file, name, H5P_DEFAULT, H5P_DEFAULT);
    if (kind < 2)
        return;
    const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    const bool small = shape[0] < MOST_ELEMENTS && shape[1] < 16;
    if (kind == 2)
        H5Pset_chunk(properties, 2, chunk);
    else if (kind == 3 && small)
        H5Pset_alloc_time(properties, H5D_ALLOC_TIME_EARLY);
    const hid_t space = H5Screate_simple(kind == 2 || shape[1] != 1 ? 2 : 1, shape, NULL);
    const hid_t made = H5Dcreate2(file, name, types[type], space, H5P_DEFAULT, properties, H5P_DEFAULT);
    if (made >= 0)
        H5Dclose(made);
    H5Sclose(space);
    H5Pclose(properties);
}

/* The checksum of an array of one block. */
static void sum_array(hid_t file, const char *name)
{
    char sums[128];
    hsize_t shape[2] = {0, 1};
    snprintf(sums, sizeof sums, "checksum/%s", name);
    const hid_t array = H5Dopen2(file, name, H5P_DEFAULT), of = H5Dopen2(file, sums, H5P_DEFAULT);
    const hid_t space = H5Dget_space(array);
    if (array >= 0 && of >= 0 && H5Sget_simple_extent_ndims(space) <= 2) {
        H5Sget_simple_extent_dims(space, shape, NULL);
        const bool small = shape[0] < MOST_ELEMENTS && shape[1] < 64 && shape[0] * shape[1] > 0;
        float *values = small ? calloc(shape[0] * shape[1], sizeof *values) : NULL;
        if (values && H5Dread(array, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0) {
            const uint64_t sum =
                hr_checksum_rows(values, 0, (int64_t)shape[0], (int64_t)(shape[1] * sizeof(float)));
            const hid_t one = H5Screate(H5S_SCALAR), all = H5Dget_space(of);
            const hsize_t first = 0;
            if (H5Sget_simple_extent_npoints(all) == 1 && H5Sget_simple_extent_ndims(all) == 1) {
                H5Sselect_elements(all, H5S_SELECT_SET, 1, &first);
                H5Dwrite(of, H5T_NATIVE_UINT64, one, all, H5P_DEFAULT, &sum);
            }
            H5Sclose(all);
            H5Sclose(one);
        }
        free(values);
    }
    H5Sclose(space);
    H5Dclose(of);
    H5Dclose(array);
}

static void named(hr_status status, const hr_error *err)
{
    if (status == HR_OK || ((status == HR_INPUT || status == HR_IO) && strstr(err->text, "/proc/self/fd/")))
        return;
    fprintf(stderr, "status %d: %s\n", (int)status, err->text);
    abort();
}

static void read_dataset(const char *path)
{
    hr_error err = {""};
    hr_h5 *file = NULL;
    hr_dataset_summary s;
    hr_ratings ratings = {0};
    hr_text text = {0};
    hr_ids movies = {0};
    const hr_comm alone = hr_comm_alone();
    hr_status status = HR_OK;
    HR_TRY(hr_dataset_open(&file, &s, path, &err));
    HR_TRY(hr_dataset_verify(&alone, file, &s, &err));
    HR_TRY(hr_dataset_read_slice(file, 0, s.users, 0.0, &ratings, &err));
    HR_TRY(hr_dataset_read_values(file, &ratings, &err));
    HR_TRY(hr_ids_read(file, "movie/id", 0, s.movies, &movies, &err));
    HR_TRY(hr_dataset_read_text(file, &text, &err));
done:
    named(status, &err);
    hr_ids_free(&movies);
    hr_text_free(&text);
    hr_ratings_free(&ratings);
    hr_h5_close(file);
}

static void read_partition(const char *path)
{
    hr_error err = {""};
    hr_h5 *file = NULL;
    hr_partition_origin origin;
    hr_plan_summary s;
    hr_shard shard = {0};
    hr_status status = HR_OK;
    HR_TRY(hr_partition_open(&file, &origin, &s, path, &err));
    for (int32_t p = 0; p < s.parts; p++) {
        HR_TRY(hr_shard_read(&shard, file, p, &err));
        HR_TRY(hr_shard_read_values(&shard, file, &err));
        hr_shard_free(&shard);
    }
done:
    named(status, &err);
    hr_shard_free(&shard);
    hr_h5_close(file);
}

static void read_checkpoint(const char *path)
{
    hr_error err = {""};
    hr_h5 *file = NULL;
    hr_checkpoint_summary s;
    hr_checkpoint_rows rows = {.name = "output"};
    json_t *run = NULL;
    const hr_comm alone = hr_comm_alone();
    hr_status status = HR_OK;
    HR_TRY(hr_checkpoint_verify(&alone, path, &err));
    HR_TRY(hr_checkpoint_open(&file, &s, &run, path, &err));
    const hr_row_block all = {0, s.users, 0, s.movies};
    if (hr_checkpoint_expect_shape(file, "output/user", s.users, s.dim, &err) != HR_OK ||
        hr_checkpoint_expect_shape(file, "output/movie", s.movies, s.dim, &err) != HR_OK)
        goto done;
    rows.block = hr_alloc((s.users + s.movies) * s.dim, sizeof *rows.block);
    if (rows.block)
        HR_TRY(hr_checkpoint_read(file, &s, &rows, &all, &err));
done:
    named(status, &err);
    free(rows.block);
    json_decref(run);
    hr_h5_close(file);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static const char *const names[FILES] = {"data.h5", "data.k2.h5", "run.ckpt.h5"};
    (void)argc, (void)argv;
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    for (int f = 0; f < FILES; f++)
        image_read(&files[f], getenv("HALOREC_FUZZ_FILES"), names[f]);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const readers[FILES])(const char *) = {read_dataset, read_partition, read_checkpoint};
    input in = {data, data + size};
    const int which = (int)(take(&in, 1) % FILES);
    const image *s = &files[which];
    const hid_t file = image_open(s);
    char path[64];
    for (int edit = 0; edit < MOST_EDITS && in.at < in.end; edit++) {
        const uint64_t kind = take(&in, 1) % 4;
        const char *name = s->array[take(&in, 1) % (uint64_t)s->arrays];
        if (kind == 0)
            edit_attribute(file, &in);
        else if (kind == 1)
            edit_array(file, name, &in);
        else
            edit_number(file, name, &in);
    }
    for (int a = 0; which == 2 && a < s->arrays; a++)
        if (strncmp(s->array[a], "checksum/", 9) != 0)
            sum_array(file, s->array[a]);
    if (which == 2)
        image_sum_attributes(file);
    const int descriptor = image_close(file, path);
    readers[which](path);
    close(descriptor);
    return 0;
}
