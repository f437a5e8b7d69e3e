/* Pictures that were made of files, kept as long as there is room: those that were made first go first. */
#ifndef HR_TRAINER_SERVE_PICTURES_POSTER_CACHE_H
#define HR_TRAINER_SERVE_PICTURES_POSTER_CACHE_H

#include "io/base/error.h"
#include "trainer/serve/store/movies.h"

#include <pthread.h>
#include <stdbool.h>
#include <sys/stat.h>

enum { HR_KEPT_POSTERS = 1024, HR_KEPT_POSTER_BYTES = 64 << 20 };

/* The file as it was, and what was made of it: bytes are NULL where it was no picture. */
typedef struct hr_kept_poster {
    struct stat file;
    hr_kept_picture picture;
} hr_kept_poster;

/* A ring: posters first, first + 1, … are there. Used by several threads. hr_poster_cache_begin and _end. */
typedef struct hr_poster_cache {
    pthread_mutex_t mutex;
    int first, count;
    int64_t bytes; /* of all */
    hr_kept_poster poster[HR_KEPT_POSTERS];
} hr_poster_cache;

void hr_poster_cache_begin(hr_poster_cache *cache);
void hr_poster_cache_end(hr_poster_cache *cache);

/* Copies what is kept of the file, if it has not changed since; *found receives whether there is such. Bytes are the caller's.
 * HR_MEMORY. */
hr_status hr_poster_cache_find(hr_poster_cache *cache, const struct stat *file, bool *found,
                               hr_kept_picture *picture, hr_error *err);

/* Keeps a copy of a picture; nothing where there is no memory for it. */
void hr_poster_cache_keep(hr_poster_cache *cache, const struct stat *file, const hr_kept_picture *picture);

#endif
