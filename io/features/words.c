#include "io/features/words.h"

#include "io/base/memory.h"

#include <stdbool.h>
#include <string.h>

/* Words that say nothing of a film; not a language's whole list, as titles are short. */
static const char *const stop_words[] = {
    "an",  "and", "are",  "as",   "at",    "be",  "but",   "by",   "for",  "from", "he",  "her", "his",
    "how", "if",  "in",   "is",   "it",    "its", "me",    "my",   "no",   "not",  "of",  "on",  "or",
    "our", "she", "so",   "than", "that",  "the", "their", "them", "they", "this", "to",  "up",  "us",
    "was", "we",  "what", "when", "where", "who", "why",   "will", "with", "you",  "your"};
enum { STOP_WORDS = sizeof stop_words / sizeof *stop_words };

/* The C library's tests of bytes follow the locale; these do not. */
static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter_or_digit(char c)
{
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || (unsigned char)c >= 0x80;
}

int32_t hr_title_year(const char *title, int64_t *name_length)
{
    const char *open = strrchr(title, '(');
    bool found = open != NULL;
    for (int i = 1; found && i <= 4; i++)
        found = is_digit(open[i]);
    found = found && !is_digit(open[5]);
    *name_length = found ? open - title : (int64_t)strlen(title);
    return found ? (int32_t)strtol(open + 1, NULL, 10) : 0;
}

static bool counts(const char *word)
{
    int letters = 0;
    for (const char *c = word; *c; c++)
        letters += ((unsigned char)*c & 0xC0) != 0x80; /* a letter's further UTF-8 bytes are 10xxxxxx */
    for (int i = 0; i < STOP_WORDS; i++)
        if (strcmp(word, stop_words[i]) == 0)
            return false;
    return letters > 1;
}

hr_status hr_title_words(const char *title, hr_strings *words, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t length = 0;
    char *text = NULL;
    hr_title_year(title, &length);
    HR_ALLOC(text, length + 1);
    for (int64_t i = 0; i < length; i++)
        text[i] = lower(title[i]);
    for (int64_t first = 0, end; first < length; first = end + 1) {
        for (end = first; end < length && is_letter_or_digit(text[end]);)
            end++;
        text[end] = '\0';
        if (counts(text + first))
            HR_TRY(hr_strings_append(words, text + first, end - first, err));
    }
done:
    free(text);
    return status;
}

hr_status hr_tag_clean(const char *tag, hr_strings *cleaned, hr_error *err)
{
    hr_status status = HR_OK;
    char *text = NULL;
    int64_t length = 0;
    bool blank = false;
    HR_ALLOC(text, (int64_t)strlen(tag) + 1);
    for (const char *c = tag; *c; c++) {
        if (is_blank(*c)) {
            blank = length > 0;
            continue;
        }
        if (blank)
            text[length++] = ' ';
        text[length++] = lower(*c);
        blank = false;
    }
    HR_TRY(hr_strings_append(cleaned, text, length, err));
done:
    free(text);
    return status;
}
