/* The movies of a dataset as people name them: ids, titles, years, genres. */
#ifndef HR_TRAINER_CATALOGUE_CATALOGUE_H
#define HR_TRAINER_CATALOGUE_CATALOGUE_H

#include "io/base/error.h"
#include "io/base/strings.h"
#include "io/comm/comm.h"
#include "io/dataset/genres.h"
#include "io/dataset/ids.h"

#include <stdint.h>

enum { HR_CATALOGUE_PATH = 256 };

/* Of all movies: it grows with the catalogue, not with the ratings. Zero-initialise; free with hr_catalogue_free. */
typedef struct hr_catalogue {
    int64_t movies;
    hr_ids id;                    /* [movies] original ids */
    hr_strings title;             /* [movies] "" where unknown */
    int32_t *year;                /* [movies] 0 where unknown */
    hr_genres genres;             /* [movies] */
    char path[HR_CATALOGUE_PATH]; /* of the dataset, for messages; its beginning where it is longer */
} hr_catalogue;

/* Reads the movies of the dataset at `path`, on each rank. Collective; all ranks return the same status: HR_IO,
 * HR_INPUT where the file is damaged, HR_MEMORY. One process passes hr_comm_alone(). */
hr_status hr_catalogue_read(hr_catalogue *catalogue, const hr_comm *comm, const char *path, hr_error *err);
void hr_catalogue_free(hr_catalogue *catalogue);

/* Finds the movie that `text` names. Of these the first that is one movie:
 *
 *   1. the id, as the original data has it; so a title that is a number is given with its year: "300 (2006)";
 *   2. the title, byte for byte;
 *   3. the title without regard to case, accents and punctuation, articles where they are in English or in a
 *      catalogue, "The Matrix" or "Matrix, The"; with its year or without; or another title that is in parentheses,
 *      "Seven (a.k.a. Se7en) (1995)", or what comes before a subtitle, "Terminator 2: Judgment Day",
 *      "Star Wars: Episode IV - A New Hope";
 *   4. the same without leading articles;
 *   5. the title that is spelled most alike, if no more than one byte in five, two in eleven, … differ, no digit does, and no other title is
 *      as near.
 *
 * Given a year, "Sabrina (1954)" or "Sabrina 1954", only movies of that year are meant. HR_INPUT, naming up to five
 * candidates with ids and years, where several movies have the title, or none has. HR_MEMORY. Local. Time is linear in
 * the catalogue, some 2 microseconds a movie, unless 1. or 2. finds it. */
hr_status hr_find_movie(const hr_catalogue *catalogue, const char *text, int64_t *movie, hr_error *err);

#endif
