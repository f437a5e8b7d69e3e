#include "io/formats/beside.h"
#include "io/formats/format.h"
#include "io/readers/rating_table.h"
#include "io/side/item_list.h"

#include <stdio.h>
#include <string.h>

static const hr_item_form items = {.table = {.names = HR_ITEM_NAMES("itemid"),
                                             .has_separator = true,
                                             .separator = HR_SEPARATOR_TAB,
                                             .no_quotes = true,
                                             .first_is_id = true},
                                   .genre_separator = ' '};

/* Writes the name of a list of items that belongs to a rating file: "ml-1m.item" for "ml-1m.inter" and
 * "ml-1m.train.inter". */
static void item_file(const char *file, char *name, size_t size)
{
    snprintf(name, size, "%.*s.item", (int)strcspn(file, "."), file);
}

static hr_status beside(hr_source *source, const hr_listing *listing, const char *file, hr_error *err)
{
    char stem[HR_PATH_LENGTH];
    item_file(file, stem, sizeof stem);
    const hr_beside list[] = {{.names = hr_listing_find(listing, stem) ? stem : "*.item",
                               .form = &items,
                               .items = hr_read_item_list},
                              {0}};
    return hr_beside_add(source, listing, list, err);
}

static hr_status add(hr_source *source, const char *path, uint8_t split, hr_error *err)
{
    return hr_table_add(source, path, split, &(hr_table_wish){.separator = "\t", .no_quotes = true}, err);
}

static bool is_like(const char *path, hr_text_piece sample)
{
    (void)path;
    const char *end = sample.length > 0 ? memchr(sample.at, '\n', (size_t)sample.length) : NULL;
    const size_t length = end ? (size_t)(end - sample.at) : (size_t)sample.length;
    return length > 0 && memmem(sample.at, length, ":token\t", 7);
}

const hr_format hr_format_recbole = {
    .name = "recbole",
    .summary = "RecBole's .inter, titles and genres of .item",
    .ratings = "*.inter",
    .is_like = is_like,
    .add = add,
    .beside = beside,
};
