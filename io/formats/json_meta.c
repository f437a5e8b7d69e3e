/* Lists of items of a JSON object a line, as Amazon's meta_NAME.json. */
#include "io/base/json.h"
#include "io/formats/json_lines.h"
#include "io/side/genre_pieces.h"
#include "io/side/python_literal.h"
#include "io/text/rows.h"

#include <stdio.h>
#include <string.h>

/* A list being read. */
typedef struct reading {
    hr_side_file file;
    hr_genre_pieces genres;
    hr_take_item *take;
    void *context;
    hr_status taken; /* what `take` returned */
} reading;

/* The text of the first of the members that there is. */
static hr_text_piece text_of(const json_t *object, const char *const *names)
{
    for (; *names; names++) {
        const json_t *value = json_object_get(object, *names);
        if (json_is_string(value))
            return (hr_text_piece){json_string_value(value), (int64_t)json_string_length(value)};
    }
    return (hr_text_piece){NULL, 0};
}

static hr_status take_object(reading *r, const json_t *object, hr_error *err)
{
    static const char *const ids[] = {"parent_asin", "asin", "business_id", "book_id", "item_id", "id", NULL};
    static const char *const titles[] = {"title", "name", NULL};
    static const char *const lists[] = {"categories", "category", "genres", NULL};
    hr_status status = HR_OK;
    hr_item_row item = {.id = text_of(object, ids), .title = text_of(object, titles)};
    if (item.id.length == 0) {
        hr_side_bad(&r->file, "no member is an id: expected asin or parent_asin");
        return HR_OK;
    }
    hr_genre_pieces_clear(&r->genres);
    for (const char *const *name = lists; *name && r->genres.count == 0; name++)
        HR_TRY(hr_genre_pieces_add_json(&r->genres, json_object_get(object, *name), err));
    item.genre = r->genres.piece;
    item.genres = r->genres.count;
    HR_TRY(r->taken = r->take(r->context, &item, err));
done:
    return status;
}

static hr_status take_line(void *context, const hr_row *row, hr_error *err)
{
    reading *r = context;
    hr_status status = HR_OK;
    json_t *object = NULL;
    r->file.offset = row->offset;
    HR_TRY(hr_python_literal(row->field[0], &object, err));
    if (json_is_object(object))
        HR_TRY(take_object(r, object, err));
    else
        hr_side_bad(&r->file, "found \"%.*s\", expected a JSON object", HR_PIECE(row->field[0]));
done:
    json_decref(object);
    return status;
}

static hr_status read_items(const char *path, const char *other, const void *form, hr_take_item *take,
                            void *context, hr_side_report *report, hr_error *err)
{
    reading r = {.file.report = report, .take = take, .context = context};
    hr_status status = hr_text_open(&r.file.text, path, err);
    (void)other;
    (void)form;
    if (status == HR_OK)
        status = hr_text_rows(r.file.text, &(hr_dialect){.separator = HR_SEPARATOR_NONE}, 0, INT64_MAX,
                              take_line, &r, err);
    status = hr_side_finish(&r.file, status, r.taken, err);
    hr_genre_pieces_free(&r.genres);
    return status;
}

hr_status hr_json_meta_add(hr_source *source, const hr_listing *listing, const char *stem, hr_error *err)
{
    hr_status status = HR_OK;
    char names[2 * HR_PATH_LENGTH], path[HR_PATH_LENGTH];
    size_t length = 0;
    if (strncmp(stem, "reviews_", 8) == 0)
        stem += 8;
    length = strcspn(stem, ".");
    if (length > 2 && stem[length - 2] == '_')
        length -= 2; /* 5-core */
    snprintf(names, sizeof names, "meta_%.*s.json meta_%.*s.jsonl", (int)length, stem, (int)length, stem);
    const char *file = strchr(stem, ' ') ? NULL : hr_listing_find(listing, names);
    if (!file)
        return HR_OK;
    HR_TRY(hr_listing_path(listing, file, path, err));
    HR_TRY(hr_source_add_side(source, &(hr_side){.path = path, .items = read_items}, err));
    HR_TRY(hr_source_say(source, err, "%s: what is known of items", path));
done:
    return status;
}
