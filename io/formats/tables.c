/* Formats whose ratings are a table with known columns, and any table. */
#include "io/formats/beside.h"
#include "io/formats/format.h"
#include "io/readers/rating_table.h"
#include "io/side/item_list.h"

#include <string.h>

/* Steam */

static bool is_steam(const char *path, hr_text_piece sample)
{
    const char *end = sample.length > 0 ? memchr(sample.at, '\n', (size_t)sample.length) : NULL;
    const size_t length = end ? (size_t)(end - sample.at) : 0;
    (void)path;
    return length > 0 &&
           (memmem(sample.at, length, ",purchase,", 10) || memmem(sample.at, length, ",play,", 6));
}

static hr_status add_steam(hr_source *source, const char *path, uint8_t split, hr_error *err)
{
    static const hr_table_wish wish = {
        .separator = ",", .columns = "user=1,item=2,rating=4,time=", .no_header = true};
    return hr_table_add(source, path, split, &wish, err);
}

const hr_format hr_format_steam = {
    .name = "steam",
    .summary = "steam-200k.csv: users, names of games, hours played, 1 for a purchase alone",
    .ratings = "steam-200k.csv",
    .is_like = is_steam,
    .add = add_steam,
};

/* Check-ins of Gowalla and Brightkite, as SNAP publishes them. */

static hr_status add_check_ins(hr_source *source, const char *path, uint8_t split, hr_error *err)
{
    static const hr_table_wish wish = {.separator = "\t",
                                       .columns = "user=1,item=5,rating=,time=2",
                                       .no_header = true,
                                       .no_quotes = true,
                                       .implicit = true};
    return hr_table_add(source, path, split, &wish, err);
}

const hr_format hr_format_check_ins = {
    .name = "check-ins",
    .summary = "Gowalla and Brightkite of SNAP: users, times, locations",
    .ratings =
        "loc-gowalla_totalCheckins.txt Gowalla_totalCheckins.txt loc-brightkite_totalCheckins.txt "
        "Brightkite_totalCheckins.txt",
    .add = add_check_ins,
};

/* Any table */

static hr_status add_any(hr_source *source, const char *path, uint8_t split, hr_error *err)
{
    return hr_table_add(source, path, split, &(hr_table_wish){0}, err);
}

static const hr_item_form any_items = {
    .table = {.names = HR_ITEM_NAMES("itemid movieid animeid appid productid id")}};
static const hr_beside any_files[] = {{.names = "items.csv anime.csv games.csv products.csv songs.csv",
                                       .form = &any_items,
                                       .items = hr_read_item_list},
                                      {0}};

static hr_status beside_any(hr_source *source, const hr_listing *listing, const char *file, hr_error *err)
{
    return hr_name_is_among(file, hr_format_table.ratings) ? hr_beside_add(source, listing, any_files, err)
                                                           : HR_OK;
}

const hr_format hr_format_table = {
    .name = "table",
    .summary = "any table of users, items, ratings and times",
    .ratings =
        "ratings.csv rating.csv ratings.tsv ratings.txt ratings_data.txt interactions.csv interactions.tsv",
    .add = add_any,
    .beside = beside_any,
};
