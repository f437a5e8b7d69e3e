#include "io/readers/table.h"

#include "io/base/memory.h"
#include "io/base/strings.h"

#include <csv.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* A CSV file being read. */
typedef struct reader {
    const char *path;
    int64_t line;               /* lines read */
    int64_t row_line;           /* the first line of the row being read: quoted text may span lines */
    bool in_row;                /* whether a row has begun and not ended */
    const char *const *columns; /* [wanted] */
    int wanted;
    int position[HR_TABLE_COLUMNS]; /* [wanted] which field of a row each wanted column is */
    int header_fields;              /* 0 until the header has been read */
    hr_strings fields;              /* of the row being read */
    hr_table_row_fn *row;
    void *context;
    hr_status status;
    hr_error *err;
} reader;

static hr_status open_text(const char *path, FILE **file, hr_error *err)
{
    *file = fopen(path, "r");
    return *file ? HR_OK : hr_fail(err, HR_IO, "%s: cannot be read: %s", path, strerror(errno));
}

/* A NUL would end a field early and hide what follows it. */
static hr_status check_line(const char *line, size_t length, const char *path, int64_t number, hr_error *err)
{
    if (!memchr(line, '\0', length))
        return HR_OK;
    return hr_fail(err, HR_INPUT, "%s:%" PRId64 ": found a NUL byte, expected text; the file is damaged",
                   path, number);
}

static bool is_blank(const char *line)
{
    return line[strspn(line, " \t\r\n")] == '\0';
}

static void take_field(void *text, size_t length, void *context)
{
    reader *r = context;
    if (r->status == HR_OK)
        r->status = hr_strings_append(&r->fields, text, (int64_t)length, r->err);
}

static hr_status lacks_column(reader *r, const char *column)
{
    char found[256] = "";
    size_t length = 0;
    for (int64_t f = 0; f < r->fields.count && length < sizeof found; f++)
        length += (size_t)snprintf(found + length, sizeof found - length, "%s%s", f ? "," : "",
                                   hr_strings_at(&r->fields, f));
    return hr_fail(r->err, HR_INPUT,
                   "%s:%" PRId64 ": the header has no column %s: found \"%s\"; expected a MovieLens file",
                   r->path, r->row_line, column, found);
}

static hr_status take_header(reader *r)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    for (int c = 0; c < r->wanted; c++) {
        r->position[c] = -1;
        for (int f = 0; f < r->fields.count; f++) {
            const char *name = hr_strings_at(&r->fields, f);
            if (f == 0 && strncmp(name, byte_order_mark, strlen(byte_order_mark)) == 0)
                name += strlen(byte_order_mark);
            if (strcmp(name, r->columns[c]) == 0)
                r->position[c] = f;
        }
        if (r->position[c] < 0)
            return lacks_column(r, r->columns[c]);
    }
    r->header_fields = (int)r->fields.count;
    return HR_OK;
}

static hr_status take_data(reader *r)
{
    const char *wanted[HR_TABLE_COLUMNS];
    if (r->fields.count != r->header_fields)
        return hr_fail(r->err, HR_INPUT,
                       "%s:%" PRId64 ": found %" PRId64 " fields, expected %d as in the header", r->path,
                       r->row_line, r->fields.count, r->header_fields);
    for (int c = 0; c < r->wanted; c++)
        wanted[c] = hr_strings_at(&r->fields, r->position[c]);
    return r->row(r->context, wanted, r->path, r->row_line, r->err);
}

static void take_row(int terminator, void *context)
{
    (void)terminator;
    reader *r = context;
    if (r->status == HR_OK)
        r->status = r->header_fields == 0 ? take_header(r) : take_data(r);
    r->fields.count = r->fields.used = 0;
    r->in_row = false;
}

static hr_status parse_failed(const reader *r, struct csv_parser *parser)
{
    if (csv_error(parser) != CSV_EPARSE)
        return hr_fail(r->err, HR_MEMORY, "%s:%" PRId64 ": no room for a row: %s", r->path, r->row_line,
                       csv_strerror(csv_error(parser)));
    return hr_fail(r->err, HR_INPUT,
                   "%s:%" PRId64 ": not CSV: the row that starts here has a stray quote or one never closed",
                   r->path, r->row_line);
}

hr_status hr_table_end(FILE *file, const char *path, hr_error *err)
{
    const int reason = errno;
    if (feof(file) && !ferror(file))
        return HR_OK;
    return hr_fail(err, reason == ENOMEM ? HR_MEMORY : HR_IO, "%s: cannot be read: %s", path,
                   strerror(reason));
}

/* Feeds the parser line by line, so that the line is known when a row is complete. */
static hr_status read_lines(reader *r, FILE *file, struct csv_parser *parser)
{
    char *line = NULL;
    size_t capacity = 0;
    for (ssize_t length; r->status == HR_OK && (length = getline(&line, &capacity, file)) >= 0;) {
        r->line++;
        r->status = check_line(line, (size_t)length, r->path, r->line, r->err);
        if (!r->in_row && !is_blank(line)) {
            r->in_row = true;
            r->row_line = r->line;
        }
        if (r->status == HR_OK &&
            csv_parse(parser, line, (size_t)length, take_field, take_row, r) != (size_t)length)
            r->status = parse_failed(r, parser);
    }
    if (r->status == HR_OK)
        r->status = hr_table_end(file, r->path, r->err);
    free(line);
    if (r->status == HR_OK && csv_fini(parser, take_field, take_row, r) != 0)
        r->status = parse_failed(r, parser);
    return r->status;
}

hr_status hr_table_read_csv(const char *path, const char *const *columns, int wanted, hr_table_row_fn *row,
                            void *context, hr_error *err)
{
    FILE *file = NULL;
    struct csv_parser parser;
    reader r = {
        .path = path, .columns = columns, .wanted = wanted, .row = row, .context = context, .err = err};
    hr_status status = open_text(path, &file, err);
    if (status != HR_OK)
        return status;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        fclose(file);
        return hr_fail_memory(err, 1, sizeof parser, "the CSV parser");
    }
    status = read_lines(&r, file, &parser);
    if (status == HR_OK && r.header_fields == 0)
        status = hr_fail(err, HR_INPUT, "%s: empty, expected a header line", path);
    hr_strings_free(&r.fields);
    csv_free(&parser);
    fclose(file);
    return status;
}

/* Cuts a line at each "::" into `wanted` fields; the number found. */
static int split_line(char *line, const char **field, int wanted)
{
    int found = 0;
    for (char *at = line; at;) {
        char *end = strstr(at, "::");
        if (found < wanted)
            field[found] = at;
        found++;
        if (end)
            *end = '\0';
        at = end ? end + 2 : NULL;
    }
    return found;
}

hr_status hr_table_read_dat(const char *path, int wanted, hr_table_row_fn *row, void *context, hr_error *err)
{
    FILE *file = NULL;
    char *line = NULL;
    const char *field[HR_TABLE_COLUMNS];
    size_t capacity = 0;
    int64_t number = 0;
    hr_status status = open_text(path, &file, err);
    for (ssize_t length; status == HR_OK && (length = getline(&line, &capacity, file)) >= 0;) {
        status = check_line(line, (size_t)length, path, ++number, err);
        if (status != HR_OK)
            break;
        line[strcspn(line, "\r\n")] = '\0';
        const int found = *line ? split_line(line, field, wanted) : 0;
        if (found != 0 && found != wanted)
            status =
                hr_fail(err, HR_INPUT, "%s:%" PRId64 ": found %d fields separated by \"::\", expected %d",
                        path, number, found, wanted);
        else if (found != 0)
            status = row(context, field, path, number, err);
    }
    if (status == HR_OK)
        status = hr_table_end(file, path, err);
    free(line);
    if (file)
        fclose(file);
    return status;
}

static bool parse(const char *field, int64_t *value)
{
    char *end = NULL;
    errno = 0;
    *value = strtoll(field, &end, 10);
    return end != field && *end == '\0' && errno == 0;
}

hr_status hr_table_id(const char *field, const char *what, const char *path, int64_t line, int64_t *value,
                      hr_error *err)
{
    if (parse(field, value) && *value > 0)
        return HR_OK;
    return hr_fail(err, HR_INPUT, "%s:%" PRId64 ": found %s \"%s\", expected a positive whole number", path,
                   line, what, field);
}

hr_status hr_table_integer(const char *field, const char *what, const char *path, int64_t line,
                           int64_t *value, hr_error *err)
{
    *value = 0;
    if (*field == '\0' || parse(field, value))
        return HR_OK;
    return hr_fail(err, HR_INPUT, "%s:%" PRId64 ": found %s \"%s\", expected a whole number", path, line,
                   what, field);
}
