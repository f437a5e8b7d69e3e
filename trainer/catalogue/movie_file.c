#include "trainer/catalogue/movie_file.h"

#include "io/base/utf8.h"
#include "io/text/text_file.h"

#include <inttypes.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Appends the lines of whole rows. */
static hr_status append_lines(hr_strings *lines, const hr_text_block *block, hr_error *err)
{
    hr_status status = HR_OK;
    const char *at = block->at, *end = block->at + block->length;
    while (at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        const char *next = line_end ? line_end + 1 : end, *last = line_end ? line_end : end;
        while (last > at && is_blank(last[-1]))
            last--;
        while (at < last && is_blank(*at))
            at++;
        HR_TRY(hr_strings_append(lines, at, last - at, err));
        at = next;
    }
done:
    return status;
}

hr_status hr_lines_read(hr_strings *lines, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_file *file = NULL;
    hr_text_reader *reader = NULL;
    hr_text_block block;
    const hr_dialect whole_lines = {.separator = HR_SEPARATOR_NONE};
    HR_TRY(hr_text_open(&file, path, err));
    HR_TRY(hr_text_reader_open(&reader, file, &whole_lines, 0, INT64_MAX, err));
    do {
        HR_TRY(hr_text_next(reader, &block, err));
        HR_TRY(append_lines(lines, &block, err));
    } while (block.length > 0);
done:
    hr_text_reader_close(reader);
    hr_text_close(file);
    return status;
}

/* "FILE:7: " before what hr_find_movie says. */
static hr_status fail_at_line(hr_error *err, hr_status status, const char *path, int64_t line)
{
    char place[HR_ESCAPED_LENGTH + 32], name[HR_ESCAPED_LENGTH];
    snprintf(place, sizeof place, "%s:%" PRId64, hr_escape(name, sizeof name, path, (int64_t)strlen(path)),
             line);
    return hr_fail_in(err, status, place);
}

hr_status hr_movie_file_read(uint8_t *listed, const hr_catalogue *catalogue, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    hr_strings lines = {0};
    int64_t movie = 0, named = 0;
    HR_TRY(hr_lines_read(&lines, path, err));
    for (int64_t i = 0; i < lines.count; i++) {
        const char *line = hr_strings_at(&lines, i);
        if (!*line)
            continue;
        HR_TRY(fail_at_line(err, hr_find_movie(catalogue, line, &movie, err), path, i + 1));
        listed[movie] = 1;
        named++;
    }
    if (named == 0)
        status = hr_fail(err, HR_INPUT, "%s: names no movie; expected an id or a title a line", path);
done:
    hr_strings_free(&lines);
    return status;
}
