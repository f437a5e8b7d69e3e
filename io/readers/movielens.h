/* Reads a MovieLens folder as GroupLens publishes it. */
#ifndef HR_IO_READERS_MOVIELENS_H
#define HR_IO_READERS_MOVIELENS_H

#include "io/base/error.h"
#include "io/readers/import.h"

#include <stdbool.h>

/* Whether `path` is a folder with ratings.csv or ratings.dat, or a file whose name ends in one of these. */
bool hr_movielens_recognise(const char *path);

/* Reads ratings, and movies, tags and links where they are there, into *raw.
 *   path  a folder (ml-latest-small, ml-20m, …), or a ratings file, .dat or else CSV,
 *         beside which the other files are looked for
 * CSV (quoted fields, commas and doubled quotes in titles, LF or CRLF, a header line) and the older
 * `::`-separated .dat files (ml-1m, ml-10m; titles in Latin-1 become UTF-8) are understood.
 * HR_INPUT with file and line for a malformed line, an id that is not a positive whole number, a rating
 * outside 0.5 … 5, or a rating file without a rating; HR_IO where a file cannot be read. */
hr_status hr_movielens_read(const char *path, hr_raw *raw, hr_error *err);

#endif
