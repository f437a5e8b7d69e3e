#include "io/base/utf8.h"

#include <stdio.h>
#include <string.h>

int hr_utf8_character(const char *text, int64_t length)
{
    const unsigned char *at = (const unsigned char *)text;
    if (at[0] < 0x80)
        return 1;
    const int bytes = at[0] >= 0xF0 ? 4 : at[0] >= 0xE0 ? 3 : 2;
    if (at[0] < 0xC2 || at[0] > 0xF4)
        return 0;
    for (int i = 1; i < bytes; i++) {
        if (i >= length)
            return -1;
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    }
    const bool long_form = (at[0] == 0xE0 && at[1] < 0xA0) || (at[0] == 0xF0 && at[1] < 0x90);
    const bool beyond = (at[0] == 0xED && at[1] >= 0xA0) || (at[0] == 0xF4 && at[1] >= 0x90);
    return long_form || beyond ? 0 : bytes;
}

bool hr_utf8_is_valid(const char *text, int64_t length)
{
    int bytes = 1;
    for (int64_t at = 0; at < length && bytes > 0; at += bytes)
        bytes = hr_utf8_character(text + at, length - at);
    return bytes > 0;
}

/* The number of a whole character. */
static uint32_t decode(const char *text, int bytes)
{
    const unsigned char first = (unsigned char)*text;
    uint32_t value = bytes == 1 ? first : first & (0xFFU >> (bytes + 1));
    for (int i = 1; i < bytes; i++)
        value = value << 6 | ((unsigned char)text[i] & 0x3FU);
    return value;
}

/* Whether a terminal would do anything but show it: C0 and C1 controls, line and paragraph separators, marks
 * of direction. */
static bool is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200E && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static int escape_byte(char *out, size_t size, unsigned char byte)
{
    const char short_names[] = "\n\r\t", letters[] = "nrt", *found = byte ? strchr(short_names, byte) : NULL;
    return found ? snprintf(out, size, "\\%c", letters[found - short_names])
                 : snprintf(out, size, "\\x%02X", byte);
}

/* The longest character, escaped. */
enum { PIECE = 16 };

/* Writes the character that `text` begins with into `piece`, escaped where need be; its bytes there, and in *taken
 * those of the text. */
static size_t escape_first(const char *text, int64_t length, char piece[PIECE + 1], int64_t *taken)
{
    const int found = hr_utf8_character(text, length);
    *taken = found > 0 ? found : 1;
    if (found > 0 && !is_control(decode(text, found))) {
        memcpy(piece, text, (size_t)found);
        return (size_t)found;
    }
    int made = 0;
    for (int64_t i = 0; i < *taken; i++)
        made += escape_byte(piece + made, PIECE + 1 - (size_t)made, (unsigned char)text[i]);
    return (size_t)made;
}

char *hr_escape(char *out, size_t size, const char *text, int64_t length)
{
    enum { ENDING = sizeof "…" };
    size_t used = 0, whole = 0; /* up to `whole` there is room for the ending too */
    for (int64_t at = 0, taken = 0; at < length; at += taken) {
        char piece[PIECE + 1];
        const size_t wanted = escape_first(text + at, length - at, piece, &taken);
        if (used + wanted + 1 > size) {
            memcpy(out + whole, "…", ENDING);
            return out;
        }
        memcpy(out + used, piece, wanted);
        used += wanted;
        whole = used + ENDING <= size ? used : whole;
    }
    out[used] = '\0';
    return out;
}
