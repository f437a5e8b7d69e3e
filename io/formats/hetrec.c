#include "io/formats/beside.h"
#include "io/formats/format.h"
#include "io/readers/rating_table.h"
#include "io/side/item_list.h"
#include "io/side/tag_list.h"

#define TABS .has_separator = true, .separator = HR_SEPARATOR_TAB, .no_quotes = true
static const hr_item_form hetrec_items = {.table = {.names = HR_ITEM_NAMES("id"), TABS}};
static const hr_side_form hetrec_tags = {.names = {"userid", "artistid movieid", "tagid", "timestamp"}, TABS};

static const hr_beside hetrec_artists[] = {
    {.names = "artists.dat", .form = &hetrec_items, .items = hr_read_item_list},
    {.names = "user_taggedartists-timestamps.dat user_taggedartists.dat",
     .needs = "tags.dat",
     .form = &hetrec_tags,
     .tags = hr_read_tag_list},
    {0}};
static const hr_beside hetrec_movies[] = {
    {.names = "movies.dat", .form = &hetrec_items, .items = hr_read_item_list},
    {.names = "movie_genres.dat", .items = hr_read_genre_rows},
    {.names = "user_taggedmovies-timestamps.dat user_taggedmovies.dat",
     .needs = "tags.dat",
     .form = &hetrec_tags,
     .tags = hr_read_tag_list},
    {0}};

static hr_status add_hetrec(hr_source *source, const char *path, uint8_t split, hr_error *err)
{
    return hr_table_add(source, path, split, &(hr_table_wish){.separator = "\t", .no_quotes = true}, err);
}

static hr_status beside_hetrec(hr_source *source, const hr_listing *listing, const char *file, hr_error *err)
{
    return hr_beside_add(source, listing,
                         hr_name_is_among(file, "user_artists.dat") ? hetrec_artists : hetrec_movies, err);
}

const hr_format hr_format_hetrec = {
    .name = "hetrec",
    .summary =
        "HetRec 2011: user_artists.dat of Last.fm, user_ratedmovies.dat of MovieLens; titles, genres, tags",
    .ratings = "user_artists.dat user_ratedmovies-timestamps.dat user_ratedmovies.dat",
    .add = add_hetrec,
    .beside = beside_hetrec,
};
