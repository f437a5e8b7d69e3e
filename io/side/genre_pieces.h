/* Genres of one item, as written in one field. */
#ifndef HR_IO_SIDE_GENRE_PIECES_H
#define HR_IO_SIDE_GENRE_PIECES_H

#include "io/base/error.h"
#include "io/base/json.h"
#include "io/text/text_piece.h"

#include <stdint.h>

/* Zero-initialise; free with hr_genre_pieces_free. */
typedef struct hr_genre_pieces {
    hr_text_piece *piece;
    int64_t count, capacity;
    json_t *list; /* what the pieces point into, where the genres came as a list */
} hr_genre_pieces;

void hr_genre_pieces_free(hr_genre_pieces *genres);

/* Leaves none. */
void hr_genre_pieces_clear(hr_genre_pieces *genres);

/* Adds one; empty ones are none, and so is "(no genres listed)". HR_MEMORY. */
hr_status hr_genre_pieces_add(hr_genre_pieces *genres, hr_text_piece genre, hr_error *err);

/* Replaces them by those of a field, whose bytes must stay. A field that begins with '[' is a list as JSON or Python
 * write it, of texts or of objects with a "name"; others are split at `separator`, or, where it is 0, at '|', else ';',
 * else ','. HR_MEMORY. */
hr_status hr_genre_pieces_split(hr_genre_pieces *genres, hr_text_piece field, char separator, hr_error *err);

/* Adds the texts of a JSON list, of lists in it, and of the "name" members of objects in it, which must stay. HR_MEMORY. */
hr_status hr_genre_pieces_add_json(hr_genre_pieces *genres, const json_t *list, hr_error *err);

#endif
