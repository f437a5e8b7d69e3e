#include "io/features/text_features.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/sort.h"
#include "io/features/held_out_tags.h"
#include "io/features/words.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { DROPPED = -1 };

/* How often a term is in a movie. */
typedef struct cell {
    int32_t movie, term;
    int64_t count;
} cell;

/* One kind of terms: names of candidates and where they are, by movie and by term. */
typedef struct vocabulary {
    hr_strings name;
    cell *cell;
    int64_t cells;
} vocabulary;

static void free_vocabulary(vocabulary *v)
{
    free(v->cell);
    hr_strings_free(&v->name);
}

/* A movie and a term as one number that sorts by movie, then term; both are at least 0. */
static int64_t pair_of(int64_t movie, int32_t term)
{
    return movie << 32 | term;
}

/* Sorts the pairs and makes a cell of each different one. */
static hr_status count_pairs(int64_t *pair, int64_t pairs, vocabulary *v, hr_error *err)
{
    hr_status status = HR_OK;
    hr_sort_i64(pair, pairs);
    HR_ALLOC(v->cell, pairs);
    for (int64_t i = 0; i < pairs; i++) {
        if (i == 0 || pair[i] != pair[i - 1])
            v->cell[v->cells++] =
                (cell){.movie = (int32_t)(pair[i] >> 32), .term = (int32_t)(pair[i] & INT32_MAX)};
        v->cell[v->cells - 1].count++;
    }
done:
    return status;
}

static hr_status count_title_words(const hr_dataset *d, vocabulary *v, hr_error *err)
{
    hr_status status = HR_OK;
    hr_strings words = {0};
    int64_t *pair = NULL, capacity = 0, counted = 0;
    int32_t *number = NULL;
    for (int64_t m = 0; m < d->ratings.movies; m++) {
        HR_TRY(hr_title_words(hr_strings_at(&d->title, m), &words, err));
        HR_GROW(pair, capacity, words.count + 1);
        while (counted < words.count)
            pair[counted++] = m;
    }
    HR_TRY(hr_strings_number(&words, &v->name, &number, err));
    for (int64_t i = 0; i < words.count; i++)
        pair[i] = pair_of(pair[i], number[i]);
    HR_TRY(count_pairs(pair, words.count, v, err));
done:
    free(number);
    free(pair);
    hr_strings_free(&words);
    return status;
}

static hr_status count_genres(const hr_dataset *d, vocabulary *v, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_genres *genres = &d->genres;
    for (int64_t g = 0; g < genres->name.count; g++) {
        const char *name = hr_strings_at(&genres->name, g);
        HR_TRY(hr_strings_append(&v->name, name, (int64_t)strlen(name), err));
    }
    HR_ALLOC(v->cell, genres->ptr[genres->movies]);
    for (int64_t m = 0; m < genres->movies; m++)
        for (int64_t i = genres->ptr[m]; i < genres->ptr[m + 1]; i++)
            v->cell[v->cells++] = (cell){.movie = (int32_t)m, .term = genres->genre[i], .count = 1};
done:
    return status;
}

/* Held-out ones, by hr_tags_held_out, count nowhere. */
static hr_status count_tags(const hr_dataset *d, const int32_t *held_out, vocabulary *v, hr_error *err)
{
    hr_status status = HR_OK;
    hr_strings cleaned = {0};
    int64_t *pair = NULL, pairs = 0;
    int32_t *number = NULL;
    for (int64_t i = 0; i < d->tag_name.count; i++)
        HR_TRY(hr_tag_clean(hr_strings_at(&d->tag_name, i), &cleaned, err));
    HR_TRY(hr_strings_number(&cleaned, &v->name, &number, err));
    HR_ALLOC(pair, d->tags);
    for (int64_t t = 0; t < d->tags; t++) {
        const int32_t text = number[d->tag_text[t]];
        const bool empty = *hr_strings_at(&v->name, text) == '\0';
        if (!empty && !held_out[t])
            pair[pairs++] = pair_of(d->tag_movie[t], text);
    }
    HR_TRY(count_pairs(pair, pairs, v, err));
done:
    free(number);
    free(pair);
    hr_strings_free(&cleaned);
    return status;
}

/* Most often first; numbers of tags are in order of name. */
static int most_applied_first(const void *a, const void *b)
{
    const cell *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return (x->term > y->term) - (x->term < y->term);
}

static int by_term(const void *a, const void *b)
{
    const cell *x = a, *y = b;
    return (x->term > y->term) - (x->term < y->term);
}

/* Drops the cells of tags that are applied too seldom, or less than max_tags others. */
static hr_status keep_common_tags(vocabulary *v, const hr_text_options *options, hr_error *err)
{
    hr_status status = HR_OK;
    cell *total = NULL; /* [tags] of all movies */
    bool *kept = NULL;  /* [tags] */
    int64_t cells = 0;
    HR_ALLOC(total, v->name.count);
    HR_ALLOC(kept, v->name.count);
    for (int64_t t = 0; t < v->name.count; t++)
        total[t].term = (int32_t)t;
    for (int64_t i = 0; i < v->cells; i++)
        total[v->cell[i].term].count += v->cell[i].count;
    qsort(total, (size_t)v->name.count, sizeof *total, most_applied_first);
    for (int64_t i = 0; i < v->name.count && i < options->max_tags; i++)
        kept[total[i].term] = total[i].count >= options->tag_min_count;
    for (int64_t i = 0; i < v->cells; i++)
        if (kept[v->cell[i].term])
            v->cell[cells++] = v->cell[i];
    v->cells = cells;
done:
    free(kept);
    free(total);
    return status;
}

/* Leaves each movie its most applied tags. */
static void keep_top_tags(vocabulary *v, int64_t tags_a_movie)
{
    int64_t cells = 0;
    for (int64_t first = 0, end; first < v->cells; first = end) {
        for (end = first; end < v->cells && v->cell[end].movie == v->cell[first].movie;)
            end++;
        const int64_t left = end - first < tags_a_movie ? end - first : tags_a_movie;
        qsort(v->cell + first, (size_t)(end - first), sizeof *v->cell, most_applied_first);
        qsort(v->cell + first, (size_t)left, sizeof *v->cell, by_term);
        for (int64_t i = first; i < first + left; i++)
            v->cell[cells++] = v->cell[i];
    }
    v->cells = cells;
}

/* Numbers the candidates that are in at least min_movies movies, writes in how many to movies_with, and drops
 * the cells of the others. */
static hr_status number_terms(vocabulary *v, hr_term_kind kind, int64_t min_movies, hr_text *text,
                              int64_t *movies_with, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *found = NULL, cells = 0; /* [candidates] movies with it, then its number as a term */
    HR_ALLOC(found, v->name.count);
    for (int64_t i = 0; i < v->cells; i++)
        found[v->cell[i].term]++;
    for (int64_t t = 0; t < v->name.count; t++) {
        const int64_t movies = found[t];
        const char *name = hr_strings_at(&v->name, t);
        found[t] = DROPPED;
        if (movies < min_movies)
            continue;
        HR_TRY(hr_strings_append(&text->name, name, (int64_t)strlen(name), err));
        text->kind[text->terms] = (uint8_t)kind;
        movies_with[text->terms] = movies;
        found[t] = text->terms++;
    }
    for (int64_t i = 0; i < v->cells; i++) {
        cell c = v->cell[i];
        c.term = (int32_t)found[c.term];
        if (c.term != DROPPED)
            v->cell[cells++] = c;
    }
    v->cells = cells;
done:
    free(found);
    return status;
}

/* Sizes the rows and fills them kind after kind, so that terms ascend, with weights before scaling. */
static hr_status fill_rows(const vocabulary *vocabularies, const int64_t *movies_with, hr_text *text,
                           hr_error *err)
{
    hr_status status = HR_OK;
    const double movies = (double)text->movies;
    HR_ALLOC(text->ptr, text->movies + 1);
    for (int k = 0; k < HR_TERM_KINDS; k++)
        for (int64_t i = 0; i < vocabularies[k].cells; i++)
            text->ptr[vocabularies[k].cell[i].movie + 1]++;
    hr_offsets_sum(text->ptr, text->movies);
    HR_ALLOC(text->term, text->ptr[text->movies]);
    HR_ALLOC(text->weight, text->ptr[text->movies]);
    for (int k = 0; k < HR_TERM_KINDS; k++)
        for (int64_t i = 0; i < vocabularies[k].cells; i++) {
            const cell c = vocabularies[k].cell[i];
            const double idf = log((1.0 + movies) / (1.0 + (double)movies_with[c.term])) + 1.0;
            text->term[text->ptr[c.movie]] = c.term;
            text->weight[text->ptr[c.movie]++] = (float)((1.0 + log((double)c.count)) * idf);
        }
    hr_offsets_restore(text->ptr, text->movies);
done:
    return status;
}

static void scale_rows(hr_text *text)
{
    for (int64_t m = 0; m < text->movies; m++) {
        double squares = 0.0;
        for (int64_t i = text->ptr[m]; i < text->ptr[m + 1]; i++)
            squares += (double)text->weight[i] * (double)text->weight[i];
        for (int64_t i = text->ptr[m]; i < text->ptr[m + 1]; i++)
            text->weight[i] = (float)(text->weight[i] / sqrt(squares));
    }
}

/* On the rank that has titles and tags. */
static hr_status build(const hr_dataset *d, const int32_t *held_out, const hr_text_options *options,
                       hr_text *text, hr_error *err)
{
    static const int64_t min_movies[HR_TERM_KINDS] = {
        [HR_TERM_TITLE] = 2, [HR_TERM_GENRE] = 1, [HR_TERM_TAG] = 1};
    hr_status status = HR_OK;
    vocabulary vocabularies[HR_TERM_KINDS] = {0};
    int64_t *movies_with = NULL; /* [terms] */
    int64_t candidates = 0;
    *text = (hr_text){.movies = d->ratings.movies, .options = *options};
    HR_TRY(count_title_words(d, &vocabularies[HR_TERM_TITLE], err));
    HR_TRY(count_genres(d, &vocabularies[HR_TERM_GENRE], err));
    HR_TRY(count_tags(d, held_out, &vocabularies[HR_TERM_TAG], err));
    HR_TRY(keep_common_tags(&vocabularies[HR_TERM_TAG], options, err));
    keep_top_tags(&vocabularies[HR_TERM_TAG], options->tags_a_movie);
    for (int k = 0; k < HR_TERM_KINDS; k++)
        candidates += vocabularies[k].name.count;
    HR_ALLOC(text->kind, candidates);
    HR_ALLOC(movies_with, candidates);
    for (int k = 0; k < HR_TERM_KINDS; k++)
        HR_TRY(number_terms(&vocabularies[k], (hr_term_kind)k, min_movies[k], text, movies_with, err));
    HR_TRY(fill_rows(vocabularies, movies_with, text, err));
    scale_rows(text);
done:
    free(movies_with);
    for (int k = 0; k < HR_TERM_KINDS; k++)
        free_vocabulary(&vocabularies[k]);
    if (status != HR_OK)
        hr_text_free(text);
    return status;
}

hr_status hr_text_build_ranks(const hr_comm *comm, const hr_dataset *d, const hr_text_options *options,
                              hr_text *text, hr_error *err)
{
    int32_t *held_out = NULL;
    hr_status status = hr_tags_held_out(comm, d, &held_out, err);
    if (status == HR_OK && comm->rank == 0)
        status = build(d, held_out, options, text, err);
    free(held_out);
    return hr_agree(comm, status, NULL, err);
}

hr_status hr_text_build(const hr_dataset *d, const hr_text_options *options, hr_text *text, hr_error *err)
{
    const hr_comm alone = hr_comm_alone();
    return hr_text_build_ranks(&alone, d, options, text, err);
}
