#include "io/side/links.h"

#include "io/base/memory.h"
#include "io/base/search.h"
#include "io/side/side_table.h"

static const hr_side_form form = {.names = {"movieid", "tmdbid"}};

static hr_status take_link(void *context, hr_side_file *file, const hr_text_piece *field, const hr_row *row,
                           hr_error *err)
{
    hr_links *links = context;
    hr_status status = HR_OK;
    int64_t tmdb = 0;
    (void)file;
    (void)row;
    if (!hr_side_number(field[1], &tmdb) || field[1].length == 0)
        return HR_OK;
    HR_GROW(links->by_tmdb, links->capacity, links->item.count + 1);
    links->by_tmdb[links->item.count] = (hr_keyed){tmdb, links->item.count};
    HR_TRY(hr_strings_append(&links->item, field[0].at, field[0].length, err));
done:
    return status;
}

hr_status hr_links_read(hr_links *links, const char *path, hr_error *err)
{
    hr_side_report ignored = {0};
    const hr_status status = hr_side_table_read(path, &form, take_link, links, &ignored, err);
    hr_sort_keyed(links->by_tmdb, links->item.count);
    return status;
}

void hr_links_free(hr_links *links)
{
    hr_strings_free(&links->item);
    free(links->by_tmdb);
    *links = (hr_links){0};
}

static bool is_less(const void *array, int64_t index, int64_t wanted)
{
    return ((const hr_keyed *)array)[index].key < wanted;
}

hr_text_piece hr_links_find(const hr_links *links, int64_t tmdb)
{
    const int64_t at = hr_bisect(links->by_tmdb, links->item.count, tmdb, is_less);
    if (at == links->item.count || links->by_tmdb[at].key != tmdb)
        return (hr_text_piece){NULL, 0};
    return hr_piece_of(hr_strings_at(&links->item, links->by_tmdb[at].value));
}
