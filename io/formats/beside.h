/* Files that lie beside the ratings, by their names. */
#ifndef HR_IO_FORMATS_BESIDE_H
#define HR_IO_FORMATS_BESIDE_H

#include "io/readers/listing.h"
#include "io/readers/source_parts.h"

/* A file that may be there. The list of them ends where `names` is NULL. */
typedef struct hr_beside {
    const char *names; /* as hr_name_is_among takes them */
    const char *needs; /* names of another file that it needs, or NULL */
    const void *form;
    hr_read_items *items;
    hr_read_tags *tags;
    hr_write_features *features; /* one of these is set */
} hr_beside;

/* Adds those that are there. HR_MEMORY. */
hr_status hr_beside_add(hr_source *source, const hr_listing *listing, const hr_beside *list, hr_error *err);

/* hr_item_list_read, hr_item_list_read_linked, hr_genre_rows_read, hr_title_lines_read and hr_tag_list_read, with their
 * forms. */
hr_read_items hr_read_item_list, hr_read_linked_items, hr_read_genre_rows, hr_read_title_lines;
hr_read_tags hr_read_tag_list;

/* Whether the first line of a sample has a column of this name, whatever its case and its separator. */
bool hr_first_line_has(hr_text_piece sample, const char *name);

#endif
