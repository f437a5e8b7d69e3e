/* Movies as visitors name them: those of the served catalogue, and added ones, by id. */
#ifndef HR_TRAINER_SERVE_VISITORS_RATED_MOVIES_H
#define HR_TRAINER_SERVE_VISITORS_RATED_MOVIES_H

#include "trainer/serve/visitors/visitors.h"

/* What is known of a movie; what it points to is valid as long as the snapshot, or the description's owner. */
typedef struct hr_rated_movie {
    bool is_there;
    int64_t index;       /* in the catalogue; -1 of an added one */
    const char *title;   /* "" where unknown */
    int year;            /* 0 where unknown */
    json_t *description; /* of an added movie, as serve/store/movies.h makes it; NULL; hr_rated_movie_free */
} hr_rated_movie;

hr_status hr_rated_movie_find(hr_visitors *v, const hr_catalogue *catalogue, const char *id,
                              hr_rated_movie *movie, hr_error *err);
void hr_rated_movie_free(hr_rated_movie *movie);

/* The number of an added movie's id; 0 where the text is none. */
int64_t hr_added_movie_number(const char *id);

/* The id as JSON: a number where the catalogue's ids are numbers. The caller's. */
json_t *hr_rated_movie_id(const hr_catalogue *catalogue, const char *id);

#endif
