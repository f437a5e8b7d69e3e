#include "io/text/text_file.h"

#include "io/base/memory.h"
#include "io/base/utf8.h"
#include "io/text/text_reader.h"

#include <string.h>

enum { SAMPLE = 1 << 16, LOOKED_AT = 1 << 12, CONTROLS_OF_NO_TEXT = 16 /* one of so many bytes */ };

/* Reads up to SAMPLE bytes of text. */
static hr_status read_sample(hr_text_file *f, bool *whole, hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_stream stream = {0};
    char *bytes = NULL;
    HR_ALLOC(bytes, 2 * SAMPLE);
    HR_TRY(hr_text_stream_open(&stream, f, 0, err));
    f->sampled = 0;
    for (int64_t got = 1; got > 0 && f->sampled < SAMPLE;) {
        HR_TRY(hr_text_stream_read(&stream, bytes, 2 * SAMPLE, &got, err));
        *whole = got == 0;
        got = got < SAMPLE - f->sampled ? got : SAMPLE - f->sampled;
        memcpy(f->sample + f->sampled, bytes, (size_t)got);
        f->sampled += got;
    }
done:
    hr_text_stream_close(&stream);
    free(bytes);
    return status;
}

static hr_status find_encoding(hr_text_file *f, hr_error *err)
{
    hr_status status = HR_OK;
    char bytes[LOOKED_AT];
    int64_t length = 0, got = 1;
    hr_byte_stream *stream = NULL;
    HR_TRY(hr_byte_stream_open(&stream, &f->packed, 0, err));
    while (got > 0 && length < LOOKED_AT) {
        HR_TRY(hr_byte_stream_read(stream, bytes + length, LOOKED_AT - length, &got, err));
        length += got;
    }
    if (f->packed.packing != HR_PLAIN)
        HR_TRY(hr_packed_check(f->path, bytes, length, err));
    f->encoding = hr_encoding_guess(bytes, length, &f->mark);
done:
    hr_byte_stream_close(stream);
    return status;
}

/* Cuts the sample behind its last line, and finds how lines end. */
static void cut_sample(hr_text_file *f, bool whole)
{
    const char *end = memchr(f->sample, '\n', (size_t)f->sampled);
    f->only_cr = !end && memchr(f->sample, '\r', (size_t)f->sampled);
    for (int64_t i = 0; f->only_cr && i < f->sampled; i++)
        if (f->sample[i] == '\r')
            f->sample[i] = '\n';
    f->facts.line_end = f->only_cr ? "CR" : end && end > f->sample && end[-1] == '\r' ? "CRLF" : "LF";
    const char *last = memrchr(f->sample, '\n', (size_t)f->sampled);
    if (whole && f->sampled > 0 && f->sample[f->sampled - 1] != '\n')
        f->sample[f->sampled++] = '\n';
    else if (last)
        f->sampled = last + 1 - f->sample;
    if (f->mark == 3 && f->encoding == HR_UTF8 && f->sampled >= 3) {
        f->sampled -= 3;
        memmove(f->sample, f->sample + 3, (size_t)f->sampled);
    }
    memset(f->sample + f->sampled, 0, HR_TEXT_PADDING);
}

/* Fails where too much of the sample is control characters: a pickle, an image of a disk, … A NUL is found while the text
 * is read, with its line. */
static hr_status check_text(const hr_text_file *f, hr_error *err)
{
    int64_t controls = 0, last = 0;
    for (int64_t i = 0; i < f->sampled; i++) {
        const unsigned char byte = (unsigned char)f->sample[i];
        const bool is = byte > 0 && byte < ' ' && !strchr("\t\n\r\f\x1A", byte);
        controls += is;
        last = is ? byte : last;
    }
    if (CONTROLS_OF_NO_TEXT * controls <= f->sampled)
        return HR_OK;
    return hr_fail(err, HR_INPUT, "%s: found control characters, such as 0x%02X, expected text", f->path,
                   (unsigned)last);
}

static void note_facts(hr_text_file *f)
{
    if (f->encoding == HR_UTF8 && !hr_utf8_is_valid(f->sample, f->sampled))
        f->encoding = HR_LATIN1;
    f->facts.path = f->path;
    f->facts.packing = hr_packing_name(f->packed.packing);
    f->facts.encoding = hr_encoding_name(f->encoding);
    f->facts.size = f->packed.size;
    f->facts.can_be_cut =
        f->packed.packing == HR_PLAIN && (f->encoding == HR_UTF8 || f->encoding == HR_LATIN1);
}

hr_status hr_text_open(hr_text_file **file, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    bool whole = false;
    hr_text_file *f = NULL;
    HR_ALLOC(f, 1);
    HR_ALLOC(f->path, (int64_t)strlen(path) + 1);
    memcpy(f->path, path, strlen(path) + 1);
    HR_ALLOC(f->sample, SAMPLE + HR_TEXT_PADDING + 1);
    HR_TRY(hr_packed_find(&f->packed, path, err));
    HR_TRY(find_encoding(f, err));
    HR_TRY(read_sample(f, &whole, err));
    cut_sample(f, whole);
    HR_TRY(check_text(f, err));
    note_facts(f);
    *file = f;
    f = NULL;
done:
    hr_text_close(f);
    return status;
}

void hr_text_close(hr_text_file *f)
{
    if (!f)
        return;
    hr_packed_free(&f->packed);
    free(f->path);
    free(f->sample);
    free(f);
}

const hr_text_facts *hr_text_facts_of(const hr_text_file *f)
{
    return &f->facts;
}

hr_text_piece hr_text_sample(const hr_text_file *f)
{
    return (hr_text_piece){f->sample, f->sampled};
}
