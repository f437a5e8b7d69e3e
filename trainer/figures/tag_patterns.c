#include "trainer/figures/tag_patterns.h"

#include "io/base/memory.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>

/* Tags as they were given. */
typedef struct tags {
    int64_t count;
    int32_t *movie, *text;
    int64_t *times;  /* [different] how often each was given */
    uint64_t *marks; /* [movies] bit i: has tag number i of the frequent ones */
} tags;

void hr_tag_patterns_free(hr_tag_patterns *patterns)
{
    hr_strings_free(&patterns->name);
    *patterns = (hr_tag_patterns){0};
}

static void tags_free(tags *t)
{
    free(t->movie);
    free(t->text);
    free(t->times);
    free(t->marks);
}

static hr_status read_tags(tags *t, hr_tag_patterns *p, hr_h5 *file, int64_t movies, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_h5_shape(file, "tag/movie", &t->count, NULL, err));
    HR_TRY(hr_h5_shape(file, "tag/name", &p->different, NULL, err));
    HR_ALLOC(t->movie, t->count);
    HR_ALLOC(t->text, t->count);
    HR_ALLOC(t->times, p->different);
    HR_ALLOC(t->marks, movies);
    HR_TRY(hr_h5_read_rows(file, "tag/movie", HR_H5_I32, 0, t->count, 1, t->movie, err));
    HR_TRY(hr_h5_read_rows(file, "tag/text", HR_H5_I32, 0, t->count, 1, t->text, err));
    HR_TRY(hr_h5_read_strings(file, "tag/name", 0, p->different, &p->name, err));
    for (int64_t i = 0; i < t->count; i++)
        if (t->movie[i] < 0 || t->movie[i] >= movies || t->text[i] < 0 || t->text[i] >= p->different)
            HR_TRY(hr_fail(err, HR_INPUT,
                           "%s: tag number %" PRId64 " is of no movie or has no text; the file is damaged",
                           hr_h5_path(file), i));
done:
    return status;
}

/* The most frequent tags, by insertion into a short list. */
static void choose_frequent(hr_tag_patterns *p, const tags *t)
{
    for (int64_t i = 0; i < p->different; i++) {
        const bool full = p->count == HR_PATTERN_TAGS;
        if (full && t->times[i] <= p->times[HR_PATTERN_TAGS - 1])
            continue;
        int at = full ? HR_PATTERN_TAGS - 1 : p->count++;
        for (; at > 0 && p->times[at - 1] < t->times[i]; at--) {
            p->times[at] = p->times[at - 1];
            p->tag[at] = p->tag[at - 1];
        }
        p->times[at] = t->times[i];
        p->tag[at] = i;
    }
}

static int bits_of(uint64_t marks)
{
    return __builtin_popcountll(marks);
}

static hr_status mark_movies(hr_tag_patterns *p, tags *t, int64_t movies, hr_error *err)
{
    hr_status status = HR_OK;
    int8_t *number = NULL; /* of a tag among the frequent ones, from 1 */
    uint8_t *tagged = NULL;
    HR_ALLOC(number, p->different);
    HR_ALLOC(tagged, movies);
    for (int i = 0; i < p->count; i++)
        number[p->tag[i]] = (int8_t)(i + 1);
    for (int64_t i = 0; i < t->count; i++) {
        tagged[t->movie[i]] = 1;
        if (number[t->text[i]] > 0)
            t->marks[t->movie[i]] |= UINT64_C(1) << (number[t->text[i]] - 1);
    }
    for (int64_t m = 0; m < movies; m++) {
        p->movies += tagged[m];
        for (int i = 0; bits_of(t->marks[m]) > 0 && i < p->count; i++)
            p->tagged[i] += (int64_t)(t->marks[m] >> i & 1U);
    }
done:
    free(number);
    free(tagged);
    return status;
}

static double information(const hr_tag_pair *pair)
{
    return (double)pair->together * log(pair->lift);
}

static void offer(hr_tag_patterns *p, const hr_tag_pair *pair)
{
    int at = p->pairs;
    if (pair->together < HR_LEAST_TOGETHER || pair->lift <= 1.0)
        return;
    if (at == HR_MOST_PATTERNS && information(&p->pair[at - 1]) >= information(pair))
        return;
    if (at == HR_MOST_PATTERNS)
        at--;
    else
        p->pairs++;
    for (; at > 0 && information(&p->pair[at - 1]) < information(pair); at--)
        p->pair[at] = p->pair[at - 1];
    p->pair[at] = *pair;
}

static void find_pairs(hr_tag_patterns *p, const tags *t, int64_t movies)
{
    for (int a = 0; a < p->count; a++)
        for (int b = a + 1; b < p->count; b++) {
            const uint64_t both = UINT64_C(1) << a | UINT64_C(1) << b;
            hr_tag_pair pair = {.a = a, .b = b};
            for (int64_t m = 0; m < movies; m++)
                pair.together += (t->marks[m] & both) == both;
            pair.lift =
                (double)pair.together * (double)p->movies / ((double)p->tagged[a] * (double)p->tagged[b]);
            offer(p, &pair);
        }
}

hr_status hr_tag_patterns_read(hr_tag_patterns *patterns, hr_h5 *dataset, int64_t movies, hr_error *err)
{
    hr_status status = HR_OK;
    tags t = {0};
    if (hr_h5_content_of(dataset, "tag/movie") == HR_H5_NONE ||
        hr_h5_content_of(dataset, "tag/name") == HR_H5_NONE)
        return HR_OK;
    HR_TRY(read_tags(&t, patterns, dataset, movies, err));
    patterns->given = t.count;
    for (int64_t i = 0; i < t.count; i++)
        t.times[t.text[i]]++;
    choose_frequent(patterns, &t);
    HR_TRY(mark_movies(patterns, &t, movies, err));
    find_pairs(patterns, &t, movies);
done:
    tags_free(&t);
    return status;
}
