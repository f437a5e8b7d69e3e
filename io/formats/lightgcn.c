/* Lists of items, as LightGCN's data are published: a line is `user item item …`, separated by blanks. */
#include "io/formats/format.h"
#include "io/text/rows.h"
#include "io/text/times.h"

#include <ctype.h>
#include <string.h>

static const hr_dialect lines = {.separator = HR_SEPARATOR_NONE};

/* Cuts the next word off `*line`; without bytes at the end. */
static hr_text_piece next_word(hr_text_piece *line)
{
    int64_t begin = 0, end = 0;
    while (begin < line->length && isspace((unsigned char)line->at[begin]))
        begin++;
    for (end = begin; end < line->length && !isspace((unsigned char)line->at[end]);)
        end++;
    const hr_text_piece word = {line->at + begin, end - begin};
    line->at += end;
    line->length -= end;
    return word;
}

static bool is_number(hr_text_piece word)
{
    for (int64_t i = 0; i < word.length; i++)
        if (!isdigit((unsigned char)word.at[i]))
            return false;
    return true;
}

static hr_status take_line(void *context, const hr_row *row, hr_error *err)
{
    hr_row_sink *sink = context;
    hr_status status = HR_OK;
    hr_text_piece line = row->field[0];
    hr_rating_row rating = {
        .user = next_word(&line), .value = 1.0, .time = HR_NO_TIME, .offset = row->offset};
    if (rating.user.length == 0)
        return HR_OK;
    hr_text_piece wrong = is_number(rating.user) ? (hr_text_piece){NULL, 0} : rating.user;
    while (!wrong.at) {
        rating.item = next_word(&line);
        if (rating.item.length == 0)
            break;
        if (is_number(rating.item))
            HR_TRY(hr_row_sink_add(sink, &rating, err));
        else
            wrong = rating.item;
    }
    if (wrong.at)
        status = hr_row_sink_bad(sink, row->offset, err,
                                 "found \"%.*s\", expected a non-negative whole number", HR_PIECE(wrong));
done:
    return status;
}

static hr_status read_share(const void *how, const hr_text_file *text, int64_t begin, int64_t end,
                            hr_row_sink *sink, hr_error *err)
{
    (void)how;
    return hr_text_rows(text, &lines, begin, end, take_line, sink, err);
}

/* What the first lines have in common. */
typedef struct line_shape {
    int rows;
    int64_t least, most; /* words */
    bool are_numbers;    /* all words */
    bool users_repeat;   /* two lines next to each other begin with the same word */
} line_shape;

/* Adds one line that is not empty. */
static void add_line(line_shape *shape, hr_text_piece line, hr_text_piece *last)
{
    const hr_text_piece user = next_word(&line);
    int64_t words = 0;
    for (hr_text_piece word = user; word.length > 0; word = next_word(&line), words++)
        shape->are_numbers = shape->are_numbers && is_number(word);
    shape->users_repeat = shape->users_repeat || (last->length == user.length && shape->rows > 0 &&
                                                  memcmp(last->at, user.at, (size_t)user.length) == 0);
    shape->least = shape->rows == 0 || words < shape->least ? words : shape->least;
    shape->most = words > shape->most ? words : shape->most;
    shape->rows += words > 0;
    *last = user;
}

static line_shape shape_of(hr_text_piece sample)
{
    enum { ROWS = 200 };
    line_shape shape = {.are_numbers = true};
    hr_text_piece last = {NULL, 0};
    for (int64_t i = 0; i < sample.length && shape.rows < ROWS;) {
        const char *end = memchr(sample.at + i, '\n', (size_t)(sample.length - i));
        const int64_t length = end ? end - (sample.at + i) : sample.length - i;
        hr_text_piece line = hr_piece_trimmed((hr_text_piece){sample.at + i, length});
        if (line.length > 0 && *line.at != '\r')
            add_line(&shape, line, &last);
        i += length + 1;
    }
    return shape;
}

/* Lists, or a row a rating where users come several times and all rows have three or four numbers. */
static bool is_table(const line_shape *shape)
{
    return !shape->are_numbers ||
           (shape->users_repeat && shape->least == shape->most && (shape->most == 3 || shape->most == 4));
}

static bool is_like(const char *path, hr_text_piece sample)
{
    const line_shape shape = shape_of(sample);
    const bool named = hr_name_is_among(hr_file_name(path), "train.txt test.txt valid.txt val.txt");
    return shape.rows > 0 && !is_table(&shape) && (named || shape.least < shape.most);
}

static hr_status add(hr_source *source, const char *path, uint8_t split, hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_file *text = NULL;
    HR_TRY(hr_text_open(&text, path, err));
    HR_TRY(hr_source_say(source, err, "%s: a user a line, and behind it the items", path));
    source->facts.has_values = source->facts.has_times = false;
    status = hr_source_add_file(source, text, split, read_share, NULL, err);
    text = NULL;
done:
    hr_text_close(text);
    return status;
}

const hr_format hr_format_lightgcn = {
    .name = "lightgcn",
    .summary = "lists of items: train.txt, with test.txt and valid.txt where they are there",
    .ratings = "train.txt",
    .is_like = is_like,
    .add = add,
};
