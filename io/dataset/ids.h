/* Original ids of users or of movies, kept exactly as the source writes them.
 *
 * A list of ids is of numbers where each is a canonical 64-bit integer: "7", "-3", "0", not "07", "+7" or "-0".
 * One id that is anything else makes the whole list text. In a dataset the ids are different and ascending:
 * numbers by value, texts by their bytes. */
#ifndef HR_IO_DATASET_IDS_H
#define HR_IO_DATASET_IDS_H

#include "io/base/error.h"
#include "io/base/strings.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Room for a number as text. */
enum { HR_ID_BUFFER = 24 };

/* Zero-initialise before use; free with hr_ids_free. */
typedef struct hr_ids {
    int64_t count;
    int64_t *number; /* [count], or NULL where the ids are text */
    hr_strings text; /* of `count` texts, or empty where the ids are numbers; none is empty or holds a NUL */
} hr_ids;

void hr_ids_free(hr_ids *ids);

/* Whether the text is a canonical 64-bit integer, which *number then receives. */
bool hr_id_number(const char *text, int64_t length, int64_t *number);

/* Id number `index` as text, NUL-terminated: in `buffer`, or in ids until they change. */
const char *hr_ids_text(const hr_ids *ids, int64_t index, char buffer[HR_ID_BUFFER]);

/* The id as a JSON value: a number where the ids are numbers, else a string. NULL for want of memory
 * (io/base/json.h). */
json_t *hr_ids_json(const hr_ids *ids, int64_t index);

/* Index of the first id that does not come after the one before it; `count` where all do. */
int64_t hr_ids_disorder(const hr_ids *ids);

/* Index of the id that is written as these `length` bytes, in ascending ids; HR_NOT_FOUND (io/base/search.h). */
int64_t hr_ids_find(const hr_ids *ids, const char *text, int64_t length);

/* Finds each of `wanted` in `ids`, both ascending: index [wanted->count] receives its place or HR_NOT_FOUND.
 * Numbers and texts are the same id where they are written alike. */
void hr_ids_match(const hr_ids *ids, const hr_ids *wanted, int64_t *index);

enum { HR_ALIKE_IDS = 3 };

/* The ids that are spelled most like the text: by capitals, blanks, leading zeros and a plus sign alone, or by
 * the fewest changed, added and removed bytes, at most half of them and one more than the best. Fills
 * index [HR_ALIKE_IDS], best first and in the order of the ids where they are as alike; returns how many. Linear in the ids. */
int hr_ids_most_alike(const hr_ids *ids, const char *text, int64_t *index);

#endif
