#include "io/base/strings.h"
#include "io/side/genre_pieces.h"
#include "io/side/item_list.h"

/* The genres of one item so far, of a table of a row a genre. */
typedef struct gathering {
    hr_strings id, genre; /* one id; its genres */
    hr_genre_pieces pieces;
    hr_take_item *take;
    void *context;
} gathering;

/* Hands over the item at hand, if any, and leaves none. */
static hr_status hand_over(gathering *g, hr_error *err)
{
    hr_status status = HR_OK;
    if (g->id.count == 0)
        return HR_OK;
    hr_genre_pieces_clear(&g->pieces);
    for (int64_t i = 0; i < g->genre.count; i++)
        HR_TRY(hr_genre_pieces_add(&g->pieces, hr_piece_of(hr_strings_at(&g->genre, i)), err));
    const hr_item_row item = {
        .id = hr_piece_of(hr_strings_at(&g->id, 0)), .genre = g->pieces.piece, .genres = g->pieces.count};
    HR_TRY(g->take(g->context, &item, err));
done:
    g->id.count = g->id.used = g->genre.count = g->genre.used = 0;
    return status;
}

static hr_status take_genre(void *context, hr_side_file *file, const hr_text_piece *field, const hr_row *row,
                            hr_error *err)
{
    gathering *g = context;
    hr_status status = HR_OK;
    (void)file;
    (void)row;
    if (g->id.count > 0 && !hr_piece_is(field[0], hr_strings_at(&g->id, 0)))
        HR_TRY(hand_over(g, err));
    if (g->id.count == 0)
        HR_TRY(hr_strings_append(&g->id, field[0].at, field[0].length, err));
    HR_TRY(hr_strings_append(&g->genre, field[1].at ? field[1].at : "", field[1].length, err));
done:
    return status;
}

hr_status hr_genre_rows_read(const char *path, hr_take_item *take, void *context, hr_side_report *report,
                             hr_error *err)
{
    static const hr_side_form form = {.names = {"movieid itemid", "genre"}};
    gathering g = {.take = take, .context = context};
    hr_status status = HR_OK;
    HR_TRY(hr_side_table_read(path, &form, take_genre, &g, report, err));
    HR_TRY(hand_over(&g, err));
done:
    hr_genre_pieces_free(&g.pieces);
    hr_strings_free(&g.genre);
    hr_strings_free(&g.id);
    return status;
}
