#include "trainer/catalogue/folded_title.h"

#include "io/base/memory.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

/* Of languages whose titles catalogues write as "Matrix, The"; those that end in ' join the next word. */
static const char *const articles[] = {"the", "a",   "an",  "le",   "la", "les", "l'",  "un",  "une", "der",
                                       "die", "das", "ein", "eine", "el", "los", "las", "una", "il",  "lo",
                                       "gli", "i",   "os",  "o",    "as", "den", "det", "het", NULL};

/* Whether the bytes are an article, which *end receives the length of; more follows it or not. */
static bool begins_with_article(const char *text, int64_t length, int64_t *end)
{
    for (int i = 0; articles[i]; i++) {
        const int64_t bytes = (int64_t)strlen(articles[i]);
        if (bytes > length || memcmp(text, articles[i], (size_t)bytes) != 0)
            continue;
        if (bytes == length || text[bytes] == ' ' || articles[i][bytes - 1] == '\'') {
            *end = bytes;
            return true;
        }
    }
    return false;
}

/* Appends a character as names have it: letters and digits; an apostrophe or a full stop is left out, and others
 * keep words apart. */
static void append_character(hr_folded *folded, utf8proc_int32_t c)
{
    utf8proc_uint8_t bytes[4];
    const utf8proc_category_t kind = utf8proc_category(c);
    const bool is_word = kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO;
    if (c == '\'' || c == '.' || c == '`' || c == 0x2019 || c == 0x02BC)
        return;
    if (!is_word && (folded->length == 0 || folded->text[folded->length - 1] == ' '))
        return;
    const utf8proc_ssize_t count = utf8proc_encode_char(is_word ? c : ' ', bytes);
    if (folded->length + (int)count >= HR_FOLDED_LENGTH)
        return;
    memcpy(folded->text + folded->length, bytes, (size_t)count);
    folded->length += (int)count;
}

static void append_text(hr_folded *folded, const char *text, int64_t length)
{
    utf8proc_int32_t c = 0;
    for (int64_t at = 0; at < length;) {
        const utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *)text + at, length - at, &c);
        if (bytes <= 0)
            return;
        if (c == '&')
            append_text(folded, " and ", 5);
        else
            append_character(folded, c);
        at += bytes;
    }
}

static void trim(hr_folded *folded)
{
    if (folded->length > 0 && folded->text[folded->length - 1] == ' ')
        folded->length--;
    folded->text[folded->length] = '\0';
}

/* Folds a name in small letters, whose article may come last: "matrix, the". */
static void fold_name(hr_folded *folded, const char *text, int64_t length)
{
    int64_t end = 0, comma = length;
    while (comma > 0 && text[comma - 1] != ',')
        comma--;
    const char *last = text + comma;
    int64_t last_length = length - comma;
    while (last_length > 0 && *last == ' ') {
        last++;
        last_length--;
    }
    if (comma > 1 && begins_with_article(last, last_length, &end) && end == last_length) {
        append_text(folded, last, last_length);
        if (last[last_length - 1] != '\'')
            append_text(folded, " ", 1);
        folded->bare = folded->length;
        append_text(folded, text, comma - 1);
    } else if (begins_with_article(text, length, &end) && end < length) {
        append_text(folded, text, end);
        folded->bare = folded->length + (text[end] == ' ');
        append_text(folded, text + end, length - end);
    } else {
        append_text(folded, text, length);
    }
    trim(folded);
    if (folded->bare >= folded->length)
        folded->bare = 0;
}

hr_status hr_fold(hr_folded *folded, const char *text, int64_t length, hr_error *err)
{
    *folded = (hr_folded){0};
    utf8proc_uint8_t *small = NULL;
    const utf8proc_ssize_t bytes = utf8proc_map((const utf8proc_uint8_t *)text, length, &small,
                                                UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                                    UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
    if (bytes == UTF8PROC_ERROR_NOMEM)
        return hr_fail_memory(err, length, 1, "a title");
    if (bytes > 0)
        fold_name(folded, (const char *)small, bytes);
    free(small);
    return HR_OK;
}

/* The year that ends the title, in parentheses; 0 without. *length becomes what is before it. */
static int32_t cut_year(const char *title, int64_t *length)
{
    int64_t end = *length;
    int32_t year = 0;
    while (end > 0 && title[end - 1] == ' ')
        end--;
    if (end < 6 || title[end - 1] != ')' || title[end - 6] != '(')
        return 0;
    for (int64_t i = end - 5; i < end - 1; i++) {
        if (!isdigit((unsigned char)title[i]))
            return 0;
        year = 10 * year + (title[i] - '0');
    }
    for (end -= 6; end > 0 && title[end - 1] == ' ';)
        end--;
    *length = end;
    return year;
}

static void add_name(hr_title_names *names, const char *text, int64_t length)
{
    static const char known_as[] = "a.k.a. ";
    const int64_t bytes = (int64_t)sizeof known_as - 1;
    while (length > 0 && text[length - 1] == ' ')
        length--;
    const int64_t skip = length > bytes && memcmp(text, known_as, (size_t)bytes) == 0 ? bytes : 0;
    if (names->count == HR_TITLE_NAMES || length == skip)
        return;
    names->text[names->count] = text + skip;
    names->length[names->count++] = length - skip;
}

/* Whether a subtitle follows: a colon, or a dash between blanks. */
static bool begins_subtitle(const char *text, int64_t length)
{
    static const char *const separators[] = {":", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 "};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        const int64_t bytes = (int64_t)strlen(separators[i]);
        if (bytes <= length && memcmp(text, separators[i], (size_t)bytes) == 0)
            return true;
    }
    return false;
}

static void add_names_before_subtitles(hr_title_names *names, const char *title, int64_t length)
{
    for (int64_t at = 1; at < length; at++)
        if (begins_subtitle(title + at, length - at))
            add_name(names, title, at);
}

void hr_title_split(hr_title_names *names, const char *title)
{
    int64_t length = (int64_t)strlen(title);
    *names = (hr_title_names){.year = cut_year(title, &length)};
    const char *end = title + length, *open = memchr(title, '(', (size_t)length);
    add_name(names, title, length);
    if (open && open > title)
        add_name(names, title, open - title);
    names->alternative = names->count;
    add_names_before_subtitles(names, title, open ? open - title : length);
    while (open) {
        const char *close = memchr(open, ')', (size_t)(end - open));
        if (!close)
            return;
        add_name(names, open + 1, close - open - 1);
        open = memchr(close, '(', (size_t)(end - close));
    }
}
