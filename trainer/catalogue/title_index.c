#include "trainer/catalogue/title_index.h"

#include "io/base/memory.h"
#include "io/base/search.h"
#include "trainer/catalogue/folded_title.h"
#include "trainer/catalogue/trigrams.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Ranks, the best first. Names that share trigrams have SIMILAR + 2 - their similarity. */
enum { SAME_ID, SAME, PREFIX, WORD, PART, SIMILAR, NONE = 100 };

/* From 0 to 2: "matrx" has 1.1 with "matrix". */
static const double least_similarity = 0.8;
/* Of the best one's, below which others are left out. */
static const double kept_share = 0.7;

void hr_title_index_free(hr_title_index *index)
{
    hr_strings_free(&index->text);
    free(index->movie);
    free(index->bare);
    *index = (hr_title_index){0};
}

static hr_status add_name(hr_title_index *x, int64_t movie, const char *text, int64_t length, hr_error *err)
{
    hr_status status = HR_OK;
    hr_folded folded;
    HR_TRY(hr_fold(&folded, text, length, err));
    HR_GROW(x->movie, x->movie_capacity, x->names + 1);
    HR_GROW(x->bare, x->bare_capacity, x->names + 1);
    HR_TRY(hr_strings_append(&x->text, folded.text, folded.length, err));
    x->movie[x->names] = (int32_t)movie;
    x->bare[x->names++] = (uint8_t)folded.bare;
done:
    return status;
}

hr_status hr_title_index_create(hr_title_index *index, const hr_catalogue *catalogue, hr_error *err)
{
    hr_status status = HR_OK;
    hr_title_names names;
    *index = (hr_title_index){.catalogue = catalogue};
    for (int64_t m = 0; m < catalogue->movies; m++) {
        hr_title_split(&names, hr_strings_at(&catalogue->title, m));
        for (int i = 0; i < names.count; i++)
            HR_TRY(add_name(index, m, names.text[i], names.length[i], err));
    }
done:
    return status;
}

/* The rank of a name that has the text; NONE of others. */
static double rank_of(const char *name, int bare, const char *wanted)
{
    const size_t length = strlen(wanted);
    double rank = NONE;
    if (strcmp(name, wanted) == 0 || strcmp(name + bare, wanted) == 0)
        return SAME;
    if (strncmp(name, wanted, length) == 0 || strncmp(name + bare, wanted, length) == 0)
        return PREFIX;
    for (const char *at = strstr(name, wanted); at && rank > WORD; at = strstr(at + 1, wanted))
        rank = at[-1] == ' ' ? WORD : PART;
    return rank;
}

static double similarity_of(const hr_title_index *x, int64_t name, const hr_folded *wanted)
{
    hr_folded folded;
    const char *text = hr_strings_at(&x->text, name);
    folded.length = (int)strlen(text);
    memcpy(folded.text, text, (size_t)folded.length + 1);
    return hr_trigram_similarity(wanted, &folded);
}

/* rank [movies]: the best of each movie's names. */
static void rank_names(const hr_title_index *x, const hr_folded *wanted, double *rank)
{
    for (int64_t i = 0; i < x->names; i++) {
        const char *name = hr_strings_at(&x->text, i);
        const double found = fmin(rank_of(name, x->bare[i], wanted->text),
                                  rank_of(name, x->bare[i], wanted->text + wanted->bare));
        rank[x->movie[i]] = fmin(rank[x->movie[i]], found);
    }
}

/* The same by similarity. */
static void rank_similar(const hr_title_index *x, const hr_folded *wanted, double *rank)
{
    double best = 0.0;
    for (int64_t i = 0; i < x->names; i++) {
        const double similarity = similarity_of(x, i, wanted);
        best = fmax(best, similarity);
        if (similarity >= least_similarity)
            rank[x->movie[i]] = fmin(rank[x->movie[i]], SIMILAR + 2.0 - similarity);
    }
    for (int64_t m = 0; m < x->catalogue->movies; m++)
        if (rank[m] > SIMILAR + 2.0 - kept_share * best)
            rank[m] = NONE;
}

static bool is_allowed(const hr_title_index *x, const hr_title_query *query, int32_t year, int64_t movie)
{
    return (!query->allowed || query->allowed[movie]) && (year == 0 || x->catalogue->year[movie] == year);
}

/* Forgets movies that may not be found; whether any is left. */
static bool keep_allowed(const hr_title_index *x, const hr_title_query *query, int32_t year, double *rank)
{
    bool any = false;
    for (int64_t m = 0; m < x->catalogue->movies; m++) {
        if (!is_allowed(x, query, year, m))
            rank[m] = NONE;
        any = any || rank[m] < NONE;
    }
    return any;
}

static hr_status rank_all(const hr_title_index *x, const hr_title_query *query, double *rank, hr_error *err)
{
    hr_status status = HR_OK;
    hr_title_names names;
    hr_folded wanted = {0};
    const int64_t id = hr_ids_find(&x->catalogue->id, query->text, (int64_t)strlen(query->text));
    hr_title_split(&names, query->text);
    if (names.count > 0)
        HR_TRY(hr_fold(&wanted, names.text[0], names.length[0], err));
    for (int64_t m = 0; m < x->catalogue->movies; m++)
        rank[m] = *query->text ? NONE : SAME;
    if (wanted.length > 0)
        rank_names(x, &wanted, rank);
    if (id != HR_NOT_FOUND)
        rank[id] = SAME_ID;
    if (!keep_allowed(x, query, names.year, rank) && wanted.length > 0) {
        rank_similar(x, &wanted, rank);
        keep_allowed(x, query, names.year, rank);
    }
done:
    return status;
}

/* A movie that was found, to be sorted. */
typedef struct found {
    double rank;
    int64_t ratings;
    int32_t movie;
} found;

static int best_first(const void *a, const void *b)
{
    const found *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->ratings != y->ratings)
        return x->ratings > y->ratings ? -1 : 1;
    return (x->movie > y->movie) - (x->movie < y->movie);
}

hr_status hr_title_index_search(const hr_title_index *index, const hr_title_query *query, int32_t **movie,
                                int64_t *count, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t movies = index->catalogue->movies;
    double *rank = NULL;
    found *all = NULL;
    *count = 0;
    HR_ALLOC(rank, movies);
    HR_ALLOC(all, movies);
    HR_ALLOC(*movie, movies);
    HR_TRY(rank_all(index, query, rank, err));
    for (int64_t m = 0; m < movies; m++)
        if (rank[m] < NONE)
            all[(*count)++] = (found){rank[m], query->ratings[m], (int32_t)m};
    if (*count > 0)
        qsort(all, (size_t)*count, sizeof *all, best_first);
    for (int64_t i = 0; i < *count; i++)
        (*movie)[i] = all[i].movie;
done:
    free(rank);
    free(all);
    return status;
}
