#include "io/text/dialect.h"

#include "io/text/fields.h"

#include <strings.h>

enum { ROWS_LOOKED_AT = 200 };

static const char *const names[] = {"comma", "tab", "semicolon", "colons", "bar", "blanks", "none"};
static const char *const bytes[] = {",", "\t", ";", "::", "|", " "};

const char *hr_separator_name(hr_separator separator)
{
    return names[separator];
}

hr_status hr_separator_parse(const char *text, hr_separator *separator, hr_error *err)
{
    if (strcmp(text, "\\t") == 0)
        text = "\t";
    for (int s = 0; s < HR_SEPARATOR_NONE; s++) {
        if (strcmp(text, bytes[s]) == 0 || strcasecmp(text, names[s]) == 0) {
            *separator = (hr_separator)s;
            return HR_OK;
        }
    }
    return hr_fail(err, HR_USAGE,
                   "--separator: found \"%s\", expected one of , ; :: | or tab, comma, semicolon, colons, "
                   "bar, blanks",
                   text);
}

/* Fields of the row at `at`; *next is behind it. */
static int count_fields(const hr_dialect *dialect, const char *at, const char *end, const char **next)
{
    int fields = 1;
    if (dialect->separator == HR_SEPARATOR_BLANKS) {
        fields = 0;
        for (bool blank = true; at < end && *at != '\n'; at++) {
            const bool is = *at == ' ' || *at == '\t' || *at == '\r';
            fields += blank && !is;
            blank = is;
        }
        *next = at + 1;
        return fields;
    }
    hr_field field = hr_field_scan(dialect, at, end, true);
    for (; field.next && *field.next != '\n'; fields++)
        field = hr_field_scan(dialect, field.next + hr_separator_width(dialect->separator), end, true);
    *next = field.next ? field.next + 1 : end;
    return fields;
}

/* Whether the line at `at` holds blanks and tabs alone. */
static bool is_empty(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
        at++;
    return at == end || *at == '\n';
}

/* How well a dialect fits: of the first rows, the share in thousandths that have the most common number of fields; 0 where
 * that is one. */
static int fit(const hr_dialect *dialect, hr_text_piece sample)
{
    int counted[ROWS_LOOKED_AT], rows = 0, best = 0, most = 0;
    const char *end = sample.at + sample.length;
    for (const char *at = sample.at; at < end && rows < ROWS_LOOKED_AT;) {
        const bool empty = is_empty(at, end);
        const int fields = count_fields(dialect, at, end, &at);
        if (!empty)
            counted[rows++] = fields;
    }
    for (int i = 0; i < rows; i++) {
        int same = 0;
        for (int j = 0; j < rows; j++)
            same += counted[j] == counted[i];
        if (same > most) {
            most = same;
            best = counted[i];
        }
    }
    return best < 2 ? 0 : most * 1000 / rows;
}

/* Whether a field of the sample begins with a quote; or, where `padded` is set, with blanks and a quote. */
static bool has_quoted_field(const hr_dialect *dialect, hr_text_piece sample, bool padded)
{
    const char *quote = memchr(sample.at, '"', (size_t)sample.length);
    for (; quote; quote = memchr(quote + 1, '"', (size_t)(sample.at + sample.length - quote - 1))) {
        const char *begin = quote;
        while (padded && begin > sample.at && begin[-1] == ' ')
            begin--;
        if ((begin < quote) == padded && (begin == sample.at || hr_ends_field(dialect, begin - 1)))
            return true;
    }
    return false;
}

hr_dialect hr_dialect_with(hr_separator separator, hr_text_piece sample)
{
    hr_dialect dialect = {.separator = separator};
    if (separator == HR_SEPARATOR_COMMA || separator == HR_SEPARATOR_SEMICOLON)
        dialect.quoted = true;
    else if (separator == HR_SEPARATOR_TAB || separator == HR_SEPARATOR_BAR)
        dialect.quoted = has_quoted_field(&dialect, sample, false);
    dialect.padded = dialect.quoted && has_quoted_field(&dialect, sample, true);
    return dialect;
}

hr_dialect hr_dialect_guess(hr_text_piece sample)
{
    static const hr_separator tried[] = {HR_SEPARATOR_COLONS,    HR_SEPARATOR_TAB, HR_SEPARATOR_COMMA,
                                         HR_SEPARATOR_SEMICOLON, HR_SEPARATOR_BAR, HR_SEPARATOR_BLANKS};
    hr_dialect best = hr_dialect_with(HR_SEPARATOR_COMMA, sample);
    int highest = 0;
    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
        const hr_dialect dialect = hr_dialect_with(tried[i], sample);
        const int fits = fit(&dialect, sample);
        if (fits > highest) { /* equally well: the first of these */
            highest = fits;
            best = dialect;
        }
    }
    return best;
}
