#include "io/text/encoding.h"

#include "io/base/utf8.h"

#include <string.h>

enum {
    ZEROS_IN_UTF16 = 16, /* one byte of so many, or more, is a zero in a table in UTF-16 */
    OTHER_ZEROS = 2      /* and so many times more as high bytes than as low ones, such as those of U+4E00 */
};

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

/* Zeros at every other byte. */
static int64_t count_zeros(const char *bytes, int64_t from, int64_t length)
{
    int64_t zeros = 0;
    for (int64_t i = from; i < length; i += 2)
        zeros += bytes[i] == 0;
    return zeros;
}

/* Whether a text begins with two characters of ASCII in UTF-16, whose high bytes are the odd ones or the even ones: long
 * lines of Chinese have few zeros behind them. */
static bool begins_as_utf16(const char *bytes, int64_t length, bool odd)
{
    return length >= 4 && !bytes[odd] && !bytes[2 + odd] && bytes[!odd] && bytes[2 + !odd];
}

/* Whether zeros are those of high bytes. */
static bool has_high_zeros(const char *bytes, int64_t length, bool odd)
{
    const int64_t high = count_zeros(bytes, odd, length), low = count_zeros(bytes, !odd, length);
    return ZEROS_IN_UTF16 * high >= length && high > 1 && high > OTHER_ZEROS * low;
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
    for (int odd = 0; odd < 2; odd++)
        if (begins_as_utf16(bytes, length, odd))
            return odd ? HR_UTF16LE : HR_UTF16BE;
    for (int odd = 0; odd < 2; odd++)
        if (has_high_zeros(bytes, length, odd))
            return odd ? HR_UTF16LE : HR_UTF16BE;
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

/* A byte of Windows-1252. */
static uint32_t character_of(unsigned char byte)
{
    static const uint16_t letters[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                         0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                         0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                         0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    return byte >= 0x80 && byte < 0xA0 ? letters[byte - 0x80] : byte;
}

int64_t hr_latin1_decode(const char *bytes, int64_t length, char *out)
{
    int64_t made = 0;
    for (int64_t i = 0; i < length; i++)
        made += encode(character_of((unsigned char)bytes[i]), out + made);
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
