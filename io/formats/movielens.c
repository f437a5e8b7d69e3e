#include "io/formats/beside.h"
#include "io/formats/format.h"
#include "io/readers/rating_table.h"
#include "io/side/genome.h"
#include "io/side/item_list.h"
#include "io/side/tag_list.h"

#include <ctype.h>
#include <string.h>

/* ml-100k. "unknown" stands first. */
static const char *const flag_genres[] = {"",          "Action",   "Adventure",   "Animation", "Children's",
                                          "Comedy",    "Crime",    "Documentary", "Drama",     "Fantasy",
                                          "Film-Noir", "Horror",   "Musical",     "Mystery",   "Romance",
                                          "Sci-Fi",    "Thriller", "War",         "Western",   NULL};

static const hr_item_form u_item = {.table = {.names = {"", ""},
                                              .position = {1, 2},
                                              .has_separator = true,
                                              .separator = HR_SEPARATOR_BAR,
                                              .no_header = true,
                                              .no_quotes = true,
                                              .fields = 24},
                                    .first_flag = 6,
                                    .flag_genres = flag_genres};

/* ml-1m, ml-10m. */
static const hr_item_form movies_dat = {.table = {.names = {"", "", ""},
                                                  .position = {1, 2, 3},
                                                  .has_separator = true,
                                                  .separator = HR_SEPARATOR_COLONS,
                                                  .no_header = true,
                                                  .no_quotes = true,
                                                  .fields = 3},
                                        .genre_separator = '|'};
static const hr_side_form tags_dat = {.names = {"", "", "", ""},
                                      .position = {1, 2, 3, 4},
                                      .has_separator = true,
                                      .separator = HR_SEPARATOR_COLONS,
                                      .no_header = true,
                                      .no_quotes = true,
                                      .fields = 4};

/* The CSV editions, as GroupLens and as Kaggle publish them. */
static const hr_item_form movies_csv = {.table = {.names = HR_ITEM_NAMES("movieid itemid id")}};
static const hr_item_form metadata_csv = {.table = {.names = HR_ITEM_NAMES("id")}};
static const hr_side_form tags_csv = {.names = {"userid", "movieid itemid", "tag", "timestamp"}};

#define METADATA(links)                                                                                      \
    {                                                                                                        \
        .names = "movies_metadata.csv", .needs = links, .form = &metadata_csv, .items = hr_read_linked_items \
    }
#define LINKS(links)                                                                                         \
    {                                                                                                        \
        .names = links, .form = &movies_csv, .items = hr_read_item_list                                      \
    }
#define SMALL_LINKS "links_small.csv links.csv link.csv"
#define ALL_LINKS "links.csv link.csv links_small.csv"

static const hr_beside files[] = {
    {.names = "u.item", .form = &u_item, .items = hr_read_item_list},
    {.names = "movies.dat", .form = &movies_dat, .items = hr_read_item_list},
    {.names = "tags.dat", .form = &tags_dat, .tags = hr_read_tag_list},
    {.names = "movies.csv movie.csv", .form = &movies_csv, .items = hr_read_item_list},
    {.names = "tags.csv tag.csv", .form = &tags_csv, .tags = hr_read_tag_list},
    {.names = "genome-scores.csv genome_scores.csv", .features = hr_genome_write},
    {0}};
static const hr_beside links[] = {LINKS(ALL_LINKS), METADATA(ALL_LINKS), {0}};
static const hr_beside small_links[] = {LINKS(SMALL_LINKS), METADATA(SMALL_LINKS), {0}};

static hr_status beside(hr_source *source, const hr_listing *listing, const char *file, hr_error *err)
{
    const bool whole = hr_name_is_among(file, "u.data *.base") ||
                       (hr_name_is_among(file, "ratings.dat") && !hr_listing_find(listing, "tags.dat"));
    hr_source_know_scale(source, whole ? 1 : 0.5, 5);
    const hr_status status = hr_beside_add(source, listing, files, err);
    const bool is_small = hr_name_is_among(file, "*_small.csv");
    return status == HR_OK ? hr_beside_add(source, listing, is_small ? small_links : links, err) : status;
}

static hr_status add(hr_source *source, const char *path, uint8_t split, hr_error *err)
{
    static const hr_table_wish older = {.no_header = true, .no_quotes = true}, csv = {0};
    const bool is_older = hr_name_is_among(hr_file_name(path), "*.data *.dat *.base *.train *.test");
    return hr_table_add(source, path, split, is_older ? &older : &csv, err);
}

/* A header names movies; without one, nothing speaks against it. */
static bool is_like(const char *path, hr_text_piece sample)
{
    (void)path;
    if (hr_first_line_has(sample, "movieid") || hr_first_line_has(sample, "movie"))
        return true;
    for (int64_t i = 0; i < sample.length && sample.at[i] != '\n'; i++)
        if (isalpha((unsigned char)sample.at[i]))
            return false;
    return true;
}

const hr_format hr_format_movielens = {
    .name = "movielens",
    .summary = "every edition: u.data, ratings.dat, ratings.csv, Kaggle's rating.csv and ratings_small.csv",
    .ratings = "u.data ratings.dat ratings.csv rating.csv ratings_small.csv",
    .is_like = is_like,
    .add = add,
    .beside = beside,
};
