/* spoil FILE KIND …: makes a hostile file of a sound one, in place, by HDF5's own functions, so that the container and
 * its checksums stay right. The checksums of a checkpoint's attributes, and of an array with another number, are made anew.
 *
 *   attribute NAME INTEGER|REAL|TEXT VALUE   another value, of another type where that is asked for
 *   number ARRAY INDEX VALUE                 another number in an array
 *   sparse ARRAY ROWS                        an array of so many rows, in chunks of which none is stored
 *   unstored ARRAY ROWS                      the same in one piece
 *   packed ARRAY                             the array's numbers, compressed
 *   elsewhere ARRAY soft|external|stored     a link to another name or file, or an array whose bytes are in another file
 *   drop ARRAY */
#include "io/base/checksum.h"
#include "io/checkpoint/checkpoint.h"
#include "tests/support/root_attributes.h"

#include <hdf5.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void need(bool right, const char *what)
{
    if (right)
        return;
    fprintf(stderr, "spoil: cannot %s\n", what);
    exit(1);
}

static void set_attribute(hid_t file, const char *name, const char *kind, const char *value)
{
    const long long whole = atoll(value);
    const double real = atof(value);
    const hid_t text = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    H5Tset_size(text, strlen(value) + 1);
    H5Tset_cset(text, H5T_CSET_UTF8);
    const bool is_whole = strcmp(kind, "INTEGER") == 0, is_real = strcmp(kind, "REAL") == 0;
    const hid_t type = is_whole ? H5T_NATIVE_LLONG : is_real ? H5T_NATIVE_DOUBLE : text;
    H5Adelete(file, name);
    const hid_t attribute = H5Acreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    need(attribute >= 0 && H5Awrite(attribute, type,
                                    is_whole  ? (const void *)&whole
                                    : is_real ? (const void *)&real
                                              : (const void *)value) >= 0,
         "write the attribute");
    H5Aclose(attribute);
    H5Sclose(space);
    H5Tclose(text);
}

/* Makes the checksums of an array's blocks anew, where it has some. */
static void sum_rows_anew(hid_t file, const char *name)
{
    char sums[256];
    snprintf(sums, sizeof sums, "checksum/%s", name);
    if (H5Lexists(file, "checksum", H5P_DEFAULT) <= 0 || H5Lexists(file, sums, H5P_DEFAULT) <= 0)
        return;
    const hid_t array = H5Dopen2(file, name, H5P_DEFAULT), space = H5Dget_space(array),
                type = H5Dget_type(array), made = H5Dopen2(file, sums, H5P_DEFAULT);
    hsize_t shape[2] = {0, 1};
    H5Sget_simple_extent_dims(space, shape, NULL);
    const int64_t rows = (int64_t)shape[0], bytes = (int64_t)(shape[1] * H5Tget_size(type));
    const int64_t blocks = hr_checksum_blocks(rows, bytes), most = hr_checksum_block_rows(bytes);
    char *content = calloc((size_t)rows, (size_t)bytes);
    uint64_t *sum = calloc((size_t)blocks, sizeof *sum);
    need(content && sum && H5Dread(array, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, content) >= 0,
         "read the array");
    for (int64_t b = 0, first = 0; b < blocks; b++, first += most) {
        const int64_t count = rows - first < most ? rows - first : most;
        sum[b] = hr_checksum_rows(content + first * bytes, first, count, bytes);
    }
    need(H5Dwrite(made, H5T_NATIVE_UINT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, sum) >= 0, "write the checksums");
    free(content);
    free(sum);
    H5Dclose(made);
    H5Tclose(type);
    H5Sclose(space);
    H5Dclose(array);
}

static void set_number(hid_t file, const char *name, hsize_t index, double value)
{
    const hid_t array = H5Dopen2(file, name, H5P_DEFAULT), space = H5Dget_space(array),
                one = H5Screate(H5S_SCALAR);
    hsize_t shape[2] = {0, 1};
    H5Sget_simple_extent_dims(space, shape, NULL);
    const hsize_t at[2] = {index / shape[1], index % shape[1]};
    H5Sselect_elements(space, H5S_SELECT_SET, 1, at);
    need(H5Dwrite(array, H5T_NATIVE_DOUBLE, one, space, H5P_DEFAULT, &value) >= 0, "write the number");
    H5Sclose(one);
    H5Sclose(space);
    H5Dclose(array);
    sum_rows_anew(file, name);
}

/* An array of the same type in the place of one, empty unless it is copied. */
static void replace(hid_t file, const char *name, hsize_t rows, hid_t properties, bool copied)
{
    const hid_t array = H5Dopen2(file, name, H5P_DEFAULT), type = H5Dget_type(array),
                space = H5Dget_space(array);
    const size_t bytes = (size_t)H5Sget_simple_extent_npoints(space) * H5Tget_size(type);
    void *content = calloc(1, bytes + 1);
    need(content && H5Dread(array, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, content) >= 0, "read the array");
    const hid_t made_space = copied ? H5Scopy(space) : H5Screate_simple(1, &rows, NULL);
    H5Dclose(array);
    H5Ldelete(file, name, H5P_DEFAULT);
    const hid_t made = H5Dcreate2(file, name, type, made_space, H5P_DEFAULT, properties, H5P_DEFAULT);
    need(made >= 0 && (!copied || H5Dwrite(made, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, content) >= 0),
         "make the array");
    H5Dclose(made);
    H5Sclose(made_space);
    H5Sclose(space);
    H5Tclose(type);
    free(content);
}

static void set_elsewhere(hid_t file, const char *name, const char *how)
{
    const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    if (strcmp(how, "stored") == 0) {
        H5Pset_external(properties, "elsewhere.bytes", 0, H5F_UNLIMITED);
        replace(file, name, 0, properties, true);
    } else {
        need(H5Lmove(file, name, file, "kept", H5P_DEFAULT, H5P_DEFAULT) >= 0, "move the array");
        need((strcmp(how, "soft") == 0
                  ? H5Lcreate_soft("/kept", file, name, H5P_DEFAULT, H5P_DEFAULT)
                  : H5Lcreate_external("data.h5", name, file, name, H5P_DEFAULT, H5P_DEFAULT)) >= 0,
             "make the link");
    }
    H5Pclose(properties);
}

static hid_t chunks(bool packed)
{
    const hsize_t chunk = packed ? 16 : 1024;
    const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(properties, 1, &chunk);
    if (packed)
        H5Pset_deflate(properties, 6);
    return properties;
}

static void sum_anew(hid_t file)
{
    static char run[HR_RUN_LENGTH];
    char sum[32];
    hr_checkpoint_summary s = {.users = number_of(file, "users"),
                               .movies = number_of(file, "movies"),
                               .dim = number_of(file, "dim"),
                               .step = number_of(file, "step"),
                               .arrays = number_of(file, "arrays")};
    text_of(file, "fingerprint", s.fingerprint, sizeof s.fingerprint);
    text_of(file, "model", s.model, sizeof s.model);
    text_of(file, "source", s.source, sizeof s.source);
    text_of(file, "run", run, sizeof run);
    snprintf(sum, sizeof sum, "%lld", (long long)hr_checkpoint_sum_attributes(&s, run));
    set_attribute(file, "checksum", "INTEGER", sum);
}

int main(int argc, char **argv)
{
    need(argc >= 4, "do that: spoil FILE KIND …");
    const hid_t file = H5Fopen(argv[1], H5F_ACC_RDWR, H5P_DEFAULT);
    need(file >= 0, "open the file");
    const char *kind = argv[2], *name = argv[3];
    if (strcmp(kind, "attribute") == 0 && argc == 6)
        set_attribute(file, name, argv[4], argv[5]);
    else if (strcmp(kind, "number") == 0 && argc == 6)
        set_number(file, name, (hsize_t)atoll(argv[4]), atof(argv[5]));
    else if (strcmp(kind, "sparse") == 0 && argc == 5)
        replace(file, name, (hsize_t)atoll(argv[4]), chunks(false), false);
    else if (strcmp(kind, "unstored") == 0 && argc == 5)
        replace(file, name, (hsize_t)atoll(argv[4]), H5P_DEFAULT, false);
    else if (strcmp(kind, "packed") == 0)
        replace(file, name, 0, chunks(true), true);
    else if (strcmp(kind, "elsewhere") == 0 && argc == 5)
        set_elsewhere(file, name, argv[4]);
    else if (strcmp(kind, "drop") == 0)
        need(H5Ldelete(file, name, H5P_DEFAULT) >= 0, "drop the array");
    else
        need(false, "do that: no such kind");
    if (H5Aexists(file, "checksum") > 0)
        sum_anew(file);
    H5Fclose(file);
    return 0;
}
