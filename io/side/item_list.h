/* Lists of items: tables of titles, genres, years and links. */
#ifndef HR_IO_SIDE_ITEM_LIST_H
#define HR_IO_SIDE_ITEM_LIST_H

#include "io/base/error.h"
#include "io/side/side_report.h"
#include "io/side/side_rows.h"
#include "io/side/side_table.h"

/* Wanted columns of hr_item_form.table, in this order. */
enum { HR_ITEM_ID, HR_ITEM_TITLE, HR_ITEM_GENRES, HR_ITEM_YEAR, HR_ITEM_IMDB, HR_ITEM_TMDB, HR_ITEM_COLUMNS };

/* How a list of items is written. */
typedef struct hr_item_form {
    hr_side_form table;
    char genre_separator; /* 0: '|' where a field has one, else ',' or ';' */
    int first_flag;       /* number from 1 of the first of columns of 0 and 1, a genre each; 0 none */
    const char *const *flag_genres; /* their names, NULL behind the last */
} hr_item_form;

/* Names of the columns of any list of items; `id` is a string literal of names, as in hr_side_form. */
#define HR_ITEM_NAMES(id)                                                                                    \
    {                                                                                                        \
        id, "title movietitle booktitle name animename originaltitle game appname artistname productname",   \
            "genres genre class category categories",                                                        \
            "year releaseyear originalpublicationyear yearofpublication "                                    \
            "releasedate",                                                                                   \
            "imdbid imdb", "tmdbid tmdb"                                                                     \
    }

/* Hands over the items of the table at `path`. Genres are split; "(no genres listed)" is none; lists as JSON or Python
 * write them are read. HR_OK also where it cannot be read, which is reported; HR_MEMORY, and what `take` returns. */
hr_status hr_item_list_read(const char *path, const hr_item_form *form, hr_take_item *take, void *context,
                            hr_side_report *report, hr_error *err);

/* The same where the list has ids of TMDb instead, which the table at `links` (movieId, imdbId, tmdbId) knows. Items
 * without a link are passed over. */
hr_status hr_item_list_read_linked(const char *path, const char *links, const hr_item_form *form,
                                   hr_take_item *take, void *context, hr_side_report *report, hr_error *err);

/* The same for a table of a row a genre: item, genre. Rows of one item follow each other. */
hr_status hr_genre_rows_read(const char *path, hr_take_item *take, void *context, hr_side_report *report,
                             hr_error *err);

#endif
