#include "io/side/genre_pieces.h"

#include "io/base/memory.h"
#include "io/side/python_literal.h"

#include <string.h>

void hr_genre_pieces_clear(hr_genre_pieces *g)
{
    json_decref(g->list);
    g->list = NULL;
    g->count = 0;
}

void hr_genre_pieces_free(hr_genre_pieces *g)
{
    hr_genre_pieces_clear(g);
    free(g->piece);
    *g = (hr_genre_pieces){0};
}

hr_status hr_genre_pieces_add(hr_genre_pieces *g, hr_text_piece genre, hr_error *err)
{
    hr_status status = HR_OK;
    genre = hr_piece_trimmed(genre);
    if (genre.length == 0 || hr_piece_is(genre, "(no genres listed)"))
        return HR_OK;
    HR_GROW(g->piece, g->capacity, g->count + 1);
    g->piece[g->count++] = genre;
done:
    return status;
}

hr_status hr_genre_pieces_add_json(hr_genre_pieces *g, const json_t *value, hr_error *err)
{
    hr_status status = HR_OK;
    if (json_is_object(value))
        value = json_object_get(value, "name");
    if (json_is_string(value))
        return hr_genre_pieces_add(
            g, (hr_text_piece){json_string_value(value), (int64_t)json_string_length(value)}, err);
    for (size_t i = 0; status == HR_OK && i < json_array_size(value); i++)
        status = hr_genre_pieces_add_json(g, json_array_get(value, i), err);
    return status;
}

static bool has(hr_text_piece text, char byte)
{
    return text.length > 0 && memchr(text.at, byte, (size_t)text.length);
}

hr_status hr_genre_pieces_split(hr_genre_pieces *g, hr_text_piece field, char separator, hr_error *err)
{
    hr_status status = HR_OK;
    hr_genre_pieces_clear(g);
    if (field.length > 0 && *field.at == '[') {
        HR_TRY(hr_python_literal(field, &g->list, err));
        if (g->list)
            return hr_genre_pieces_add_json(g, g->list, err);
    }
    if (separator == 0)
        separator = has(field, '|') ? '|' : has(field, ';') ? ';' : ',';
    while (field.length > 0) {
        const char *end = memchr(field.at, separator, (size_t)field.length);
        const int64_t length = end ? end - field.at : field.length;
        HR_TRY(hr_genre_pieces_add(g, (hr_text_piece){field.at, length}, err));
        field.at += length + (end != NULL);
        field.length -= length + (end != NULL);
    }
done:
    return status;
}
