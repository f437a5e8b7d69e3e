#include "io/side/side_table.h"

#include "io/text/numbers.h"

#include <ctype.h>
#include <string.h>

/* A table being read. */
typedef struct reading {
    hr_side_file file;
    const hr_side_form *form;
    hr_dialect dialect;
    int wanted;
    int position[HR_SIDE_COLUMNS]; /* of the wanted columns; -1 where there is none */
    int columns;                   /* 0 before the header */
    bool useless;                  /* the header lacks what is needed */
    hr_take_side *take;
    void *context;
    hr_status taken; /* what `take` returned */
} reading;

void hr_side_name(hr_text_piece column, char *name, int64_t size)
{
    int64_t length = 0;
    for (int64_t i = 0; i < column.length && column.at[i] != ':' && length < size - 1; i++)
        if (isalnum((unsigned char)column.at[i]))
            name[length++] = (char)tolower((unsigned char)column.at[i]);
    name[length] = '\0';
}

bool hr_side_number(hr_text_piece text, int64_t *number)
{
    *number = 0;
    if (text.length >= 2 && memcmp(text.at, "tt", 2) == 0)
        text = (hr_text_piece){text.at + 2, text.length - 2};
    text = hr_id_trimmed(text);
    if (text.length > 18)
        return false;
    for (int64_t i = 0; i < text.length; i++) {
        if (!isdigit((unsigned char)text.at[i]))
            return false;
        *number = 10 * *number + (text.at[i] - '0');
    }
    return true;
}

int32_t hr_side_year(hr_text_piece text)
{
    enum { FIRST = 1000, LAST = 2999 };
    for (int64_t i = 0; i < text.length;) {
        int64_t end = i;
        int32_t year = 0;
        for (; end < text.length && isdigit((unsigned char)text.at[end]); end++)
            year = end - i < 4 ? 10 * year + (text.at[end] - '0') : year;
        if (end - i == 4 && year >= FIRST && year <= LAST)
            return year;
        i = end + 1;
    }
    return 0;
}

/* The position of the column that has the first of `names`, a list separated by blanks, that any column has; -1. */
static int find_column(const hr_row *header, const char *names)
{
    for (const char *at = names; *at;) {
        const size_t length = strcspn(at, " ");
        for (int f = 0; f < header->fields && f < HR_ROW_FIELDS; f++) {
            char name[64];
            hr_side_name(header->field[f], name, sizeof name);
            if (strlen(name) == length && memcmp(name, at, length) == 0)
                return f;
        }
        at += length + strspn(at + length, " ");
    }
    return -1;
}

static void take_header(reading *r, const hr_row *row)
{
    int found = 0;
    for (int c = 0; c < r->wanted; c++) {
        r->position[c] = find_column(row, r->form->names[c]);
        if (c == 0 && r->form->first_is_id)
            r->position[c] = 0;
        else if (r->position[c] == r->position[0] && c > 0)
            r->position[c] = -1;
        found += r->position[c] >= 0;
    }
    r->columns = row->fields;
    r->useless = r->position[0] < 0 || found < 2;
    if (r->useless)
        hr_side_bad(&r->file, "not read: the header has no column %s: found \"%.*s\", …",
                    r->position[0] < 0 ? r->form->names[0] : r->form->names[1], HR_PIECE(row->field[0]));
}

static void take_positions(reading *r)
{
    for (int c = 0; c < r->wanted; c++)
        r->position[c] = r->form->position[c] - 1;
    r->columns = r->form->fields;
}

/* Whether a row has as many fields as it should. Tables of tabs often end a row early. */
static bool has_fields(const reading *r, const hr_row *row)
{
    if (row->fields == r->columns)
        return true;
    if (r->form->no_header || r->dialect.separator != HR_SEPARATOR_TAB || row->fields > r->columns)
        return false;
    return row->fields > r->position[0];
}

static hr_status take_row(void *context, const hr_row *row, hr_error *err)
{
    reading *r = context;
    hr_text_piece field[HR_SIDE_COLUMNS] = {{NULL, 0}};
    if (r->useless)
        return HR_OK;
    r->file.offset = row->offset;
    if (r->columns == 0 && !row->fault) {
        take_header(r, row);
        return HR_OK;
    }
    if (row->fault || !has_fields(r, row)) {
        if (row->fault)
            hr_side_bad(&r->file, "%s", row->fault);
        else
            hr_side_bad(&r->file, "found %d fields, expected %d%s", row->fields, r->columns,
                        r->form->no_header ? "" : " as in the header");
        return HR_OK;
    }
    for (int c = 0; c < r->wanted; c++)
        if (r->position[c] >= 0 && r->position[c] < row->fields)
            field[c] = hr_piece_trimmed(row->field[r->position[c]]);
    field[0] = hr_id_trimmed(field[0]);
    if (field[0].length == 0)
        hr_side_bad(&r->file, "the id is empty");
    else
        r->taken = r->take(r->context, &r->file, field, row, err);
    return r->taken;
}

static hr_status read_rows(reading *r, hr_error *err)
{
    const hr_side_form *form = r->form;
    const hr_text_piece sample = hr_text_sample(r->file.text);
    r->dialect = form->has_separator ? hr_dialect_with(form->separator, sample) : hr_dialect_guess(sample);
    r->dialect.quoted = r->dialect.quoted && !form->no_quotes;
    while (r->wanted < HR_SIDE_COLUMNS && form->names[r->wanted])
        r->wanted++;
    if (form->no_header)
        take_positions(r);
    return hr_text_rows(r->file.text, &r->dialect, 0, INT64_MAX, take_row, r, err);
}

hr_status hr_side_table_read(const char *path, const hr_side_form *form, hr_take_side *take, void *context,
                             hr_side_report *report, hr_error *err)
{
    reading r = {.file.report = report, .form = form, .take = take, .context = context};
    hr_status status = hr_text_open(&r.file.text, path, err);
    if (status == HR_OK)
        status = read_rows(&r, err);
    return hr_side_finish(&r.file, status, r.taken, err);
}
