#include "io/readers/source.h"

#include "io/base/memory.h"
#include "io/readers/source_parts.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* "LOW:HIGH". */
static hr_status read_scale(hr_source *source, hr_error *err)
{
    const char *text = source->options.scale;
    hr_source_facts *facts = &source->facts;
    char behind = '\0';
    if (!text)
        return HR_OK;
    if (sscanf(text, "%f:%f%c", &facts->low, &facts->high, &behind) != 2 || !(facts->low < facts->high))
        return hr_fail(err, HR_USAGE, "--scale: found \"%s\", expected LOW:HIGH, such as 1:10", text);
    facts->has_scale = true;
    return HR_OK;
}

static hr_status copy_path(const char *path, char **copy, hr_error *err)
{
    *copy = strdup(path);
    return *copy ? HR_OK : hr_fail_memory(err, (int64_t)strlen(path), 1, "a path");
}

hr_status hr_source_create(hr_source **source, const hr_source_options *options, hr_error *err)
{
    hr_status status = HR_OK;
    hr_source *s = NULL;
    HR_ALLOC(s, 1);
    s->options = *options;
    s->facts.has_values = s->facts.has_times = true;
    s->facts.expected = -1;
    HR_TRY(read_scale(s, err));
    *source = s;
    s = NULL;
done:
    hr_source_close(s);
    return status;
}

hr_status hr_source_add_file(hr_source *source, hr_text_file *text, uint8_t split, hr_read_ratings *read,
                             void *how, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t size = hr_text_facts_of(text)->size;
    HR_GROW(source->file, source->file_capacity, source->files + 1);
    source->file[source->files++] = (hr_rating_file){text, NULL, size, true, split, read, how};
    source->facts.files++;
    source->facts.bytes += size;
    text = NULL;
    how = NULL;
done:
    hr_text_close(text);
    free(how);
    return status;
}

hr_status hr_source_add_path(hr_source *source, const char *path, bool is_text, uint8_t split,
                             hr_read_ratings *read, void *how, hr_error *err)
{
    hr_status status = HR_OK;
    struct stat about;
    char *copy = NULL;
    if (stat(path, &about) != 0)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be read: %s", path, strerror(errno)));
    HR_TRY(copy_path(path, &copy, err));
    HR_GROW(source->file, source->file_capacity, source->files + 1);
    source->file[source->files++] = (hr_rating_file){NULL, copy, about.st_size, is_text, split, read, how};
    source->facts.files++;
    source->facts.bytes += about.st_size;
    copy = NULL;
    how = NULL;
done:
    free(copy);
    free(how);
    return status;
}

hr_status hr_source_add_side(hr_source *source, const hr_side *side, hr_error *err)
{
    hr_status status = HR_OK;
    hr_side copy = *side;
    copy.path = copy.beside = NULL;
    HR_TRY(copy_path(side->path, &copy.path, err));
    if (side->beside)
        HR_TRY(copy_path(side->beside, &copy.beside, err));
    HR_GROW(source->side, source->side_capacity, source->sides + 1);
    source->side[source->sides++] = copy;
    copy.path = copy.beside = NULL;
done:
    free(copy.path);
    free(copy.beside);
    return status;
}

void hr_source_expect(hr_source *source, int64_t ratings)
{
    int64_t *expected = &source->facts.expected;
    const bool all_say = ratings >= 0 && (source->files == 0 || *expected >= 0);
    if (!all_say || __builtin_add_overflow(source->files == 0 ? 0 : *expected, ratings, expected))
        *expected = all_say ? INT64_MAX : -1;
}

void hr_source_know_scale(hr_source *source, double low, double high)
{
    if (source->options.scale)
        return;
    source->facts.has_scale = true;
    source->facts.low = (float)low;
    source->facts.high = (float)high;
}

hr_status hr_source_say(hr_source *source, hr_error *err, const char *format, ...)
{
    hr_status status = HR_OK;
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    const int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        text = NULL;
        HR_TRY(hr_fail_memory(err, 1, 1, "a message"));
    }
    HR_TRY(hr_strings_append(&source->facts.said, text, length, err));
done:
    free(text);
    return status;
}

void hr_source_close(hr_source *s)
{
    if (!s)
        return;
    for (int64_t f = 0; f < s->files; f++) {
        hr_text_close(s->file[f].text);
        free(s->file[f].path);
        free(s->file[f].how);
    }
    for (int64_t i = 0; i < s->sides; i++) {
        free(s->side[i].path);
        free(s->side[i].beside);
    }
    hr_strings_free(&s->facts.said);
    free(s->file);
    free(s->side);
    free(s);
}

const hr_source_facts *hr_source_facts_of(const hr_source *source)
{
    return &source->facts;
}

/* First byte of share `piece` of all files put together. */
static int64_t share_begin(int64_t bytes, int64_t piece, int64_t pieces)
{
    return bytes / pieces * piece + bytes % pieces * piece / pieces;
}

static hr_status read_file(const hr_rating_file *file, int64_t begin, int64_t end, hr_row_sink *sink,
                           hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_file *opened = NULL;
    if (!file->text && file->is_text)
        HR_TRY(hr_text_open(&opened, file->path, err));
    if (file->is_text || begin == 0)
        HR_TRY(file->read(file->how, file->text ? file->text : opened, begin, end, sink, err));
    HR_TRY(hr_row_sink_flush(sink, err));
done:
    hr_text_close(opened);
    return status;
}

hr_status hr_source_read(const hr_source *source, int64_t piece, int64_t pieces, hr_take_rows *take,
                         void *context, hr_bad_lines *bad, hr_error *err)
{
    hr_status status = HR_OK;
    hr_row_sink sink = {0};
    const int64_t first = share_begin(source->facts.bytes, piece, pieces);
    const int64_t last = share_begin(source->facts.bytes, piece + 1, pieces);
    int64_t file_begin = 0;
    HR_TRY(hr_row_sink_open(&sink, source, take, context, bad, err));
    for (int64_t f = 0; f < source->files; f++) {
        const hr_rating_file *file = &source->file[f];
        const int64_t size = file->size;
        const int64_t begin = first > file_begin ? first - file_begin : 0;
        const int64_t end = last - file_begin < size ? last - file_begin : INT64_MAX;
        if (begin < size && end > 0) {
            sink.rows->file = (int32_t)f;
            sink.rows->split = file->split;
            HR_TRY(read_file(file, begin, end, &sink, err));
        }
        file_begin += size;
    }
done:
    hr_row_sink_close(&sink);
    return status;
}

const char *hr_source_path(const hr_source *source, int32_t file)
{
    const hr_rating_file *f = &source->file[file];
    return f->text ? hr_text_facts_of(f->text)->path : f->path;
}

int64_t hr_source_line(const hr_source *source, int32_t file, int64_t offset)
{
    hr_error ignored;
    hr_text_file *opened = NULL;
    const hr_rating_file *f = &source->file[file];
    if (f->text)
        return hr_text_line(f->text, offset);
    if (!f->is_text || hr_text_open(&opened, f->path, &ignored) != HR_OK)
        return 0;
    const int64_t line = hr_text_line(opened, offset);
    hr_text_close(opened);
    return line;
}

void hr_source_say_bad(const hr_source *source, const hr_bad_lines *bad, int index, char *text, size_t size)
{
    const hr_bad_line *line = &bad->line[index];
    snprintf(text, size, "%s:%" PRId64 ": %s", hr_source_path(source, line->file),
             hr_source_line(source, line->file, line->offset), line->what);
}

hr_status hr_source_check_bad(const hr_source *source, const hr_bad_lines *bad, hr_error *err)
{
    char first[HR_ERROR_LENGTH];
    if (bad->count <= source->options.max_bad)
        return HR_OK;
    hr_source_say_bad(source, bad, 0, first, sizeof first);
    if (source->options.max_bad == 0)
        return hr_fail(err, HR_INPUT, "%.800s; --max-bad N skips up to N such lines", first);
    return hr_fail(err, HR_INPUT, "more than --max-bad %" PRId64 " lines are bad; the first: %.800s",
                   source->options.max_bad, first);
}

hr_status hr_source_items(const hr_source *source, hr_take_item *take, void *context, hr_side_report *report,
                          hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t i = 0; status == HR_OK && i < source->sides; i++) {
        const hr_side *s = &source->side[i];
        if (s->items)
            status = s->items(s->path, s->beside, s->form, take, context, report, err);
    }
    return status;
}

hr_status hr_source_tags(const hr_source *source, hr_take_tag *take, void *context, hr_side_report *report,
                         hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t i = 0; status == HR_OK && i < source->sides; i++) {
        const hr_side *s = &source->side[i];
        if (s->tags)
            status = s->tags(s->path, s->beside, s->form, take, context, report, err);
    }
    return status;
}

hr_status hr_source_features(const hr_source *source, const hr_ids *item_id, hr_h5 *file,
                             hr_side_report *report, hr_error *err)
{
    for (int64_t i = 0; i < source->sides; i++)
        if (source->side[i].features)
            return source->side[i].features(source->side[i].path, item_id, file, report, err);
    return HR_OK;
}
