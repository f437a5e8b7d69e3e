#include "io/side/title_lines.h"

#include "io/text/numbers.h"
#include "io/text/rows.h"

#include <string.h>

static const hr_dialect lines = {.separator = HR_SEPARATOR_NONE};

/* A list of titles being read. */
typedef struct titles {
    hr_side_file file;
    hr_take_item *take;
    void *context;
    hr_status taken; /* what `take` returned */
} titles;

/* "1,2003,Dinosaur Planet": the title is the rest of the line, commas and all. */
static hr_status take_title(void *context, const hr_row *row, hr_error *err)
{
    titles *t = context;
    hr_text_piece line = row->field[0];
    int64_t year = 0;
    hr_item_row item = {.id = hr_piece_trimmed(hr_piece_field(&line))};
    const hr_text_piece written = hr_piece_trimmed(hr_piece_field(&line));
    t->file.offset = row->offset;
    if (item.id.length == 0 || line.length == 0) {
        hr_side_bad(&t->file, "found \"%.*s\", expected MOVIE,YEAR,TITLE", HR_PIECE(row->field[0]));
        return HR_OK;
    }
    item.title = hr_piece_trimmed(line);
    if (hr_whole_parse(written, &year) && year > 0 && year < 10000)
        item.year = (int32_t)year;
    return t->taken = t->take(t->context, &item, err);
}

hr_status hr_title_lines_read(const char *path, hr_take_item *take, void *context, hr_side_report *report,
                              hr_error *err)
{
    titles t = {.file.report = report, .take = take, .context = context};
    hr_status status = hr_text_open(&t.file.text, path, err);
    if (status == HR_OK)
        status = hr_text_rows(t.file.text, &lines, 0, INT64_MAX, take_title, &t, err);
    return hr_side_finish(&t.file, status, t.taken, err);
}
