#include "io/additions/visitor_rows.h"

#include "io/additions/row_batch.h"
#include "io/base/search.h"
#include "io/dataset/ratings.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { GENRES = 32, TITLE_BYTES = 1024 };

static hr_status read(const void *context, hr_take_rows *take, void *take_context, hr_error *err)
{
    const hr_visitor_ratings *r = &((const hr_visitors *)context)->ratings;
    hr_row_batch batch = {.take = take, .context = take_context};
    hr_status status = HR_OK;
    char user[HR_ID_BUFFER];
    for (int64_t i = 0; i < r->count; i++) {
        snprintf(user, sizeof user, "%" PRId64, r->user[i]);
        HR_TRY(hr_row_batch_add(&batch, user, hr_strings_at(&r->movie, i), r->value[i], r->time[i], HR_TRAIN,
                                err));
    }
    HR_TRY(hr_row_batch_flush(&batch, err));
done:
    hr_row_batch_free(&batch);
    return status;
}

static bool has_user(const void *context, const char *id)
{
    const hr_visitor_ratings *r = &((const hr_visitors *)context)->ratings;
    int64_t number = 0;
    return hr_id_number(id, (int64_t)strlen(id), &number) &&
           hr_find_i64(r->user, r->count, number) != HR_NOT_FOUND;
}

hr_more_rows hr_visitor_rows(const hr_visitors *visitors)
{
    return (hr_more_rows){visitors, visitors->ratings.count, read, has_user};
}

/* Names between bars; those of `known` alone, unless it is NULL. */
static int64_t separate(const char *text, const hr_dictionary *known, hr_text_piece piece[GENRES])
{
    int64_t count = 0;
    while (*text && count < GENRES) {
        const size_t bytes = strcspn(text, "|");
        const bool is_known = !known || hr_dictionary_find(known, text, (int64_t)bytes) != HR_NOT_FOUND;
        if (bytes > 0 && is_known)
            piece[count++] = (hr_text_piece){text, (int64_t)bytes};
        text += bytes + (text[bytes] == '|');
    }
    return count;
}

static hr_status add_movies(const hr_added_movies *movies, hr_movie_list *list, const hr_dictionary *known,
                            hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_piece genre[GENRES];
    for (int64_t m = 0; m < movies->count; m++) {
        char id[HR_ID_BUFFER], title[TITLE_BYTES], year[16] = "";
        snprintf(id, sizeof id, "%" PRId64, movies->id[m]);
        if (movies->year[m])
            snprintf(year, sizeof year, " (%d)", (int)movies->year[m]);
        snprintf(title, sizeof title, "%s%s", hr_strings_at(&movies->title, m), year);
        const hr_item_row row = {.id = hr_piece_of(id),
                                 .title = hr_piece_of(title),
                                 .genre = genre,
                                 .genres = separate(hr_strings_at(&movies->genres, m), known, genre),
                                 .year = movies->year[m]};
        HR_TRY(hr_movie_list_add(list, &row, err));
    }
    hr_movie_list_sort(list);
done:
    return status;
}

hr_status hr_visitor_movies(const void *context, hr_movie_list *list, hr_error *err)
{
    return add_movies(&((const hr_visitors *)context)->movies, list, NULL, err);
}

hr_status hr_visitor_movies_of_genres(const hr_visitors *visitors, hr_movie_list *list, hr_error *err)
{
    return add_movies(&visitors->movies, list, &list->genre_name, err);
}
