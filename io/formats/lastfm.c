#include "io/formats/beside.h"
#include "io/formats/format.h"
#include "io/readers/rating_table.h"
#include "io/side/item_list.h"

/* Last.fm: 360k users with counts, 1k users with every play; Audioscrobbler. Artists without a MusicBrainz id are many:
 * their name is the id. */

static const hr_item_form artist_data = {.table = {.names = {"", ""},
                                                   .position = {1, 2},
                                                   .has_separator = true,
                                                   .separator = HR_SEPARATOR_TAB,
                                                   .no_header = true,
                                                   .no_quotes = true,
                                                   .fields = 2}};
static const hr_beside artist_files[] = {
    {.names = "artist_data.txt", .form = &artist_data, .items = hr_read_item_list}, {0}};

static hr_status add_lastfm(hr_source *source, const char *path, uint8_t split, hr_error *err)
{
    static const hr_table_wish counts = {
        .separator = "\t", .columns = "user=1,item=3,rating=4,time=", .no_header = true, .no_quotes = true};
    static const hr_table_wish plays = {.separator = "\t",
                                        .columns = "user=1,item=4,rating=,time=2",
                                        .no_header = true,
                                        .no_quotes = true,
                                        .implicit = true};
    static const hr_table_wish audioscrobbler = {
        .separator = "blanks", .columns = "user=1,item=2,rating=3,time=", .no_header = true};
    const char *file = hr_file_name(path);
    return hr_table_add(source, path, split,
                        hr_name_is_among(file, "userid-timestamp-*")     ? &plays
                        : hr_name_is_among(file, "user_artist_data.txt") ? &audioscrobbler
                                                                         : &counts,
                        err);
}

static hr_status beside_lastfm(hr_source *source, const hr_listing *listing, const char *file, hr_error *err)
{
    return hr_name_is_among(file, "user_artist_data.txt") ? hr_beside_add(source, listing, artist_files, err)
                                                          : HR_OK;
}

const hr_format hr_format_lastfm = {
    .name = "lastfm",
    .summary = "Last.fm 360k and 1k: users, names of artists, plays; Audioscrobbler's user_artist_data.txt",
    .ratings =
        "usersha1-artmbid-artname-plays.tsv userid-timestamp-artid-artname-traid-traname.tsv "
        "user_artist_data.txt",
    .add = add_lastfm,
    .beside = beside_lastfm,
};
