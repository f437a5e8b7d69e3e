#include "io/side/python_literal.h"

#include "io/base/memory.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* JSON being written. */
typedef struct writer {
    const char *at, *end; /* what is left to read */
    char *json;
    int64_t length, capacity;
} writer;

static hr_status put(writer *w, const char *bytes, size_t count, hr_error *err)
{
    hr_status status = HR_OK;
    HR_GROW(w->json, w->capacity, w->length + (int64_t)count);
    memcpy(w->json + w->length, bytes, count);
    w->length += (int64_t)count;
done:
    return status;
}

/* Reads up to `most` digits of base 16. */
static unsigned hexadecimal(writer *w, int most)
{
    unsigned number = 0;
    for (int i = 0; i < most && w->at < w->end && isxdigit((unsigned char)*w->at); i++, w->at++) {
        const char digit = (char)tolower((unsigned char)*w->at);
        number = 16 * number + (unsigned)(isdigit((unsigned char)digit) ? digit - '0' : digit - 'a' + 10);
    }
    return number;
}

/* A character beyond the first 2^16 is two surrogates in JSON. */
static hr_status put_character(writer *w, unsigned code, hr_error *err)
{
    char text[16];
    const unsigned beyond = code - 0x10000;
    const int length = code < 0x10000 ? snprintf(text, sizeof text, "\\u%04x", code)
                                      : snprintf(text, sizeof text, "\\u%04x\\u%04x",
                                                 0xD800 | (beyond >> 10 & 0x3FF), 0xDC00 | (beyond & 0x3FF));
    return put(w, text, (size_t)length, err);
}

/* What follows a backslash. */
static hr_status put_escaped(writer *w, hr_error *err)
{
    const char kind = w->at < w->end ? *w->at++ : '\\';
    switch (kind) {
    case 'x':
        return put_character(w, hexadecimal(w, 2), err);
    case 'u':
        return put_character(w, hexadecimal(w, 4), err);
    case 'U':
        return put_character(w, hexadecimal(w, 8), err);
    case 'n':
    case 't':
    case 'r':
        return put(w, (const char[]){'\\', kind}, 2, err);
    case '\'':
        return put(w, "'", 1, err);
    case '"':
        return put(w, "\\\"", 2, err);
    default: /* Python keeps a backslash that escapes nothing */
        return kind == '\\' ? put(w, "\\\\", 2, err) : put(w, (const char[]){'\\', '\\', kind}, 3, err);
    }
}

/* A string, from its opening quote on; false where it is not closed. */
static hr_status put_string(writer *w, bool *closed, hr_error *err)
{
    hr_status status = HR_OK;
    const char quote = *w->at++;
    HR_TRY(put(w, "\"", 1, err));
    while (w->at < w->end && *w->at != quote) {
        const char byte = *w->at++;
        if (byte == '\\')
            HR_TRY(put_escaped(w, err));
        else if (byte == '"')
            HR_TRY(put(w, "\\\"", 2, err));
        else if ((unsigned char)byte < ' ')
            HR_TRY(put_character(w, (unsigned char)byte, err));
        else
            HR_TRY(put(w, &byte, 1, err));
    }
    *closed = w->at < w->end;
    w->at += *closed;
    HR_TRY(put(w, "\"", 1, err));
done:
    return status;
}

/* A name, such as None, or the letter before a string. */
static hr_status put_name(writer *w, hr_error *err)
{
    static const char *const names[][2] = {
        {"None", "null"}, {"nan", "null"}, {"True", "true"}, {"False", "false"}};
    const char *begin = w->at;
    while (w->at < w->end && isalpha((unsigned char)*w->at))
        w->at++;
    const size_t length = (size_t)(w->at - begin);
    if (length == 1 && w->at < w->end && (*w->at == '\'' || *w->at == '"'))
        return HR_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i][0]) == length && memcmp(begin, names[i][0], length) == 0)
            return put(w, names[i][1], strlen(names[i][1]), err);
    return put(w, begin, length, err);
}

/* Punctuation; a comma before a closing bracket is dropped. */
static hr_status put_mark(writer *w, hr_error *err)
{
    char mark = *w->at++;
    mark = mark == '(' ? '[' : mark == ')' ? ']' : mark;
    if ((mark == ']' || mark == '}') && w->length > 0 && w->json[w->length - 1] == ',')
        w->length--;
    return isspace((unsigned char)mark) ? HR_OK : put(w, &mark, 1, err);
}

static hr_status write_json(writer *w, bool *closed, hr_error *err)
{
    hr_status status = HR_OK;
    *closed = true;
    while (status == HR_OK && *closed && w->at < w->end) {
        const unsigned char byte = (unsigned char)*w->at;
        if (byte == '\'' || byte == '"') {
            status = put_string(w, closed, err);
        } else if (isalpha(byte)) {
            status = put_name(w, err);
        } else if (isdigit(byte) || byte == '-' || byte == '+' || byte == '.') {
            const char *begin = w->at;
            while (w->at < w->end && (isalnum((unsigned char)*w->at) || strchr("+-.", *w->at)))
                w->at++;
            status = put(w, begin, (size_t)(w->at - begin), err);
        } else {
            status = put_mark(w, err);
        }
    }
    return status;
}

hr_status hr_python_literal(hr_text_piece text, json_t **value, hr_error *err)
{
    hr_status status = HR_OK;
    bool closed = false;
    writer w = {.at = text.at, .end = text.at + text.length};
    *value = json_loadb(text.at, (size_t)text.length, JSON_DECODE_ANY, NULL);
    if (*value)
        return HR_OK;
    HR_TRY(write_json(&w, &closed, err));
    if (closed && w.length > 0)
        *value = json_loadb(w.json, (size_t)w.length, JSON_DECODE_ANY, NULL);
    HR_TRY(hr_json_check("a value of a table", err));
done:
    free(w.json);
    return status;
}
