#include "io/text/row_parser.h"

#include "io/base/memory.h"
#include "io/base/utf8.h"
#include "io/text/encoding.h"

#include <string.h>

enum { DOS_END = 0x1A };

void hr_row_parser_free(hr_row_parser *p)
{
    free(p->decoded);
    *p = (hr_row_parser){0};
}

hr_status hr_row_parser_begin(hr_row_parser *p, const hr_dialect *dialect, const hr_text_block *block,
                              hr_error *err)
{
    hr_status status = HR_OK;
    p->dialect = *dialect;
    p->block = *block;
    p->at = block->at;
    p->used = HR_TEXT_PADDING;
    if (block->high)
        HR_GROW(p->decoded, p->capacity, HR_LATIN1_LONGEST * block->length + 2 * HR_TEXT_PADDING);
done:
    return status;
}

/* Doubled quotes become one, in place. */
static hr_text_piece without_doubled(hr_text_piece text)
{
    char *to = (char *)text.at;
    for (int64_t i = 0; i < text.length; i++) {
        *to++ = text.at[i];
        i += text.at[i] == '"';
    }
    return (hr_text_piece){text.at, to - text.at};
}

static hr_text_piece decoded(hr_row_parser *p, hr_text_piece text)
{
    if (!p->block.high || hr_utf8_is_valid(text.at, text.length))
        return text;
    char *at = p->decoded + p->used;
    const int64_t length = hr_latin1_decode(text.at, text.length, at);
    p->used += length;
    return (hr_text_piece){at, length};
}

static void add_field(hr_row_parser *p, const hr_field *field, hr_row *row)
{
    hr_text_piece text = {field->begin, field->end - field->begin};
    if (row->fields < HR_ROW_FIELDS) {
        if (field->quoted && memchr(text.at, '"', (size_t)text.length))
            text = without_doubled(text);
        row->field[row->fields] = decoded(p, text);
    }
    row->fields++;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* Fields between blanks; returns the LF. */
static const char *split_at_blanks(hr_row_parser *p, hr_row *row)
{
    const char *at = p->at;
    for (;;) {
        while (is_blank(*at))
            at++;
        if (*at == '\n')
            return at;
        hr_field field = {.begin = at};
        while (*at != '\n' && !is_blank(*at))
            at++;
        field.end = at;
        add_field(p, &field, row);
    }
}

/* Fields between separators; returns the LF. */
static const char *split_at_separators(hr_row_parser *p, hr_row *row)
{
    const char *end = p->block.at + p->block.length;
    const int width = hr_separator_width(p->dialect.separator);
    for (const char *at = p->at;;) {
        const hr_field field = hr_field_scan(&p->dialect, at, end, true);
        if (field.fault)
            row->fault = field.fault;
        else
            add_field(p, &field, row);
        if (*field.next == '\n')
            return field.next;
        at = field.next + width;
    }
}

/* Passes over lines that are empty or hold blanks, a page's end or the end of DOS alone; tabs too where they are
 * no separators of their own. */
static bool find_row(hr_row_parser *p)
{
    const char *end = p->block.at + p->block.length;
    const bool tabs = p->dialect.separator != HR_SEPARATOR_TAB;
    while (p->at < end) {
        const char *at = p->at;
        while (*at == ' ' || *at == '\r' || *at == '\f' || *at == DOS_END || (tabs && *at == '\t'))
            at++;
        if (*at != '\n')
            return true;
        p->at = at + 1;
    }
    return false;
}

bool hr_row_parser_next(hr_row_parser *p, hr_row *row)
{
    if (!find_row(p))
        return false;
    row->fields = 0;
    row->fault = NULL;
    row->offset = p->block.offset + (p->at - p->block.at);
    p->at = 1 + (p->dialect.separator == HR_SEPARATOR_BLANKS ? split_at_blanks(p, row)
                                                             : split_at_separators(p, row));
    return true;
}
