/* Inside of text files and their readers. */
#ifndef HR_IO_TEXT_TEXT_READER_H
#define HR_IO_TEXT_TEXT_READER_H

#include "io/packed/packed.h"
#include "io/text/encoding.h"
#include "io/text/text_file.h"

struct hr_text_file {
    hr_text_facts facts;
    hr_packed packed;
    hr_encoding encoding;
    int mark;        /* bytes of the byte order mark */
    bool only_cr;    /* lines end in CR */
    char *path;      /* as it was given */
    char *sample;    /* with HR_TEXT_PADDING behind it */
    int64_t sampled; /* bytes of the sample */
};

/* Bytes of a byte order mark that offsets count: that of UTF-8, which is there before Latin-1 too. */
static inline int hr_text_counted_mark(const hr_text_file *file)
{
    return file->encoding == HR_UTF16LE || file->encoding == HR_UTF16BE ? 0 : file->mark;
}

/* Text as UTF-8 (Latin-1 is left as it is) with LF or CRLF at line ends, from an offset on. */
typedef struct hr_text_stream {
    const hr_text_file *file;
    hr_byte_stream *bytes;
    unsigned char *raw; /* of UTF-16: [RAW] bytes as read, `held` of them not yet decoded */
    int64_t held;
} hr_text_stream;

/* Opens the text from the byte `offset` on, which is 0 for what cannot be cut. Zero-initialised before; closed also after
 * a failure. */
hr_status hr_text_stream_open(hr_text_stream *stream, const hr_text_file *file, int64_t offset,
                              hr_error *err);
void hr_text_stream_close(hr_text_stream *stream);

/* Reads up to `room` bytes, room >= 65536; *got is 0 at the end only. */
hr_status hr_text_stream_read(hr_text_stream *stream, char *into, int64_t room, int64_t *got, hr_error *err);

/* Whether the byte at `*at` is inside a quoted field. *at is moved to the beginning of a run of quotes that it is in. */
hr_status hr_quote_state(const hr_text_file *file, const hr_dialect *dialect, int64_t *at, bool *inside,
                         hr_error *err);

#endif
