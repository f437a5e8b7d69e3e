#include "io/base/utf8.h"
#include "trainer/many_models/side_cells.h"
#include "trainer/many_models/side_reports.h"

#include <string.h>

/* How tables and paragraphs are written. */
typedef struct style {
    void (*row)(FILE *out, const hr_side_cells *cells, const hr_side_row *row);
    void (*head_end)(FILE *out, const hr_side_cells *cells); /* NULL: nothing */
    void (*text)(FILE *out, const char *text);
    const char *reason; /* the name of a model, and why it is not there */
} style;

static int widest(const hr_side_cells *cells, int column)
{
    int width = (int)strlen(cells->title.cell[column]);
    for (int r = 0; r < cells->rows; r++) {
        const int length = (int)strlen(cells->row[r].cell[column]);
        width = length > width ? length : width;
    }
    return width;
}

/* Names to the left; figures, whose intervals follow them, in columns of their own. */
static void terminal_row(FILE *out, const hr_side_cells *cells, const hr_side_row *row)
{
    for (int c = 0; c < cells->columns; c++) {
        const int width = widest(cells, c);
        const bool is_left = c == 0 || strchr(cells->title.cell[c], '@') || cells->title.cell[c][0] == 'r';
        fprintf(out, is_left ? "%s%-*s" : "%s%*s", c ? "  " : "", width, row->cell[c]);
    }
    fputc('\n', out);
}

static void markdown_row(FILE *out, const hr_side_cells *cells, const hr_side_row *row)
{
    for (int c = 0; c < cells->columns; c++)
        fprintf(out, c ? " %s |" : "| `%s` |", row->cell[c]);
    fputc('\n', out);
}

static void markdown_head_end(FILE *out, const hr_side_cells *cells)
{
    for (int c = 0; c < cells->columns; c++)
        fputs(c ? "---|" : "|---|", out);
    fputc('\n', out);
}

/* Lines of words, of up to 100 bytes. */
static void wrap(FILE *out, const char *text)
{
    enum { WIDTH = 100 };
    while (strlen(text) > WIDTH) {
        int end = WIDTH;
        while (end > 0 && text[end] != ' ')
            end--;
        end = end > 0 ? end : WIDTH;
        fprintf(out, "%.*s\n", end, text);
        text += end + (text[end] == ' ');
    }
    fprintf(out, "%s\n", text);
}

static void paragraph(FILE *out, const char *text)
{
    fprintf(out, "%s\n\n", text);
}

static void write_table(FILE *out, const hr_side_cells *cells, const style *in)
{
    if (cells->rows == 0)
        return;
    in->row(out, cells, &cells->title);
    if (in->head_end)
        in->head_end(out, cells);
    for (int r = 0; r < cells->rows; r++)
        in->row(out, cells, &cells->row[r]);
}

static void write_reasons(FILE *out, const hr_entries *entries, const style *in)
{
    char shown[HR_ERROR_LENGTH];
    bool is_first = true;
    for (int i = 0; i < entries->count; i++) {
        const hr_entry *e = &entries->entry[i];
        if (!*e->reason)
            continue;
        if (is_first)
            in->text(out, "Not compared:");
        fprintf(out, in->reason, e->name,
                hr_escape(shown, sizeof shown, e->reason, (int64_t)strlen(e->reason)));
        is_first = false;
    }
}

static hr_status write_all(const hr_side_by_side *s, FILE *out, const style *in, hr_error *err)
{
    hr_status status = HR_OK;
    hr_side_cells rankings = {0}, errors = {0};
    char text[HR_SIDE_SENTENCE];
    HR_TRY(hr_side_rankings(&rankings, s, err));
    HR_TRY(hr_side_errors(&errors, s, err));
    hr_side_subject(s, text);
    in->text(out, text);
    write_table(out, &rankings, in);
    if (errors.rows > 0) {
        fputc('\n', out);
        in->text(out, "Errors of predicted ratings, the least rmse first:");
        write_table(out, &errors, in);
    }
    fputc('\n', out);
    hr_side_legend(s, text);
    in->text(out, text);
    write_reasons(out, s->entries, in);
done:
    hr_side_cells_free(&rankings);
    hr_side_cells_free(&errors);
    return status;
}

hr_status hr_side_text(const hr_side_by_side *s, FILE *out, hr_error *err)
{
    static const style terminal = {terminal_row, NULL, wrap, "  %s: %s\n"};
    return write_all(s, out, &terminal, err);
}

hr_status hr_side_markdown(const hr_side_by_side *s, FILE *out, hr_error *err)
{
    static const style markdown = {markdown_row, markdown_head_end, paragraph, "- `%s`: %s\n"};
    return write_all(s, out, &markdown, err);
}
