#include "trainer/figures/movie_tags.h"

#include "io/base/json.h"
#include "io/base/memory.h"
#include "io/base/offsets.h"

#include <inttypes.h>
#include <stdlib.h>

/* Tags as they were given. */
typedef struct given {
    int64_t count;
    int32_t *movie, *text;
} given;

void hr_movie_tags_free(hr_movie_tags *tags)
{
    free(tags->ptr);
    free(tags->tag);
    hr_strings_free(&tags->name);
    *tags = (hr_movie_tags){0};
}

static hr_status read_given(given *g, hr_movie_tags *tags, hr_h5 *file, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t names = 0;
    HR_TRY(hr_h5_shape(file, "tag/movie", &g->count, NULL, err));
    HR_TRY(hr_h5_shape(file, "tag/name", &names, NULL, err));
    HR_ALLOC(g->movie, g->count);
    HR_ALLOC(g->text, g->count);
    HR_TRY(hr_h5_read_rows(file, "tag/movie", HR_H5_I32, 0, g->count, 1, g->movie, err));
    HR_TRY(hr_h5_read_rows(file, "tag/text", HR_H5_I32, 0, g->count, 1, g->text, err));
    HR_TRY(hr_h5_read_strings(file, "tag/name", 0, names, &tags->name, err));
    for (int64_t i = 0; i < g->count; i++)
        if (g->movie[i] < 0 || g->movie[i] >= tags->movies || g->text[i] < 0 || g->text[i] >= names)
            HR_TRY(hr_fail(err, HR_INPUT,
                           "%s: tag number %" PRId64 " is of no movie or has no text; the file is damaged",
                           hr_h5_path(file), i));
done:
    return status;
}

static int by_number(const void *a, const void *b)
{
    const hr_movie_tag *x = a, *y = b;
    return (x->tag > y->tag) - (x->tag < y->tag);
}

static int by_times(const void *a, const void *b)
{
    const hr_movie_tag *x = a, *y = b;
    return x->times != y->times ? (x->times < y->times ? 1 : -1) : by_number(a, b);
}

/* Joins equal tags of one movie; returns how many are left. */
static int64_t join(hr_movie_tag *tag, int64_t count)
{
    int64_t kept = 0;
    if (count > 0)
        qsort(tag, (size_t)count, sizeof *tag, by_number);
    for (int64_t i = 0; i < count; i++)
        if (kept > 0 && tag[kept - 1].tag == tag[i].tag)
            tag[kept - 1].times++;
        else
            tag[kept++] = tag[i];
    if (kept > 0)
        qsort(tag, (size_t)kept, sizeof *tag, by_times);
    return kept;
}

/* Sorts tags by movie. */
static hr_status place(hr_movie_tags *tags, const given *g, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *next = NULL, kept = 0;
    HR_ALLOC(next, tags->movies);
    HR_ALLOC(tags->tag, g->count);
    for (int64_t i = 0; i < g->count; i++)
        tags->ptr[g->movie[i] + 1]++;
    hr_offsets_sum(tags->ptr, tags->movies);
    for (int64_t m = 0; m < tags->movies; m++)
        next[m] = tags->ptr[m];
    for (int64_t i = 0; i < g->count; i++)
        tags->tag[next[g->movie[i]]++] = (hr_movie_tag){g->text[i], 1};
    for (int64_t m = 0; m < tags->movies; m++) {
        const int64_t first = tags->ptr[m], count = join(tags->tag + first, next[m] - first);
        tags->ptr[m] = kept;
        for (int64_t i = 0; i < count; i++)
            tags->tag[kept++] = tags->tag[first + i];
    }
    tags->ptr[tags->movies] = kept;
done:
    free(next);
    return status;
}

hr_status hr_movie_tags_read(hr_movie_tags *tags, hr_h5 *dataset, int64_t movies, hr_error *err)
{
    hr_status status = HR_OK;
    given g = {0};
    *tags = (hr_movie_tags){.movies = movies};
    HR_ALLOC(tags->ptr, movies + 1);
    if (hr_h5_content_of(dataset, "tag/movie") == HR_H5_NONE ||
        hr_h5_content_of(dataset, "tag/name") == HR_H5_NONE)
        return HR_OK;
    HR_TRY(read_given(&g, tags, dataset, err));
    HR_TRY(place(tags, &g, err));
done:
    free(g.movie);
    free(g.text);
    return status;
}

json_t *hr_movie_tags_json(const hr_movie_tags *tags, int64_t movie)
{
    json_t *list = json_array();
    for (int64_t i = tags->ptr[movie]; i < tags->ptr[movie + 1]; i++)
        json_array_append_new(list, json_pack("{s:o, s:I}", "tag",
                                              hr_json_string(hr_strings_at(&tags->name, tags->tag[i].tag)),
                                              "times", (json_int_t)tags->tag[i].times));
    return list;
}
