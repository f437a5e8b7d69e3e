/* What visitors have given, as training takes it: ratings, and movies that are in no dataset. */
#ifndef HR_IO_VISITORS_VISITOR_RATINGS_H
#define HR_IO_VISITORS_VISITOR_RATINGS_H

#include "io/base/error.h"
#include "io/base/strings.h"

#include <stdint.h>

/* Zero-initialise; free with hr_visitor_ratings_free. */
typedef struct hr_visitor_ratings {
    int64_t count;
    int64_t *user;    /* [count] ascending; larger than HR_FIRST_VISITOR (visitors_file.h) */
    hr_strings movie; /* of `count` ids as the dataset writes them, or of added movies */
    float *value;     /* [count] */
    int64_t *time;    /* [count] seconds since 1970 */
    int64_t user_capacity, value_capacity, time_capacity;
} hr_visitor_ratings;

/* Zero-initialise; free with hr_added_movies_free. */
typedef struct hr_added_movies {
    int64_t count;
    int64_t *id;       /* [count] ascending; larger than HR_FIRST_VISITOR */
    hr_strings title;  /* [count] without the year */
    int32_t *year;     /* [count] 0: unknown */
    hr_strings genres; /* [count] separated by |, "" where there are none */
    int64_t id_capacity, year_capacity;
} hr_added_movies;

/* Reads both as they are at one moment, also while a server writes to the file; `movies` may be NULL. Both grow with the file.
 * HR_IO; HR_INPUT where the file is not one of visitors; HR_MEMORY. Local. */
hr_status hr_visitors_read(const char *path, hr_visitor_ratings *ratings, hr_added_movies *movies,
                           hr_error *err);

void hr_visitor_ratings_free(hr_visitor_ratings *ratings);
void hr_added_movies_free(hr_added_movies *movies);

#endif
