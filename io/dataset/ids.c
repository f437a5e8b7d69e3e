#include "io/dataset/ids.h"

#include "io/base/json.h"
#include "io/base/search.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void hr_ids_free(hr_ids *ids)
{
    free(ids->number);
    hr_strings_free(&ids->text);
    *ids = (hr_ids){0};
}

bool hr_id_number(const char *text, int64_t length, int64_t *number)
{
    const bool negative = length > 0 && text[0] == '-';
    const int64_t first = negative, digits = length - first;
    int64_t value = 0; /* below 0, where one number more is to be had */
    if (digits < 1 || digits > 19 || (text[first] == '0' && length > 1))
        return false;
    for (int64_t i = first; i < length; i++) {
        if (text[i] < '0' || text[i] > '9' || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, text[i] - '0', &value))
            return false;
    }
    *number = negative ? value : value == INT64_MIN ? 0 : -value;
    return negative || value != INT64_MIN;
}

const char *hr_ids_text(const hr_ids *ids, int64_t index, char buffer[HR_ID_BUFFER])
{
    if (!ids->number)
        return hr_strings_at(&ids->text, index);
    snprintf(buffer, HR_ID_BUFFER, "%" PRId64, ids->number[index]);
    return buffer;
}

json_t *hr_ids_json(const hr_ids *ids, int64_t index)
{
    return ids->number ? json_integer(ids->number[index]) : hr_json_string(hr_strings_at(&ids->text, index));
}

/* Below, at or above 0 where id i of `a` comes before, is, or comes after id j of `b`; both of one kind. */
static int compare(const hr_ids *a, int64_t i, const hr_ids *b, int64_t j)
{
    if (a->number)
        return (a->number[i] > b->number[j]) - (a->number[i] < b->number[j]);
    return strcmp(hr_strings_at(&a->text, i), hr_strings_at(&b->text, j));
}

int64_t hr_ids_disorder(const hr_ids *ids)
{
    for (int64_t i = 1; i < ids->count; i++)
        if (compare(ids, i, ids, i - 1) <= 0)
            return i;
    return ids->count;
}

/* A text that is searched. */
typedef struct search {
    const hr_strings *texts;
    const char *text;
    size_t length;
} search;

static int compare_text(const search *s, int64_t index)
{
    const char *at = hr_strings_at(s->texts, index);
    const int order = strncmp(at, s->text, s->length);
    return order != 0 ? order : at[s->length] != '\0';
}

static bool comes_before(const void *array, int64_t index, int64_t wanted)
{
    (void)wanted;
    return compare_text(array, index) < 0;
}

int64_t hr_ids_find(const hr_ids *ids, const char *text, int64_t length)
{
    int64_t number = 0;
    if (ids->number)
        return hr_id_number(text, length, &number) ? hr_find_i64(ids->number, ids->count, number)
                                                   : HR_NOT_FOUND;
    const search s = {&ids->text, text, (size_t)length};
    const int64_t at = hr_bisect(&s, ids->count, 0, comes_before);
    return at < ids->count && compare_text(&s, at) == 0 ? at : HR_NOT_FOUND;
}

/* Of one kind: by merging both lists. */
static void merge(const hr_ids *ids, const hr_ids *wanted, int64_t *index)
{
    for (int64_t w = 0, i = 0; w < wanted->count; w++) {
        int order = 1;
        while (i < ids->count && (order = compare(ids, i, wanted, w)) < 0)
            i++;
        index[w] = i < ids->count && order == 0 ? i : HR_NOT_FOUND;
    }
}

void hr_ids_match(const hr_ids *ids, const hr_ids *wanted, int64_t *index)
{
    char buffer[HR_ID_BUFFER];
    if (!ids->number == !wanted->number) {
        merge(ids, wanted, index);
        return;
    }
    for (int64_t w = 0; w < wanted->count; w++) {
        const char *text = hr_ids_text(wanted, w, buffer);
        index[w] = hr_ids_find(ids, text, (int64_t)strlen(text));
    }
}
