/* libFuzzer: any bytes as a table of ratings. Whatever they are, reading them ends with ratings or with one message, and
 * the same ratings come of one share and of several where no line is bad. The first byte chooses options. */
#include "io/formats/open.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Ratings and what identifies them. */
typedef struct sum {
    int64_t rows, bytes;
    uint64_t hash;
} sum;

static void hash_bytes(sum *s, const void *bytes, int64_t length)
{
    const unsigned char *at = bytes;
    for (int64_t i = 0; i < length; i++)
        s->hash = (s->hash ^ at[i]) * UINT64_C(0x100000001B3);
    s->bytes += length;
}

static hr_status take(void *context, const hr_rating_rows *rows, hr_error *err)
{
    sum *s = context;
    (void)err;
    for (int64_t i = 0; i < rows->count; i++) {
        if (rows->user[i].length <= 0 || rows->item[i].length <= 0)
            abort();
        hash_bytes(s, rows->user[i].at, rows->user[i].length);
        hash_bytes(s, rows->item[i].at, rows->item[i].length);
        hash_bytes(s, &rows->value[i], sizeof rows->value[i]);
        hash_bytes(s, &rows->time[i], sizeof rows->time[i]);
        hash_bytes(s, &rows->offset[i], sizeof rows->offset[i]);
    }
    s->rows += rows->count;
    return HR_OK;
}

static hr_status read_shares(const hr_source *source, int64_t pieces, sum *s, hr_bad_lines *bad)
{
    hr_error err = {""};
    hr_status status = HR_OK;
    for (int64_t piece = 0; piece < pieces && status == HR_OK; piece++)
        status = hr_source_read(source, piece, pieces, take, s, bad, &err);
    if ((status == HR_OK) != (err.text[0] == '\0'))
        abort();
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int file = -1;
    static char path[64];
    hr_error err = {""};
    hr_source *source = NULL;
    if (file < 0) {
        file = memfd_create("table", 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    if (size == 0 || ftruncate(file, 0) != 0 || pwrite(file, data + 1, size - 1, 0) != (ssize_t)(size - 1))
        return 0;
    const hr_source_options options = {.format = "table",
                                       .max_bad = data[0] & 1 ? 1000000 : 0,
                                       .no_header = data[0] & 2,
                                       .implicit = data[0] & 4,
                                       .scale = data[0] & 8 ? "1:5" : NULL,
                                       .separator = data[0] & 16 ? "|" : NULL};
    if (hr_source_open(&source, path, &options, &err) != HR_OK) {
        if (err.text[0] == '\0')
            abort();
        return 0;
    }
    sum one = {0}, several = {0};
    hr_bad_lines bad = {0}, worse = {0};
    const hr_status whole = read_shares(source, 1, &one, &bad);
    const hr_status cut = read_shares(source, 2 + data[0] % 5, &several, &worse);
    if (whole == HR_OK && bad.count == 0 && (cut != HR_OK || memcmp(&one, &several, sizeof one) != 0))
        abort();
    hr_source_close(source);
    return 0;
}
