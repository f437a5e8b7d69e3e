#include "io/readers/table_reader.h"
#include "io/text/digits.h"
#include "io/text/numbers.h"
#include "io/text/times.h"

#include <math.h>
#include <stdio.h>

enum { MOST_BEFORE = 10, LEAST_OF_RATINGS = 3 };

/* Where the table begins: at the first row, or at a header that is one of the rows behind it. */
typedef struct beginning {
    int rows; /* that were looked at */
    int fields[MOST_BEFORE];
    int before;     /* rows before the header */
    int64_t offset; /* of the header; 0 where it is the first row or none */
} beginning;

/* The first rows. */
typedef struct first_rows {
    int64_t begin; /* offset of the first of them */
    int rows;
    bool named;                             /* the first row names a user and an item */
    bool numbers, other_numbers;            /* a field of the first, of the second row is a number */
    int fields;                             /* of the first row */
    int count[HR_ROW_FIELDS + 1];           /* of the others, with so many fields */
    int filled[HR_ROW_FIELDS];              /* of the others, where this field is not empty, */
    int number[HR_ROW_FIELDS];              /* where it is a number, */
    int time[HR_ROW_FIELDS];                /* where it is a date, YYYYMMDD too, or a number beyond 10^8 */
    int unit[HR_ROW_FIELDS][HR_TIME_UNITS]; /* where it is a number that would be a time of this unit */
    bool last_is_empty;                     /* the last field of every other row is empty */
    bool counts_lines; /* the first field of every other row is one more than that of the row before */
    uint64_t line;     /* the first field of the last row */
} first_rows;

static hr_text_piece field_of(const hr_row *row, int index)
{
    return hr_piece_trimmed(row->field[index]);
}

static int kept_fields(const hr_row *row)
{
    return row->fields < HR_ROW_FIELDS ? row->fields : HR_ROW_FIELDS;
}

static bool has_number(const hr_row *row)
{
    double ignored = 0;
    for (int f = 0; f < kept_fields(row); f++)
        if (hr_number_parse(field_of(row, f), false, &ignored))
            return true;
    return false;
}

static void take_fields(first_rows *r, const hr_row *row)
{
    uint64_t line = 0;
    r->count[kept_fields(row)]++;
    for (int f = 0; f < kept_fields(row); f++) {
        const hr_text_piece text = field_of(row, f);
        double number = 0;
        int64_t time = 0;
        const bool is_number = hr_number_parse(text, true, &number);
        r->filled[f] += text.length > 0;
        r->number[f] += is_number;
        const bool is_date = is_number && hr_time_is_date(number);
        r->unit[f][is_date ? HR_TIME_DATES : hr_time_unit_of(number)] += is_number;
        r->time[f] +=
            text.length > 0 && (is_number ? is_date || fabs(number) > 1e8 : hr_time_parse(text, &time));
    }
    if (row->fields > HR_ROW_FIELDS || row->fields == 0 || field_of(row, row->fields - 1).length > 0)
        r->last_is_empty = false;
    if (row->fields == 0 || !hr_digits_parse(field_of(row, 0), &line) || (r->rows > 1 && line != r->line + 1))
        r->counts_lines = false;
    r->line = line;
}

static hr_status take_row(void *context, const hr_row *row, hr_error *err)
{
    first_rows *r = context;
    (void)err;
    if (row->fault || row->offset < r->begin)
        return HR_OK;
    if (r->rows == 0) {
        r->named = hr_columns_are_named(row);
        r->numbers = has_number(row);
        r->fields = kept_fields(row);
        r->last_is_empty = r->counts_lines = true;
    } else {
        r->other_numbers = r->other_numbers || (r->rows == 1 && has_number(row));
        take_fields(r, row);
    }
    r->rows++;
    return HR_OK;
}

/* Fields up to the last that is not empty: a spreadsheet pads titles with empty ones. 0 for a comment. */
static int fields_of_title(const hr_row *row)
{
    int fields = row->fields;
    if (row->fault || fields == 0 || *row->field[0].at == '#')
        return 0;
    while (fields > 0 && fields <= HR_ROW_FIELDS && field_of(row, fields - 1).length == 0)
        fields--;
    return fields;
}

/* Finds the header: a row that names a user and an item, before which no row has as many fields, and none is a
 * rating: LEAST_OF_RATINGS fields or more, one of them a number. */
static hr_status take_beginning(void *context, const hr_row *row, hr_error *err)
{
    beginning *b = context;
    const int fields = fields_of_title(row);
    (void)err;
    if (b->rows >= MOST_BEFORE)
        return HR_OK;
    bool is = !row->fault && hr_columns_are_named(row);
    for (int i = 0; i < b->rows && is; i++)
        is = b->fields[i] != fields;
    if (is) {
        b->offset = b->rows > 0 ? row->offset : 0;
        b->before = b->rows;
    } else {
        b->fields[b->rows++] = fields;
    }
    if (is || (fields >= LEAST_OF_RATINGS && has_number(row)))
        b->rows = MOST_BEFORE;
    return HR_OK;
}

static int most_common_fields(const first_rows *r)
{
    int best = r->fields;
    for (int f = 1; f <= HR_ROW_FIELDS; f++)
        if (r->count[f] > r->count[best])
            best = f;
    return best;
}

/* Finds roles in the first row. */
typedef struct column_finder {
    hr_table *t;
    const first_rows *rows;
    const hr_table_said *said;
    const char *path;
    bool done;
} column_finder;

static bool mostly(int count, int of)
{
    return 2 * count > of;
}

static bool is_time(const first_rows *r, int column)
{
    return mostly(r->time[column], r->filled[column]);
}

static bool is_number(const first_rows *r, int column)
{
    return mostly(r->number[column], r->filled[column]);
}

/* Roles by position. */
static void columns_by_position(const first_rows *r, hr_rating_columns *columns)
{
    const int fields = columns->fields;
    int *index = columns->index;
    index[HR_ROLE_USER] = 0;
    index[HR_ROLE_ITEM] = fields > 1 ? 1 : -1;
    index[HR_ROLE_RATING] = fields > 2 ? 2 : -1;
    index[HR_ROLE_TIME] = fields > 3 ? 3 : -1;
    if (fields == 3 && is_time(r, 2)) {
        index[HR_ROLE_RATING] = -1;
        index[HR_ROLE_TIME] = 2;
    } else if (fields > 3 && is_time(r, 2) && is_number(r, 3) && !is_time(r, 3)) {
        index[HR_ROLE_RATING] = 3;
        index[HR_ROLE_TIME] = 2;
    }
}

/* Of a header that does not name the first column the names are those of the columns behind it. */
static void skip_first(hr_rating_columns *columns)
{
    for (int role = 0; role < HR_ROLES; role++)
        columns->index[role] += columns->index[role] >= 0;
}

static bool is_nameless(const hr_row *header)
{
    return header->fields == 0 || field_of(header, 0).length == 0 ||
           hr_piece_is(field_of(header, 0), "Unnamed: 0");
}

/* Fields of a row where there is a header. */
static int fields_with_header(const first_rows *r, bool *unnamed)
{
    const int most = most_common_fields(r);
    const bool one_more = r->rows > 2 && most == r->fields + 1;
    *unnamed = one_more && r->counts_lines && !r->last_is_empty;
    return one_more && (r->counts_lines || r->last_is_empty) ? most : r->fields;
}

static hr_status no_role(const column_finder *f, hr_role role, const hr_row *row, const hr_row *header,
                         hr_error *err)
{
    char names[512] = "";
    if (f->t->columns.fields == 1)
        return hr_fail(
            err, HR_INPUT,
            "%s: found one field a row, \"%.*s\", expected rows of a user, an item, a rating and a "
            "time, separated by comma, semicolon, tab, ::, | or blanks",
            f->path, HR_PIECE(row->field[0]));
    hr_columns_list(header, names, sizeof names);
    return hr_fail(err, HR_INPUT,
                   "%s: no column is known to be the %s; found %d columns%s%s; name it by --columns "
                   "user=…,item=…,rating=…,time=…, each by name or number",
                   f->path, hr_role_name(role), f->t->columns.fields, *names ? ": " : "", names);
}

/* What numbers of the column of times are: as the user says, else as most of the first ones are. */
static void find_unit(const first_rows *r, hr_time_unit said, hr_table *t)
{
    const int column = t->columns.index[HR_ROLE_TIME];
    t->time_unit = said;
    if (column < 0)
        return;
    t->has_number_times = is_number(r, column);
    for (int u = HR_TIME_MILLISECONDS; u < HR_TIME_UNITS && said == HR_TIME_BY_RANGE; u++)
        if (mostly(r->unit[column][u], r->filled[column]))
            t->time_unit = (hr_time_unit)u;
}

static hr_status find_columns(void *context, const hr_row *row, hr_error *err)
{
    column_finder *f = context;
    hr_status status = HR_OK;
    hr_rating_columns *columns = &f->t->columns;
    const hr_row *header = f->t->dialect.header ? row : NULL;
    bool unnamed = false;
    if (f->done || row->fault || row->offset < f->rows->begin)
        return HR_OK;
    f->done = true;
    f->t->header = header ? row->offset : -1;
    columns->fields = header ? fields_with_header(f->rows, &unnamed) : most_common_fields(f->rows);
    if (header)
        hr_columns_by_name(header, columns);
    else
        columns_by_position(f->rows, columns);
    if (unnamed)
        skip_first(columns);
    columns->skips_first = unnamed || (header && is_nameless(header));
    for (int i = 0; i < 2; i++)
        if (f->said->columns[i])
            HR_TRY(hr_columns_by_option(f->said->columns[i], header, f->path, columns, err));
    for (int role = HR_ROLE_USER; role <= HR_ROLE_ITEM; role++)
        if (columns->index[role] < 0)
            HR_TRY(no_role(f, (hr_role)role, row, header, err));
    find_unit(f->rows, f->said->time_unit, f->t);
done:
    return status;
}

hr_status hr_table_guess(hr_table *table, const hr_text_file *text, const hr_table_said *said, hr_error *err)
{
    hr_status status = HR_OK;
    first_rows rows = {0};
    beginning begin = {0};
    column_finder finder = {table, &rows, said, hr_text_facts_of(text)->path, false};
    if (!said->no_header)
        HR_TRY(hr_text_sample_rows(text, &table->dialect, take_beginning, &begin, err));
    rows.begin = begin.offset;
    table->lines_before = begin.before;
    HR_TRY(hr_text_sample_rows(text, &table->dialect, take_row, &rows, err));
    if (rows.rows == 0)
        HR_TRY(hr_fail(err, HR_INPUT, "%s: empty, expected a table of ratings", finder.path));
    table->dialect.header =
        !said->no_header && (rows.named || (rows.rows > 1 && !rows.numbers && rows.other_numbers));
    HR_TRY(hr_text_sample_rows(text, &table->dialect, find_columns, &finder, err));
done:
    return status;
}
