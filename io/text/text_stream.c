#include "io/base/memory.h"
#include "io/text/text_reader.h"

#include <string.h>

enum { RAW = 1 << 15 }; /* bytes of UTF-16 that are decoded at once */

static bool is_utf16(const hr_text_file *file)
{
    return file->encoding == HR_UTF16LE || file->encoding == HR_UTF16BE;
}

hr_status hr_text_stream_open(hr_text_stream *s, const hr_text_file *file, int64_t offset, hr_error *err)
{
    hr_status status = HR_OK;
    char mark[4];
    int64_t got = 0;
    s->file = file;
    HR_TRY(hr_byte_stream_open(&s->bytes, &file->packed, offset, err));
    if (is_utf16(file))
        HR_ALLOC(s->raw, RAW);
    if (is_utf16(file) && file->mark > 0) /* UTF-8's is kept: offsets are those of the file */
        HR_TRY(hr_byte_stream_read(s->bytes, mark, file->mark, &got, err));
done:
    return status;
}

void hr_text_stream_close(hr_text_stream *s)
{
    hr_byte_stream_close(s->bytes);
    free(s->raw);
    *s = (hr_text_stream){0};
}

static hr_status read_utf16(hr_text_stream *s, char *into, int64_t *got, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t bytes = 0, used = 0;
    for (*got = 0; *got == 0;) {
        HR_TRY(hr_byte_stream_read(s->bytes, (char *)s->raw + s->held, RAW - s->held, &bytes, err));
        if (bytes == 0 && s->held == 0)
            break;
        if (bytes == 0)
            HR_TRY(hr_fail(err, HR_INPUT, "%s: cut off: ends within a character of UTF-16", s->file->path));
        s->held += bytes;
        *got = hr_utf16_decode(s->raw, s->held, s->file->encoding == HR_UTF16BE, into, &used);
        memmove(s->raw, s->raw + used, (size_t)(s->held - used));
        s->held -= used;
    }
done:
    return status;
}

static void replace_returns(char *bytes, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        if (bytes[i] == '\r')
            bytes[i] = '\n';
}

hr_status hr_text_stream_read(hr_text_stream *s, char *into, int64_t room, int64_t *got, hr_error *err)
{
    const hr_status status = is_utf16(s->file) ? read_utf16(s, into, got, err)
                                               : hr_byte_stream_read(s->bytes, into, room, got, err);
    if (status == HR_OK && s->file->only_cr)
        replace_returns(into, *got);
    return status;
}
