#include "io/formats/beside.h"

#include "io/side/item_list.h"
#include "io/side/tag_list.h"
#include "io/side/title_lines.h"

#include <ctype.h>
#include <string.h>

hr_status hr_read_item_list(const char *path, const char *beside, const void *form, hr_take_item *take,
                            void *context, hr_side_report *report, hr_error *err)
{
    (void)beside;
    return hr_item_list_read(path, form, take, context, report, err);
}

hr_status hr_read_linked_items(const char *path, const char *beside, const void *form, hr_take_item *take,
                               void *context, hr_side_report *report, hr_error *err)
{
    return hr_item_list_read_linked(path, beside, form, take, context, report, err);
}

hr_status hr_read_genre_rows(const char *path, const char *beside, const void *form, hr_take_item *take,
                             void *context, hr_side_report *report, hr_error *err)
{
    (void)beside;
    (void)form;
    return hr_genre_rows_read(path, take, context, report, err);
}

hr_status hr_read_title_lines(const char *path, const char *beside, const void *form, hr_take_item *take,
                              void *context, hr_side_report *report, hr_error *err)
{
    (void)beside;
    (void)form;
    return hr_title_lines_read(path, take, context, report, err);
}

hr_status hr_read_tag_list(const char *path, const char *beside, const void *form, hr_take_tag *take,
                           void *context, hr_side_report *report, hr_error *err)
{
    return hr_tag_list_read(path, beside, form, take, context, report, err);
}

/* Adds the file at `name`. */
static hr_status add(hr_source *source, const hr_listing *listing, const hr_beside *b, const char *name,
                     const char *needed, hr_error *err)
{
    hr_status status = HR_OK;
    char path[HR_PATH_LENGTH], other[HR_PATH_LENGTH];
    HR_TRY(hr_listing_path(listing, name, path, err));
    if (needed)
        HR_TRY(hr_listing_path(listing, needed, other, err));
    HR_TRY(hr_source_add_side(
        source, &(hr_side){path, needed ? other : NULL, b->form, b->items, b->tags, b->features}, err));
    HR_TRY(hr_source_say(source, err, "%s: %s", path,
                         b->items  ? "what is known of items"
                         : b->tags ? "tags"
                                   : "features of items"));
done:
    return status;
}

hr_status hr_beside_add(hr_source *source, const hr_listing *listing, const hr_beside *list, hr_error *err)
{
    hr_status status = HR_OK;
    for (const hr_beside *b = list; status == HR_OK && b->names; b++) {
        const char *name = hr_listing_find(listing, b->names);
        const char *needed = b->needs ? hr_listing_find(listing, b->needs) : NULL;
        if (name && (needed || !b->needs))
            status = add(source, listing, b, name, needed, err);
    }
    return status;
}

bool hr_first_line_has(hr_text_piece sample, const char *name)
{
    char column[64];
    const char *end = sample.length > 0 ? memchr(sample.at, '\n', (size_t)sample.length) : NULL;
    const int64_t length = end ? end - sample.at : sample.length;
    for (int64_t i = 0; i < length; i++) {
        int64_t from = i;
        while (i < length && !strchr(",;\t|", sample.at[i]))
            i++;
        hr_side_name((hr_text_piece){sample.at + from, i - from}, column, sizeof column);
        if (strcmp(column, name) == 0)
            return true;
    }
    return false;
}
