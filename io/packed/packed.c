#include "io/packed/packed.h"

#include "io/base/memory.h"
#include "io/packed/zip_members.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAGIC_BYTES = 9 };

const char *hr_packing_name(hr_packing packing)
{
    static const char *const name[] = {"plain", "gzip", "zstd", "zip"};
    return name[packing];
}

/* Beginnings of files that are packed, or that are no text. */
typedef struct magic {
    const char *bytes;
    int length;
    int packing;      /* an hr_packing, or -1: no text */
    const char *what; /* of what is no text: its name and what to do */
} magic;

#define WEB_PAGE "a web page: maybe a download that failed; get the file that it links to"
#define R_FILE "a file of R; write its table as CSV: write.csv"
#define UTF32 "UTF-32; convert it: iconv -f UTF-32 -t UTF-8"

static const magic magics[] = {
    {"\x1F\x8B", 2, HR_GZIP, NULL},
    {"\x28\xB5\x2F\xFD", 4, HR_ZSTD, NULL},
    {"PK\x03\x04", 4, HR_ZIP, NULL},
    {"PK\x05\x06", 4, HR_ZIP, NULL},
    {"PAR1", 4, -1,
     "a Parquet file; convert it: python3 -c \"import pandas; "
     "pandas.read_parquet('in.parquet').to_csv('ratings.csv', index=False)\""},
    {"\x89HDF\r\n\x1A\n", 8, -1, "an HDF5 file; a dataset of halorec's is used as it is"},
    {"BZh", 3, -1, "packed by bzip2; unpack it with bunzip2"},
    {"\xFD"
     "7zXZ",
     5, -1, "packed by xz; unpack it with unxz"},
    {"7z\xBC\xAF\x27\x1C", 6, -1, "a 7z archive; unpack it"},
    {"Rar!", 4, -1, "a RAR archive; unpack it"},
    {"%PDF", 4, -1, "a PDF file"},
    {"\x89PNG", 4, -1, "a picture"},
    {"\xFF\xD8\xFF", 3, -1, "a picture"},
    {"<!DOCTYPE", 9, -1, WEB_PAGE},
    {"<!doctype", 9, -1, WEB_PAGE},
    {"<html", 5, -1, WEB_PAGE},
    {"<?xml", 5, -1, "XML; convert it to CSV"},
    {"\xFF\xFE\0\0", 4, -1, UTF32},
    {"\0\0\xFE\xFF", 4, -1, UTF32},
    {"\xD0\xCF\x11\xE0", 4, -1, "a file of an old Excel or Word; save its table as CSV"},
    {"Obj\x01", 4, -1, "an Avro file; convert it to CSV"},
    {"RDX2\n", 5, -1, R_FILE},
    {"RDX3\n", 5, -1, R_FILE},
    {"SQLite", 6, -1, "an SQLite database; write its table as CSV: sqlite3 -csv -header FILE 'select …'"},
    {"ARROW1", 6, -1, "an Arrow file; convert it to CSV"},
    {"\x93NUMPY", 6, -1, "a NumPy array; convert it to CSV"},
};

static hr_status read_magic(hr_packed *packed, unsigned char *bytes, ssize_t *got, hr_error *err)
{
    struct stat about;
    hr_status status = HR_OK;
    const int file = open(packed->file, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return hr_fail(err, HR_IO, "%s: cannot be read: %s", packed->file, strerror(errno));
    if (fstat(file, &about) != 0)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be read: %s", packed->file, strerror(errno)));
    if (S_ISDIR(about.st_mode))
        HR_TRY(hr_fail(err, HR_INPUT, "%s: is a folder, expected a file", packed->file));
    if (!S_ISREG(about.st_mode))
        HR_TRY(hr_fail(err, HR_INPUT, "%s: is a pipe or a device, expected a file: it is read twice",
                       packed->file));
    packed->size = about.st_size;
    *got = pread(file, bytes, MAGIC_BYTES, 0);
    if (*got < 0)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be read: %s", packed->file, strerror(errno)));
done:
    close(file);
    return status;
}

/* What begins with these bytes; NULL where that may be text. */
static const magic *find_magic(const void *bytes, int64_t length)
{
    for (size_t m = 0; m < sizeof magics / sizeof *magics; m++)
        if (length >= magics[m].length && memcmp(bytes, magics[m].bytes, (size_t)magics[m].length) == 0)
            return &magics[m];
    return NULL;
}

static hr_status find_packing(hr_packed *packed, hr_error *err)
{
    hr_status status = HR_OK;
    unsigned char bytes[MAGIC_BYTES] = {0};
    ssize_t got = 0;
    HR_TRY(read_magic(packed, bytes, &got, err));
    const magic *found = find_magic(bytes, got);
    if (found && found->packing < 0)
        HR_TRY(hr_fail(err, HR_INPUT, "%s: is %s, expected text", packed->file, found->what));
    packed->packing = found ? (hr_packing)found->packing : HR_PLAIN;
done:
    return status;
}

hr_status hr_packed_check(const char *path, const char *bytes, int64_t length, hr_error *err)
{
    const magic *found = find_magic(bytes, length);
    if (!found)
        return HR_OK;
    if (found->packing < 0)
        return hr_fail(err, HR_INPUT, "%s: holds %s, expected text", path, found->what);
    return hr_fail(err, HR_INPUT, "%s: holds a %s file, which is packed twice; unpack it once", path,
                   hr_packing_name((hr_packing)found->packing));
}

static hr_status copy_text(char **copy, const char *text, size_t length, hr_error *err)
{
    *copy = strndup(text, length);
    return *copy ? HR_OK : hr_fail_memory(err, (int64_t)length, 1, "a path");
}

/* The member of a zip that is meant where none is named: the only one. */
static hr_status only_member(hr_packed *packed, hr_error *err)
{
    hr_status status = HR_OK;
    hr_strings members = {0};
    HR_TRY(hr_zip_members(packed->file, &members, err));
    if (members.count == 0)
        HR_TRY(hr_fail(err, HR_INPUT, "%s: an empty zip, expected a file in it", packed->file));
    if (members.count > 1)
        HR_TRY(hr_fail(err, HR_INPUT, "%s: holds %d files; name one, such as %s:%s", packed->file,
                       (int)members.count, packed->file, hr_strings_at(&members, 0)));
    HR_TRY(copy_text(&packed->member, hr_strings_at(&members, 0), SIZE_MAX / 2, err));
done:
    hr_strings_free(&members);
    return status;
}

hr_status hr_packed_find(hr_packed *packed, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    size_t length = strlen(path);
    *packed = (hr_packed){0};
    if (hr_zip_of_path(path, &length))
        HR_TRY(copy_text(&packed->member, path + length + 1, SIZE_MAX / 2, err));
    HR_TRY(copy_text(&packed->file, path, length, err));
    HR_TRY(find_packing(packed, err));
    if (packed->packing == HR_ZIP && !packed->member)
        HR_TRY(only_member(packed, err));
done:
    return status;
}

void hr_packed_free(hr_packed *packed)
{
    free(packed->file);
    free(packed->member);
    *packed = (hr_packed){0};
}
