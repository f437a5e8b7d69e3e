#include "io/base/memory.h"
#include "io/text/text_reader.h"

enum { COUNTED = 1 << 17 }; /* bytes at once */

/* LFs in the first `length` bytes. */
static int64_t count_lines(const char *bytes, int64_t length)
{
    int64_t lines = 0;
    for (int64_t i = 0; i < length; i++)
        lines += bytes[i] == '\n';
    return lines;
}

int64_t hr_text_line(const hr_text_file *f, int64_t offset)
{
    hr_status status = HR_OK;
    hr_error ignored, *err = &ignored;
    hr_text_stream stream = {0};
    char *bytes = NULL;
    int64_t line = 1, at = 0;
    HR_ALLOC(bytes, COUNTED);
    HR_TRY(hr_text_stream_open(&stream, f, 0, err));
    for (int64_t got = 1; got > 0 && at < offset; at += got) {
        HR_TRY(hr_text_stream_read(&stream, bytes, COUNTED, &got, err));
        line += count_lines(bytes, got < offset - at ? got : offset - at);
    }
done:
    hr_text_stream_close(&stream);
    free(bytes);
    return status == HR_OK ? line : 0;
}
