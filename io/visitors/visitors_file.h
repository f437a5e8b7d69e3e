/* The file in which halorec serve keeps what visitors give: SQLite, to be read by any program that reads SQLite.
 *
 *   visitor  id, created                              somebody who rates; ids are the user ids of their ratings
 *   rating   visitor, movie, value, time              movie: the id as the dataset has it, as text, or that of an added movie
 *   click    visitor, movie, time                     the last time the visitor opened the movie from a list
 *   account  visitor, name, name_key, password, created    password: an argon2id hash; name_key: the name, case folded
 *   token    id, hash, visitor, kind, name, created, expires   hash: BLAKE2b of the token, which is kept nowhere
 *   movie    id, visitor, title, year, genres, created     added movies; year 0: unknown; genres: separated by |
 *   picture  movie, type, width, height, created, bytes    of an added movie, as it is served
 *
 * Times are seconds since 1970. Ids of visitors and of added movies are larger than HR_FIRST_VISITOR and at most HR_LAST_VISITOR, so
 * that they are none of the users and movies of a dataset, and are numbers, so that a dataset with ids that are numbers keeps those. An id is not given twice. */
#ifndef HR_IO_VISITORS_VISITORS_FILE_H
#define HR_IO_VISITORS_VISITORS_FILE_H

#include "io/base/error.h"
#include "io/visitors/sql.h"

#include <stdint.h>

#define HR_FIRST_VISITOR INT64_C(1000000000000)
#define HR_LAST_VISITOR INT64_C(1999999999999)

enum { HR_VISITORS_VERSION = 1 };

/* Opens such a file; HR_SQL_CREATES makes its tables where it is empty. HR_IO; HR_INPUT where it is another program's, of a newer
 * version, or damaged; HR_MEMORY. */
hr_status hr_visitors_open(hr_sql **db, const char *path, hr_sql_access access, hr_error *err);

#endif
