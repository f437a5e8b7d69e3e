/* What a format is. */
#ifndef HR_IO_FORMATS_FORMAT_H
#define HR_IO_FORMATS_FORMAT_H

#include "io/packed/file_names.h"
#include "io/readers/listing.h"
#include "io/readers/source_parts.h"

#include <stdbool.h>

typedef struct hr_format {
    const char *name;    /* as --format takes it */
    const char *summary; /* what is read of it, for help */
    const char *ratings; /* names of its rating files, as hr_name_is_among takes them; "" for any */
    bool all;            /* all files of such names together are the ratings; else one is */

    /* Whether a file may be of the format: `sample` is its first lines, or has no bytes where it is no text. Asked of files
     * of such names, and where no name tells. NULL: of a file with such a name alone. */
    bool (*is_like)(const char *path, hr_text_piece sample);

    /* Adds one rating file, and says what was found. */
    hr_status (*add)(hr_source *source, const char *path, uint8_t split, hr_error *err);

    /* Adds what lies beside the rating file `file` of the listing. NULL: nothing. */
    hr_status (*beside)(hr_source *source, const hr_listing *listing, const char *file, hr_error *err);
} hr_format;

/* In the order in which they are asked; ended by NULL. The last one, the table, is taken where no other is. */
extern const hr_format *const hr_formats[];

extern const hr_format hr_format_amazon, hr_format_book_crossing, hr_format_check_ins, hr_format_goodbooks,
    hr_format_hetrec, hr_format_json, hr_format_lastfm, hr_format_lightgcn, hr_format_matrix_market,
    hr_format_movielens, hr_format_netflix, hr_format_recbole, hr_format_scipy, hr_format_steam,
    hr_format_table;

#endif
