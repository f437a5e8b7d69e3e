#include "trainer/explain/shared_traits.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { JOINED_LENGTH = 1024 };

static void join(char text[JOINED_LENGTH], const char *name)
{
    const size_t used = strlen(text);
    if (used + strlen(name) + 3 < JOINED_LENGTH)
        snprintf(text + used, JOINED_LENGTH - used, "%s%s", used > 0 ? ", " : "", name);
}

static bool has_genre(const hr_genres *genres, int64_t movie, int32_t genre)
{
    for (int64_t i = genres->ptr[movie]; i < genres->ptr[movie + 1]; i++)
        if (genres->genre[i] == genre)
            return true;
    return false;
}

hr_status hr_shared_genres(const hr_genres *genres, int64_t movie, int64_t other, hr_strings *shared,
                           hr_error *err)
{
    char text[JOINED_LENGTH] = "";
    for (int64_t i = genres->ptr[movie]; i < genres->ptr[movie + 1]; i++)
        if (has_genre(genres, other, genres->genre[i]))
            join(text, hr_strings_at(&genres->name, genres->genre[i]));
    return hr_strings_append(shared, text, (int64_t)strlen(text), err);
}

/* The best tags so far, best first. */
typedef struct best_tags {
    int count;
    int32_t term[HR_SHARED_TAGS];
    float weight[HR_SHARED_TAGS];
} best_tags;

static void offer(best_tags *best, int32_t term, float weight)
{
    int at = best->count;
    while (at > 0 && best->weight[at - 1] < weight)
        at--;
    if (at == HR_SHARED_TAGS)
        return;
    best->count += best->count < HR_SHARED_TAGS;
    for (int i = best->count - 1; i > at; i--) {
        best->term[i] = best->term[i - 1];
        best->weight[i] = best->weight[i - 1];
    }
    best->term[at] = term;
    best->weight[at] = weight;
}

hr_status hr_shared_tags(const hr_text *text, int64_t movie, int64_t other, hr_strings *shared, hr_error *err)
{
    char joined[JOINED_LENGTH] = "";
    best_tags best = {0};
    const int64_t end = text->ptr ? text->ptr[movie + 1] : 0,
                  other_end = text->ptr ? text->ptr[other + 1] : 0;
    int64_t i = text->ptr ? text->ptr[movie] : 0, j = text->ptr ? text->ptr[other] : 0;
    while (i < end && j < other_end) {
        const int32_t a = text->term[i], b = text->term[j];
        if (a == b && text->kind[a] == HR_TERM_TAG)
            offer(&best, a, text->weight[i] * text->weight[j]);
        i += a <= b;
        j += b <= a;
    }
    for (int t = 0; t < best.count; t++)
        join(joined, hr_strings_at(&text->name, best.term[t]));
    return hr_strings_append(shared, joined, (int64_t)strlen(joined), err);
}
