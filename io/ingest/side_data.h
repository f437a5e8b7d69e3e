/* What a source knows besides ratings: titles, genres and links of movies, and tags. Rank 0 reads and keeps
 * it: it grows with the movies and the tags, not with the ratings. */
#ifndef HR_IO_INGEST_SIDE_DATA_H
#define HR_IO_INGEST_SIDE_DATA_H

#include "io/base/strings.h"
#include "io/dataset/dataset.h"
#include "io/ingest/dictionary.h"
#include "io/readers/source.h"

#include <stdint.h>

typedef struct hr_listed_movie hr_listed_movie;
typedef struct hr_listed_genre hr_listed_genre;

/* Movies that the source lists, in the order of their first mention. Zero-initialise; free with
 * hr_movie_list_free. */
typedef struct hr_movie_list {
    hr_dictionary id;
    hr_listed_movie *movie; /* [id.count] */
    hr_strings title;
    hr_dictionary genre_name;
    hr_listed_genre *genre; /* [genres] */
    int64_t movie_capacity, genres, genre_capacity;
    hr_side_report bad; /* lines that say nothing */
} hr_movie_list;

void hr_movie_list_free(hr_movie_list *list);

/* Reads what the source says of movies. Where it says something several times, the first stays. One process. HR_IO, HR_MEMORY. */
hr_status hr_movie_list_read(hr_movie_list *list, const hr_source *source, hr_error *err);

/* Adds what is said of one movie; what was said before stays. Then, before hr_movie_list_fill, hr_movie_list_sort. HR_MEMORY. */
hr_status hr_movie_list_add(hr_movie_list *list, const hr_item_row *row, hr_error *err);
void hr_movie_list_sort(hr_movie_list *list);

/* Fills titles, years, genres and links of dataset->movie_id; "" and 0 where nothing is known. One process.
 * HR_MEMORY. */
hr_status hr_movie_list_fill(const hr_movie_list *list, hr_dataset *dataset, hr_error *err);

/* Fills the tags of dataset->user_id and movie_id.
 *   strangers  receives the number of tags of others
 * One process. HR_IO, HR_MEMORY. */
hr_status hr_tags_read(const hr_source *source, hr_dataset *dataset, int64_t *strangers, hr_side_report *bad,
                       hr_error *err);

/* The same of tags that `give` hands over, one by one. */
typedef hr_status hr_give_tags(const void *source, hr_take_tag *take, void *context, hr_side_report *bad,
                               hr_error *err);
hr_status hr_tags_fill(hr_give_tags *give, const void *source, hr_dataset *dataset, int64_t *strangers,
                       hr_side_report *bad, hr_error *err);

#endif
