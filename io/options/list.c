#include "io/options/list.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Reads one value at `text` into element `index` of `values`; returns what follows it, or NULL. */
typedef const char *read_value(const char *text, char separator, void *values, int index);

static const char *read_int(const char *text, char separator, void *values, int index)
{
    (void)separator;
    char *end = NULL;
    errno = 0;
    ((int64_t *)values)[index] = strtoll(text, &end, 10);
    return end != text && errno == 0 ? end : NULL;
}

static const char *read_real(const char *text, char separator, void *values, int index)
{
    (void)separator;
    char *end = NULL;
    double *value = (double *)values + index;
    *value = strtod(text, &end);
    return end != text && isfinite(*value) ? end : NULL;
}

static const char *read_word(const char *text, char separator, void *values, int index)
{
    const char ends[2] = {separator, '\0'};
    const size_t length = strcspn(text, ends);
    char *word = ((hr_word *)values)[index];
    if (length >= HR_WORD_LENGTH)
        return NULL;
    memcpy(word, text, length);
    word[length] = '\0';
    return text + length;
}

static int separate(const char *text, char separator, void *values, int most, read_value *read)
{
    if (*text == '\0')
        return 0;
    for (int count = 0; count < most;) {
        const char *end = read(text, separator, values, count);
        if (!end || (*end != separator && *end != '\0'))
            return -1;
        count++;
        if (*end == '\0')
            return count;
        text = end + 1;
    }
    return -1;
}

int hr_separate_ints(const char *text, char separator, int64_t *values, int most)
{
    return separate(text, separator, values, most, read_int);
}

int hr_separate_reals(const char *text, char separator, double *values, int most)
{
    return separate(text, separator, values, most, read_real);
}

int hr_separate_words(const char *text, char separator, hr_word *words, int most)
{
    return separate(text, separator, words, most, read_word);
}

static hr_status refuse(const hr_list *list, const char *text, hr_error *err)
{
    char numbers[32];
    if (list->fewest == 0)
        snprintf(numbers, sizeof numbers, "up to %d", list->most);
    else
        snprintf(numbers, sizeof numbers, "%d to %d", list->fewest, list->most);
    return hr_fail(err, HR_USAGE, "--%s %s: expected %s %s%s from %.10g to %.10g, such as %s", list->option,
                   text, numbers, list->ascends ? "ascending " : "", list->what, list->minimum, list->maximum,
                   list->example);
}

static bool fits(const hr_list *list, double value, double before, int index)
{
    return value >= list->minimum && value <= list->maximum &&
           (index == 0 || !list->ascends || value > before);
}

hr_status hr_list_ints(const hr_list *list, const char *text, int64_t *values, int *count, hr_error *err)
{
    *count = hr_separate_ints(text, ',', values, list->most);
    bool ok = *count >= list->fewest;
    for (int i = 0; i < *count; i++)
        ok = ok && fits(list, (double)values[i], i > 0 ? (double)values[i - 1] : 0.0, i);
    return ok ? HR_OK : refuse(list, text, err);
}

hr_status hr_list_reals(const hr_list *list, const char *text, double *values, int *count, hr_error *err)
{
    *count = hr_separate_reals(text, ',', values, list->most);
    bool ok = *count >= list->fewest;
    for (int i = 0; i < *count; i++)
        ok = ok && fits(list, values[i], i > 0 ? values[i - 1] : 0.0, i);
    return ok ? HR_OK : refuse(list, text, err);
}
