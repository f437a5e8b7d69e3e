/* Tables packed by gzip, zstd or zip are read where they are, whole, as the plain ones are. */
#include "io/base/strings.h"
#include "io/packed/zip_members.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/read_source.h"

#include <stdio.h>
#include <stdlib.h>
#include <zip.h>
#include <zlib.h>
#include <zstd.h>

static char table[1 << 15], expected[1 << 15];
static read_text got;

/* A table longer than what is read at once of a packed file. */
static int make_table(void **state)
{
    size_t length = (size_t)snprintf(table, sizeof table, "userId,movieId,rating,timestamp\n"), made = 0;
    for (int i = 0; i < 1000; i++) {
        length += (size_t)snprintf(table + length, sizeof table - length, "%d,%d,%d,%d\n", i, i * 7919 % 1000,
                                   i % 5, i);
        made += (size_t)snprintf(expected + made, sizeof expected - made, "%d %d %d %d\n", i, i * 7919 % 1000,
                                 i % 5, i);
    }
    return make_folder(state);
}

static void assert_read(const char *path, const char *said)
{
    hr_error err = {""};
    for (int64_t pieces = 1; pieces < 4; pieces++) {
        assert_ok(read_source(path, &(hr_source_options){0}, pieces, &got, &err));
        assert_string_equal(got.rows, expected);
        assert_non_null(strstr(got.said, said));
    }
}

static void gzip_is_read(void **state)
{
    (void)state;
    const size_t half = strlen(table) / 2;
    for (int members = 1; members <= 2; members++) { /* one stream, or two next to each other */
        const char *path = in_folder("ratings.csv.gz");
        gzFile file = gzopen(path, "wb");
        gzwrite(file, table, (unsigned)(members == 1 ? strlen(table) : half));
        gzclose(file);
        if (members == 2) {
            file = gzopen(path, "ab");
            gzwrite(file, table + half, (unsigned)(strlen(table) - half));
            gzclose(file);
        }
        assert_read(path, "gzip");
    }
}

static void zstd_is_read_and_checked(void **state)
{
    (void)state;
    hr_error err = {""};
    const size_t room = ZSTD_compressBound(sizeof table);
    char *packed = malloc(room);
    const size_t length = ZSTD_compress(packed, room, table, strlen(table), 3);
    assert_read(write_bytes("ratings.csv.zst", packed, length), "zstd");
    write_bytes("ratings.csv.zst", packed, length - 5);
    assert_fails(read_source(in_folder("ratings.csv.zst"), &(hr_source_options){0}, 1, &got, &err), HR_INPUT,
                 "ratings.csv.zst: damaged or cut off");
    free(packed);
}

/* Makes a zip of files, each with the table in it. */
static const char *write_zip(const char *name, const char *const *members)
{
    int code = 0;
    const char *path = in_folder(name);
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    for (; zip && *members; members++)
        if (zip_file_add(zip, *members, zip_source_buffer(zip, table, strlen(table), 0), 0) < 0)
            abort();
    if (!zip || zip_close(zip) != 0)
        abort();
    return path;
}

static void a_member_of_a_zip_is_read(void **state)
{
    (void)state;
    char member[512];
    hr_error err = {""};
    hr_strings names = {0};
    assert_read(write_zip("one.zip", (const char *const[]){"inside.csv", NULL}), "inside.csv: zip");
    const char *path =
        write_zip("two.zip", (const char *const[]){"a.csv", "b/c.csv", "__MACOSX/a.csv", NULL});
    assert_ok(hr_zip_members(path, &names, &err));
    assert_int_equal(names.count, 2);
    assert_string_equal(hr_strings_at(&names, 1), "b/c.csv");
    hr_strings_free(&names);
    snprintf(member, sizeof member, "%s:b/c.csv", path);
    assert_read(member, "two.zip:b/c.csv: zip");
    snprintf(member, sizeof member, "%s:d.csv", path);
    assert_int_not_equal(read_source(member, &(hr_source_options){0}, 1, &got, &err), HR_OK);
}

static void a_damaged_zip_is_named(void **state)
{
    (void)state;
    hr_error err = {""};
    write_zip("cut.zip", (const char *const[]){"a.csv", NULL});
    cut_file(in_folder("cut.zip"));
    assert_fails(read_source(in_folder("cut.zip"), &(hr_source_options){0}, 1, &got, &err), HR_INPUT,
                 "cut.zip");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gzip_is_read),
        cmocka_unit_test(zstd_is_read_and_checked),
        cmocka_unit_test(a_member_of_a_zip_is_read),
        cmocka_unit_test(a_damaged_zip_is_named),
    };
    return cmocka_run_group_tests(tests, make_table, remove_folder);
}
