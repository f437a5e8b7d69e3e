/* A source with what visitors rated behind it (io/visitors/visitor_ratings.h): users of their own, whose ratings are trained on, and
 * the movies that they added. */
#ifndef HR_IO_ADDITIONS_VISITOR_ROWS_H
#define HR_IO_ADDITIONS_VISITOR_ROWS_H

#include "io/ingest/share.h"
#include "io/ingest/side_data.h"
#include "io/visitors/visitor_ratings.h"

/* What visitors gave. Zero-initialise; free with hr_visitors_free. */
typedef struct hr_visitors {
    hr_visitor_ratings ratings;
    hr_added_movies movies;
} hr_visitors;

/* Reads the file on rank 0, once, since a server may write to it, and gives all ranks what is in it. Collective; all ranks return
 * the same: the errors of hr_visitors_read; HR_COMM. */
hr_status hr_visitors_gather(hr_visitors *visitors, const hr_comm *comm, const char *path, hr_error *err);
void hr_visitors_free(hr_visitors *visitors);

/* Their ratings, to be trained on, as rows behind a source's. The visitors must outlive them. */
hr_more_rows hr_visitor_rows(const hr_visitors *visitors);

/* Adds the movies that visitors added, with their years behind their titles.
 *   context  hr_visitors
 * HR_MEMORY. */
hr_status hr_visitor_movies(const void *context, hr_movie_list *list, hr_error *err);

/* The same, without the genres that the list has not. HR_MEMORY. */
hr_status hr_visitor_movies_of_genres(const hr_visitors *visitors, hr_movie_list *list, hr_error *err);

#endif
