#include "io/base/memory.h"
#include "io/packed/packed.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>
#include <zlib.h>
#include <zstd.h>

enum { PACKED_BYTES = 1 << 16 };

struct hr_byte_stream {
    const hr_packed *packed;
    int file; /* of what is plain or zstd; -1 otherwise */
    int64_t offset;
    gzFile gzip;
    zip_t *zip;
    zip_file_t *member;
    ZSTD_DStream *zstd;
    ZSTD_inBuffer from; /* [PACKED_BYTES] of zstd */
    char *from_bytes;
    size_t zstd_wants; /* 0 where a frame is complete */
};

static hr_status damaged(const hr_byte_stream *s, const char *reason, hr_error *err)
{
    return hr_fail(err, HR_INPUT, "%s: damaged or cut off: %s", s->packed->file, reason);
}

static hr_status open_zip(hr_byte_stream *s, hr_error *err)
{
    hr_status status = HR_OK;
    int code = 0;
    zip_error_t reason;
    s->zip = zip_open(s->packed->file, ZIP_RDONLY, &code);
    zip_error_init_with_code(&reason, code);
    if (!s->zip)
        HR_TRY(damaged(s, zip_error_strerror(&reason), err));
    s->member = zip_fopen(s->zip, s->packed->member, 0);
    if (!s->member)
        HR_TRY(hr_fail(err, HR_INPUT, "%s: its file %s cannot be read: %s", s->packed->file,
                       s->packed->member, zip_strerror(s->zip)));
done:
    zip_error_fini(&reason);
    return status;
}

static hr_status open_zstd(hr_byte_stream *s, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(s->from_bytes, PACKED_BYTES);
    s->from.src = s->from_bytes;
    s->zstd = ZSTD_createDStream();
    if (!s->zstd)
        HR_TRY(hr_fail_memory(err, 1, PACKED_BYTES, "zstd"));
done:
    return status;
}

hr_status hr_byte_stream_open(hr_byte_stream **stream, const hr_packed *packed, int64_t offset, hr_error *err)
{
    hr_status status = HR_OK;
    hr_byte_stream *s = NULL;
    HR_ALLOC(s, 1);
    *s = (hr_byte_stream){.packed = packed, .file = -1};
    if (packed->packing == HR_PLAIN || packed->packing == HR_ZSTD) {
        s->file = open(packed->file, O_RDONLY | O_CLOEXEC);
        s->offset = packed->packing == HR_PLAIN ? offset : 0;
    } else if (packed->packing == HR_GZIP) {
        s->gzip = gzopen(packed->file, "rbe");
    }
    if (packed->packing == HR_ZIP)
        HR_TRY(open_zip(s, err));
    else if (s->file < 0 && !s->gzip)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be read: %s", packed->file, strerror(errno)));
    if (packed->packing == HR_ZSTD)
        HR_TRY(open_zstd(s, err));
    *stream = s;
    s = NULL;
done:
    hr_byte_stream_close(s);
    return status;
}

void hr_byte_stream_close(hr_byte_stream *s)
{
    if (!s)
        return;
    if (s->file >= 0)
        close(s->file);
    if (s->gzip)
        gzclose(s->gzip);
    if (s->member)
        zip_fclose(s->member);
    if (s->zip)
        zip_discard(s->zip);
    ZSTD_freeDStream(s->zstd);
    free(s->from_bytes);
    free(s);
}

static hr_status read_plain(hr_byte_stream *s, char *into, int64_t room, int64_t *got, hr_error *err)
{
    ssize_t bytes = 0;
    do
        bytes = pread(s->file, into, (size_t)room, s->offset);
    while (bytes < 0 && errno == EINTR);
    if (bytes < 0)
        return hr_fail(err, HR_IO, "%s: cannot be read: %s", s->packed->file, strerror(errno));
    s->offset += bytes;
    *got = bytes;
    return HR_OK;
}

static hr_status read_gzip(hr_byte_stream *s, char *into, int64_t room, int64_t *got, hr_error *err)
{
    int code = Z_OK;
    *got = gzread(s->gzip, into, (unsigned)(room < INT_MAX ? room : INT_MAX));
    const char *reason = gzerror(s->gzip, &code);
    if (*got > 0 || (*got == 0 && code == Z_OK))
        return HR_OK;
    return code == Z_ERRNO ? hr_fail(err, HR_IO, "%s: cannot be read: %s", s->packed->file, strerror(errno))
                           : damaged(s, reason, err);
}

static hr_status read_zip(hr_byte_stream *s, char *into, int64_t room, int64_t *got, hr_error *err)
{
    *got = zip_fread(s->member, into, (zip_uint64_t)room);
    return *got >= 0 ? HR_OK : damaged(s, zip_file_strerror(s->member), err);
}

static hr_status refill_zstd(hr_byte_stream *s, bool *ended, hr_error *err)
{
    int64_t got = 0;
    const hr_status status = read_plain(s, s->from_bytes, PACKED_BYTES, &got, err);
    s->from.size = (size_t)got;
    s->from.pos = 0;
    *ended = got == 0;
    if (status == HR_OK && *ended && s->zstd_wants != 0)
        return damaged(s, "the last frame is not complete", err);
    return status;
}

static hr_status read_zstd(hr_byte_stream *s, char *into, int64_t room, int64_t *got, hr_error *err)
{
    hr_status status = HR_OK;
    ZSTD_outBuffer to = {into, (size_t)room, 0};
    bool ended = false;
    while (to.pos == 0) {
        if (s->from.pos == s->from.size)
            HR_TRY(refill_zstd(s, &ended, err));
        if (ended)
            break;
        s->zstd_wants = ZSTD_decompressStream(s->zstd, &to, &s->from);
        if (ZSTD_isError(s->zstd_wants))
            HR_TRY(damaged(s, ZSTD_getErrorName(s->zstd_wants), err));
    }
    *got = (int64_t)to.pos;
done:
    return status;
}

hr_status hr_byte_stream_read(hr_byte_stream *s, char *into, int64_t room, int64_t *got, hr_error *err)
{
    *got = 0;
    switch (s->packed->packing) {
    case HR_GZIP:
        return read_gzip(s, into, room, got, err);
    case HR_ZIP:
        return read_zip(s, into, room, got, err);
    case HR_ZSTD:
        return read_zstd(s, into, room, got, err);
    default:
        return read_plain(s, into, room, got, err);
    }
}
