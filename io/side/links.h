/* Which item has which id of TMDb. */
#ifndef HR_IO_SIDE_LINKS_H
#define HR_IO_SIDE_LINKS_H

#include "io/base/error.h"
#include "io/base/sort.h"
#include "io/base/strings.h"
#include "io/text/text_piece.h"

/* Zero-initialise; free with hr_links_free. */
typedef struct hr_links {
    hr_strings item;   /* ids of items */
    hr_keyed *by_tmdb; /* [item.count] ascending: id of TMDb, number of the item */
    int64_t capacity;
} hr_links;

/* Reads a table with columns movieId and tmdbId. Its bad lines are passed over: it is a list of items too, whose reader
 * reports them. HR_MEMORY. */
hr_status hr_links_read(hr_links *links, const char *path, hr_error *err);
void hr_links_free(hr_links *links);

/* The item of this id; a piece without bytes where there is none. */
hr_text_piece hr_links_find(const hr_links *links, int64_t tmdb);

#endif
