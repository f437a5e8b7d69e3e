#include "io/text/encoding.h"

#include "io/base/utf8.h"

#include <string.h>

const char *hr_encoding_name(hr_encoding encoding)
{
    static const char *const name[] = {"UTF-8", "Latin-1", "UTF-16LE", "UTF-16BE"};
    return name[encoding];
}

static bool may_be_utf8(const char *bytes, int64_t length)
{
    for (int64_t i = 0; i < length;) {
        const int found = hr_utf8_character(bytes + i, length - i);
        if (found <= 0)
            return found < 0;
        i += found;
    }
    return true;
}

hr_encoding hr_encoding_guess(const char *bytes, int64_t length, int *mark)
{
    static const struct {
        const char *bytes;
        int length;
        hr_encoding encoding;
    } marks[] = {{"\xEF\xBB\xBF", 3, HR_UTF8}, {"\xFF\xFE", 2, HR_UTF16LE}, {"\xFE\xFF", 2, HR_UTF16BE}};
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
        *mark = marks[m].length;
        if (length >= *mark && memcmp(bytes, marks[m].bytes, (size_t)*mark) == 0)
            return marks[m].encoding;
    }
    *mark = 0;
    if (length >= 4 && bytes[0] && !bytes[1] && bytes[2] && !bytes[3])
        return HR_UTF16LE;
    if (length >= 4 && !bytes[0] && bytes[1] && !bytes[2] && bytes[3])
        return HR_UTF16BE;
    return may_be_utf8(bytes, length) ? HR_UTF8 : HR_LATIN1;
}

/* Writes a character as UTF-8; returns its length. */
static int encode(uint32_t character, char *out)
{
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    const int bytes = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (int i = bytes - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (character & 0x3F));
        character >>= 6;
    }
    out[0] = (char)(first[bytes] | character);
    return bytes;
}

int64_t hr_latin1_decode(const char *bytes, int64_t length, char *out)
{
    int64_t made = 0;
    for (int64_t i = 0; i < length; i++)
        made += encode((unsigned char)bytes[i], out + made);
    return made;
}

static uint32_t unit_at(const unsigned char *bytes, bool big_endian)
{
    return big_endian ? (uint32_t)bytes[0] << 8 | bytes[1] : (uint32_t)bytes[1] << 8 | bytes[0];
}

int64_t hr_utf16_decode(const unsigned char *bytes, int64_t length, bool big_endian, char *out, int64_t *used)
{
    int64_t made = 0, at = 0;
    while (at + 2 <= length) {
        uint32_t character = unit_at(bytes + at, big_endian);
        int64_t taken = 2;
        if (character >= 0xD800 && character < 0xDC00) {
            if (at + 4 > length)
                break;
            const uint32_t low = unit_at(bytes + at + 2, big_endian);
            if (low >= 0xDC00 && low < 0xE000) {
                character = 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00);
                taken = 4;
            }
        }
        if (character >= 0xD800 && character < 0xE000)
            character = 0xFFFD;
        made += encode(character, out + made);
        at += taken;
    }
    *used = at;
    return made;
}
