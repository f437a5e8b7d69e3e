/* Movies that visitors add, and their pictures. */
#ifndef HR_TRAINER_SERVE_STORE_MOVIES_H
#define HR_TRAINER_SERVE_STORE_MOVIES_H

#include "trainer/serve/store/store.h"

#include <jansson.h>

/* A picture as it is served. */
typedef struct hr_kept_picture {
    const char *type;     /* "image/jpeg" or "image/png" */
    int width, height;    /* pixels */
    int64_t created;      /* seconds since 1970 */
    int64_t size;         /* bytes */
    unsigned char *bytes; /* [size] the caller's to free; NULL: there is no picture */
} hr_kept_picture;

/* Adds a movie; *movie receives its id. Year 0: unknown; genres are separated by |. HR_USAGE where the visitor has added `most`
 * already. */
hr_status hr_store_add_movie(hr_store *store, int64_t visitor, const char *title, int year,
                             const char *genres, int64_t now, int64_t most, int64_t *movie, hr_error *err);

/* Removes a movie that the visitor has added, with picture, ratings and clicks; *removed is 0 where it is not one of theirs. */
hr_status hr_store_remove_movie(hr_store *store, int64_t visitor, int64_t movie, int64_t *removed,
                                hr_error *err);

/* Who has added a movie: 0 where nobody has, or who did is gone. */
hr_status hr_store_movie_owner(hr_store *store, int64_t movie, int64_t *visitor, bool *is_there,
                               hr_error *err);

/* Movies as JSON, the caller's: [{"movie", "title", "year", "genres", "created", "picture": {"type", "width", "height", "size",
 * "created"} or null}]. The one with the id, or all of a visitor, or, where both are 0, the latest `most` of all. */
hr_status hr_store_list_movies(hr_store *store, int64_t movie, int64_t visitor, int64_t most, json_t **list,
                               hr_error *err);

/* Keeps a picture in the place of an older one. */
hr_status hr_store_keep_picture(hr_store *store, int64_t movie, const hr_kept_picture *picture,
                                hr_error *err);

/* *removed is 0 where there is none. */
hr_status hr_store_remove_picture(hr_store *store, int64_t movie, int64_t *removed, hr_error *err);

/* The picture of a movie, or none. */
hr_status hr_store_read_picture(hr_store *store, int64_t movie, hr_kept_picture *picture, hr_error *err);

#endif
