#include "io/side/item_list.h"

#include "io/side/genre_pieces.h"
#include "io/side/links.h"
#include "io/text/rows.h"

/* A list being read. */
typedef struct reading {
    const hr_item_form *form;
    const hr_links *links; /* or NULL */
    hr_genre_pieces genres;
    hr_take_item *take;
    void *context;
} reading;

static hr_status take_flags(reading *r, const hr_row *row, hr_error *err)
{
    hr_status status = HR_OK;
    const char *const *name = r->form->flag_genres;
    hr_genre_pieces_clear(&r->genres);
    for (int f = r->form->first_flag - 1; status == HR_OK && f < row->fields && f < HR_ROW_FIELDS && *name;
         f++, name++)
        if (hr_piece_is(row->field[f], "1"))
            status = hr_genre_pieces_add(&r->genres, hr_piece_of(*name), err);
    return status;
}

/* Reads the numbers of an item; false where the row is bad. */
static bool read_numbers(hr_side_file *file, const hr_text_piece *field, hr_item_row *item)
{
    if (!hr_side_number(field[HR_ITEM_IMDB], &item->imdb))
        hr_side_bad(file, "found imdbId \"%.*s\", expected a whole number", HR_PIECE(field[HR_ITEM_IMDB]));
    else if (!hr_side_number(field[HR_ITEM_TMDB], &item->tmdb))
        hr_side_bad(file, "found tmdbId \"%.*s\", expected a whole number", HR_PIECE(field[HR_ITEM_TMDB]));
    else
        return true;
    return false;
}

/* Puts the item's own id instead of that of TMDb; false where it has none. */
static bool link_item(const hr_links *links, hr_side_file *file, hr_item_row *item)
{
    int64_t tmdb = 0;
    if (!hr_side_number(item->id, &tmdb)) {
        hr_side_bad(file, "found id \"%.*s\", expected a whole number", HR_PIECE(item->id));
        return false;
    }
    item->id = hr_links_find(links, tmdb);
    return item->id.length > 0;
}

static hr_status take_item(void *context, hr_side_file *file, const hr_text_piece *field, const hr_row *row,
                           hr_error *err)
{
    reading *r = context;
    hr_status status = HR_OK;
    hr_item_row item = {
        .id = field[HR_ITEM_ID], .title = field[HR_ITEM_TITLE], .year = hr_side_year(field[HR_ITEM_YEAR])};
    if (!read_numbers(file, field, &item) || (r->links && !link_item(r->links, file, &item)))
        return HR_OK;
    if (r->form->first_flag > 0)
        HR_TRY(take_flags(r, row, err));
    else
        HR_TRY(hr_genre_pieces_split(&r->genres, field[HR_ITEM_GENRES], r->form->genre_separator, err));
    item.genre = r->genres.piece;
    item.genres = r->genres.count;
    status = r->take(r->context, &item, err);
done:
    return status;
}

static hr_status read_list(const char *path, const hr_links *links, const hr_item_form *form,
                           hr_take_item *take, void *context, hr_side_report *report, hr_error *err)
{
    reading r = {.form = form, .links = links, .take = take, .context = context};
    const hr_status status = hr_side_table_read(path, &form->table, take_item, &r, report, err);
    hr_genre_pieces_free(&r.genres);
    return status;
}

hr_status hr_item_list_read(const char *path, const hr_item_form *form, hr_take_item *take, void *context,
                            hr_side_report *report, hr_error *err)
{
    return read_list(path, NULL, form, take, context, report, err);
}

hr_status hr_item_list_read_linked(const char *path, const char *links_path, const hr_item_form *form,
                                   hr_take_item *take, void *context, hr_side_report *report, hr_error *err)
{
    hr_links links = {0};
    hr_status status = hr_links_read(&links, links_path, err);
    if (status == HR_OK)
        status = read_list(path, &links, form, take, context, report, err);
    hr_links_free(&links);
    return status;
}
