/* Amazon's ratings without a header: 2014 has user, item, rating, time; 2018 has the item first. */
#include "io/formats/beside.h"
#include "io/formats/format.h"
#include "io/formats/json_lines.h"
#include "io/readers/rating_table.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { ITEM_LENGTH = 10, USER_LENGTH = 11 };

/* What the first lines have in their first two columns. */
typedef struct first_ids {
    int rows, users_first, items_first;
} first_ids;

/* A user's id: A and ten or more letters and digits. */
static bool is_user(hr_text_piece text)
{
    for (int64_t i = 0; i < text.length; i++)
        if (!isupper((unsigned char)text.at[i]) && !isdigit((unsigned char)text.at[i]))
            return false;
    return text.length >= USER_LENGTH && *text.at == 'A';
}

/* An item's id: ten letters and digits, a digit or B first. */
static bool is_item(hr_text_piece text)
{
    for (int64_t i = 0; i < text.length; i++)
        if (!isupper((unsigned char)text.at[i]) && !isdigit((unsigned char)text.at[i]))
            return false;
    return text.length == ITEM_LENGTH && (*text.at == 'B' || isdigit((unsigned char)*text.at));
}

static first_ids first_ids_of(hr_text_piece sample)
{
    enum { ROWS = 50 };
    first_ids l = {0};
    for (int64_t i = 0; i < sample.length && l.rows < ROWS; l.rows++) {
        const char *end = memchr(sample.at + i, '\n', (size_t)(sample.length - i));
        const int64_t length = end ? end - (sample.at + i) : sample.length - i;
        hr_text_piece line = {sample.at + i, length};
        const hr_text_piece first = hr_piece_field(&line), second = hr_piece_field(&line);
        l.users_first += is_user(first) && !is_user(second);
        l.items_first += is_item(first) && is_user(second);
        i += length + 1;
    }
    return l;
}

/* All of the first rows, headers none, have a user or an item first. */
static bool is_like(const char *path, hr_text_piece sample)
{
    const first_ids l = first_ids_of(sample);
    (void)path;
    return l.rows > 0 && (l.users_first == l.rows || l.items_first == l.rows);
}

static hr_status add(hr_source *source, const char *path, uint8_t split, hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_file *text = NULL;
    hr_table_wish wish = {.separator = ",", .columns = "user=1,item=2,rating=3,time=4", .no_header = true};
    HR_TRY(hr_text_open(&text, path, err));
    const first_ids l = first_ids_of(hr_text_sample(text));
    if (l.items_first > l.users_first)
        wish.columns = "user=2,item=1,rating=3,time=4";
    HR_TRY(hr_table_add(source, path, split, &wish, err));
done:
    hr_text_close(text);
    return status;
}

/* "meta_Beauty.json" for "ratings_Beauty.csv" and for "Beauty.csv". */
static hr_status beside(hr_source *source, const hr_listing *listing, const char *file, hr_error *err)
{
    hr_source_know_scale(source, 1, 5);
    const char *stem = strncmp(file, "ratings_", 8) == 0 ? file + 8 : file;
    return hr_json_meta_add(source, listing, stem, err);
}

const hr_format hr_format_amazon = {
    .name = "amazon",
    .summary = "ratings_NAME.csv of 2014 and NAME.csv of 2018, titles and categories of meta_NAME.json",
    .ratings = "ratings_*.csv",
    .is_like = is_like,
    .add = add,
    .beside = beside,
};
