#include "io/text/fields.h"

#include <string.h>

char hr_separator_byte(hr_separator separator)
{
    static const char bytes[] = {',', '\t', ';', ':', '|', ' ', '\n'};
    return bytes[separator];
}

bool hr_separates(hr_separator separator, const char *at)
{
    if (separator == HR_SEPARATOR_BLANKS)
        return *at == ' ' || *at == '\t';
    return *at == hr_separator_byte(separator) && (separator != HR_SEPARATOR_COLONS || at[1] == ':');
}

bool hr_ends_field(const hr_dialect *dialect, const char *at)
{
    return *at == '\n' || (*at == '\r' && at[1] == '\n') || hr_separates(dialect->separator, at);
}

static const char *line_end(const char *at, const char *end)
{
    return at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
}

/* The next quote; most are near. */
static const char *next_quote(const char *at, const char *end)
{
    enum { NEAR = 16 };
    const char *near = end - at > NEAR ? at + NEAR : end;
    for (; at < near; at++)
        if (*at == '"')
            return at;
    return at < end ? memchr(at, '"', (size_t)(end - at)) : NULL;
}

/* The closing quote of a quoted field, where `at` is inside it; NULL where there is none. */
static const char *closing_quote(const char *at, const char *end, bool last)
{
    while (at < end) {
        const char *quote = next_quote(at, end);
        if (!quote)
            return NULL;
        if (quote + 1 == end)
            return last ? quote : NULL; /* the next byte tells whether it is doubled */
        if (quote[1] != '"')
            return quote;
        at = quote + 2;
    }
    return NULL;
}

/* The rest of a quoted field, from `at` inside it. `from` is where its line begins to be lost if it is broken. */
static hr_field quoted_field(const hr_dialect *dialect, const char *at, const char *end, bool last)
{
    hr_field field = {.begin = at, .end = at, .quoted = true};
    const char *quote = closing_quote(at, end, last);
    if (!quote && !last)
        return field;
    if (quote && !last && end - quote < 3 && !hr_ends_field(dialect, quote + 1))
        return field; /* "\r\n" or "::" may be cut */
    if (quote && hr_ends_field(dialect, quote + 1)) {
        field.end = quote;
        field.next = quote + 1 + (quote[1] == '\r');
        return field;
    }
    field.fault = quote ? "text behind a closing quote" : "a quote that is not closed";
    field.next = line_end(at, end);
    return field;
}

static hr_field plain_field(const hr_dialect *dialect, const char *at, const char *end, bool mid_field)
{
    hr_field field = {.begin = at, .end = at};
    const bool quoted = dialect->quoted;
    const char first = hr_separator_byte(dialect->separator);
    const bool colons = dialect->separator == HR_SEPARATOR_COLONS;
    const char *p = at;
    for (; p < end && *p != '\n'; p++) {
        if (*p == first && (!colons || p[1] == ':'))
            break;
        if (quoted && *p == '"' && !mid_field)
            field.fault = "a quote inside a field";
    }
    if (p < end) {
        field.next = field.fault ? line_end(p, end) : p;
        field.end = p > at && *p == '\n' && p[-1] == '\r' ? p - 1 : p;
    }
    return field;
}

hr_field hr_field_scan(const hr_dialect *dialect, const char *at, const char *end, bool last)
{
    const char *begin = at;
    while (dialect->padded && begin < end && *begin == ' ')
        begin++;
    if (dialect->quoted && begin < end && *begin == '"')
        return quoted_field(dialect, begin + 1, end, last);
    return plain_field(dialect, at, end, false);
}

const char *hr_row_end(const hr_dialect *dialect, const char *at, const char *end, bool last, bool inside,
                       bool mid_field)
{
    hr_field field = inside      ? quoted_field(dialect, at, end, last)
                     : mid_field ? plain_field(dialect, at, end, true)
                                 : hr_field_scan(dialect, at, end, last);
    while (field.next && *field.next != '\n')
        field = hr_field_scan(dialect, field.next + hr_separator_width(dialect->separator), end, last);
    return field.next ? field.next + 1 : NULL;
}
