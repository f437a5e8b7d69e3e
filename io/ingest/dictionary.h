/* Different ids in the order of their first mention, and tables that find them: small numbers, as most ids are,
 * are indices of an array, all else is in a hash table. One thread fills it; many may search it once it is
 * filled. */
#ifndef HR_IO_INGEST_DICTIONARY_H
#define HR_IO_INGEST_DICTIONARY_H

#include "io/base/error.h"
#include "io/base/strings.h"
#include "io/dataset/ids.h"
#include "io/text/digits.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct hr_dictionary_slot hr_dictionary_slot;

/* Zero-initialise before use; free with hr_dictionary_free. */
typedef struct hr_dictionary {
    int64_t count;   /* ids, numbered 0, 1, … */
    int64_t *number; /* [count] the id where it is a number (io/dataset/ids.h), else its place in text */
    bool *is_text;   /* [count] */
    hr_strings text; /* ids that are no numbers */
    hr_dictionary_slot *slot; /* [slots] the table; slots is a power of two */
    int32_t *small; /* [smalls] of numbers from 0 up to smalls: the number of the id, plus 1; 0: none */
    int64_t slots, smalls, small_capacity, number_capacity, is_text_capacity;
} hr_dictionary;

void hr_dictionary_free(hr_dictionary *dictionary);

/* The number of the id that is written as these bytes, which is added where it is new. HR_MEMORY. */
hr_status hr_dictionary_number(hr_dictionary *dictionary, const char *text, int64_t length, int64_t *number,
                               hr_error *err);

/* The same without adding: HR_NOT_FOUND (io/base/search.h). */
int64_t hr_dictionary_find(const hr_dictionary *dictionary, const char *text, int64_t length);

/* Both for a piece of a row, around which bytes may be read (io/readers/rating_rows.h): a small number that is known
 * is found without a loop. */
static inline int64_t hr_dictionary_find_piece(const hr_dictionary *dictionary, hr_text_piece piece)
{
    uint64_t value = 0;
    if (hr_digits_parse(piece, &value) && value < (uint64_t)dictionary->smalls &&
        (*piece.at != '0' || piece.length == 1) && dictionary->small[value] != 0)
        return dictionary->small[value] - 1;
    return hr_dictionary_find(dictionary, piece.at, piece.length);
}

static inline hr_status hr_dictionary_number_piece(hr_dictionary *dictionary, hr_text_piece piece,
                                                   int64_t *number, hr_error *err)
{
    uint64_t value = 0;
    if (hr_digits_parse(piece, &value) && value < (uint64_t)dictionary->smalls &&
        (*piece.at != '0' || piece.length == 1) && dictionary->small[value] != 0) {
        *number = dictionary->small[value] - 1;
        return HR_OK;
    }
    return hr_dictionary_number(dictionary, piece.at, piece.length, number, err);
}

/* Id number `index` as text, NUL-terminated: in `buffer`, or in the dictionary until the next one is added. */
const char *hr_dictionary_text(const hr_dictionary *dictionary, int64_t index, char buffer[HR_ID_BUFFER]);

#endif
