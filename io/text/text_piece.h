/* Pieces of text that lie in somebody else's memory. */
#ifndef HR_IO_TEXT_TEXT_PIECE_H
#define HR_IO_TEXT_TEXT_PIECE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Not NUL-terminated, UTF-8. */
typedef struct hr_text_piece {
    const char *at;
    int64_t length;
} hr_text_piece;

/* HR_PIECE(piece): the two arguments of "%.*s", cut to what a message has room for. */
#define HR_PIECE(piece) (int)((piece).length < 100 ? (piece).length : 100), (piece).at

static inline hr_text_piece hr_piece_of(const char *text)
{
    return (hr_text_piece){text, (int64_t)strlen(text)};
}

static inline bool hr_piece_is(hr_text_piece piece, const char *text)
{
    return (int64_t)strlen(text) == piece.length && memcmp(piece.at, text, (size_t)piece.length) == 0;
}

/* Without blanks and tabs at both ends. */
static inline hr_text_piece hr_piece_trimmed(hr_text_piece piece)
{
    while (piece.length > 0 && (*piece.at == ' ' || *piece.at == '\t')) {
        piece.at++;
        piece.length--;
    }
    while (piece.length > 0 && (piece.at[piece.length - 1] == ' ' || piece.at[piece.length - 1] == '\t'))
        piece.length--;
    return piece;
}

/* Cuts the field off that *line begins with, up to a comma or the end. */
static inline hr_text_piece hr_piece_field(hr_text_piece *line)
{
    const char *comma = line->length > 0 ? memchr(line->at, ',', (size_t)line->length) : NULL;
    const int64_t length = comma ? comma - line->at : line->length;
    const hr_text_piece field = {line->at, length};
    line->at += length + (comma != NULL);
    line->length -= length + (comma != NULL);
    return field;
}

#endif
