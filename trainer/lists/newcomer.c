#include "trainer/lists/newcomer.h"

#include "io/base/memory.h"
#include "io/base/utf8.h"
#include "trainer/models/model.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void hr_newcomer_free(hr_newcomer *newcomer)
{
    free(newcomer->movie);
    *newcomer = (hr_newcomer){0};
}

hr_status hr_newcomer_add_movie(hr_newcomer *n, int32_t movie, hr_opinion opinion, float rating,
                                hr_error *err)
{
    hr_status status = HR_OK;
    HR_GROW(n->movie, n->capacity, n->count + 1);
    n->movie[n->count++] = (hr_newcomer_movie){movie, opinion, rating};
done:
    return status;
}

hr_status hr_newcomer_add(hr_newcomer *n, const hr_catalogue *catalogue, const char *text, hr_opinion opinion,
                          float rating, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t movie = 0;
    HR_TRY(hr_find_movie(catalogue, text, &movie, err));
    HR_TRY(hr_newcomer_add_movie(n, (int32_t)movie, opinion, rating, err));
done:
    return status;
}

/* Cuts blanks and line ends from both ends, and a pair of quotes. */
static char *trim(char *text)
{
    text += strspn(text, " \t\r\n");
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r\n", text[length - 1]))
        text[--length] = '\0';
    if (length >= 2 && text[0] == '"' && text[length - 1] == '"') {
        text[length - 1] = '\0';
        text++;
    }
    return text;
}

static bool is_number(const char *text, float *value)
{
    char *end = NULL;
    *value = strtof(text, &end);
    return end != text && *end == '\0' && isfinite(*value);
}

/* One line, which is written into. */
static hr_status add_line(hr_newcomer *n, const hr_catalogue *catalogue, char *line, const char *path,
                          int64_t number, hr_error *err)
{
    char *comma = strrchr(line, ','), *tab = strrchr(line, '\t'), shown[HR_ESCAPED_LENGTH];
    char *separator = comma > tab ? comma : tab;
    float rating = 0.0F;
    if (!separator)
        return hr_fail(err, HR_INPUT,
                       "%s: line %" PRId64 ": expected a movie, a comma and a rating, found '%s'", path,
                       number, hr_escape(shown, sizeof shown, line, (int64_t)strlen(line)));
    *separator = '\0';
    const char *value = trim(separator + 1);
    if (is_number(value, &rating))
        return hr_fail_in(err, hr_newcomer_add(n, catalogue, trim(line), HR_RATES, rating, err), path);
    if (number == 1)
        return HR_OK; /* names of columns */
    return hr_fail(err, HR_INPUT, "%s: line %" PRId64 ": expected a rating after the last comma, found '%s'",
                   path, number, hr_escape(shown, sizeof shown, value, (int64_t)strlen(value)));
}

hr_status hr_newcomer_read(hr_newcomer *n, const hr_catalogue *catalogue, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    char *line = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "r");
    if (!file)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be read: %s", path, strerror(errno)));
    for (int64_t number = 1; getline(&line, &size, file) >= 0; number++) {
        char *text = trim(line);
        if (*text)
            HR_TRY(add_line(n, catalogue, text, path, number, err));
    }
    if (ferror(file))
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be read: %s", path, strerror(errno)));
    if (n->count == 0)
        HR_TRY(hr_fail(err, HR_INPUT, "%s: names no movie; expected lines of a movie, a comma and a rating",
                       path));
done:
    free(line);
    if (file)
        fclose(file);
    return status;
}

static int by_movie(const void *a, const void *b)
{
    const hr_newcomer_movie *x = a, *y = b;
    return (x->movie > y->movie) - (x->movie < y->movie);
}

static hr_status sort(hr_newcomer *n, const hr_catalogue *catalogue, hr_error *err)
{
    char shown[HR_ESCAPED_LENGTH];
    qsort(n->movie, (size_t)n->count, sizeof *n->movie, by_movie);
    for (int64_t i = 1; i < n->count; i++)
        if (n->movie[i].movie == n->movie[i - 1].movie) {
            const char *title = hr_strings_at(&catalogue->title, n->movie[i].movie);
            return hr_fail(err, HR_USAGE, "%s: is named twice; say once whether it is liked",
                           hr_escape(shown, sizeof shown, title, (int64_t)strlen(title)));
        }
    return HR_OK;
}

/* The value that the model reads of a movie. */
static float value_of(const hr_fold_in *f, const hr_newcomer_movie *movie)
{
    if (!f->model->predicts_ratings)
        return movie->opinion == HR_DISLIKES ? 0.0F : 1.0F;
    const float *mean_lowest_highest = f->array + f->arrays.range;
    return movie->opinion == HR_RATES      ? movie->rating
           : movie->opinion == HR_DISLIKES ? mean_lowest_highest[1]
                                           : mean_lowest_highest[2];
}

/* Fills the block's arrays; returns how many movies there are to go by. */
static int64_t fill(const hr_newcomer *n, const hr_fold_in *f, hr_ratings *r, float *given)
{
    int64_t positive = 0;
    for (int64_t i = 0; i < n->count; i++) {
        r->movie[i] = n->movie[i].movie;
        r->value[i] = value_of(f, &n->movie[i]);
        given[i] = n->movie[i].opinion == HR_RATES ? n->movie[i].rating : NAN;
        const bool counts = f->model->predicts_ratings || r->value[i] > 0.0F;
        r->split[i] = counts ? HR_KNOWN : HR_VALID;
        positive += counts;
    }
    r->users = 1;
    r->movies = f->movies;
    r->count = r->ptr[1] = n->count;
    return positive;
}

hr_status hr_newcomer_block(hr_newcomer *n, hr_loaded *loaded, const hr_catalogue *catalogue,
                            hr_user_block *block, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings *r = &block->ratings;
    HR_TRY(sort(n, catalogue, err));
    HR_TRY(hr_load_fold_in(loaded, err));
    HR_ALLOC(r->ptr, 2);
    HR_ALLOC(r->movie, n->count);
    HR_ALLOC(r->value, n->count);
    HR_ALLOC(r->split, n->count);
    HR_ALLOC(block->given, n->count);
    if (fill(n, &loaded->newcomers.fold_in, r, block->given) == 0)
        HR_TRY(hr_fail(err, HR_USAGE,
                       "--dislike: --model %s recommends by what is liked; give --like or --ratings too",
                       loaded->model.table->name));
    for (int i = 0; i <= loaded->others; i++) {
        const hr_loaded *model = hr_loaded_model(loaded, i);
        HR_ALLOC(block->row[i], model->model.dim);
        HR_TRY(hr_fold_in_one(&model->newcomers.fold_in, &(hr_known_ratings){r->movie, r->value, r->count},
                              block->row[i], err));
    }
    block->users = 1;
done:
    return status;
}
