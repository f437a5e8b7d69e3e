#include "io/dataset/text_matrix.h"

#include "io/base/memory.h"

#include <inttypes.h>
#include <math.h>

enum { BYTES_A_WEIGHT = 8, BYTES_A_MOVIE = 8, BYTES_A_TERM = 64 };

void hr_text_free(hr_text *text)
{
    free(text->ptr);
    free(text->term);
    free(text->weight);
    free(text->kind);
    hr_strings_free(&text->name);
    *text = (hr_text){0};
}

void hr_text_count_kinds(const hr_text *text, int64_t counts[HR_TERM_KINDS])
{
    for (int k = 0; k < HR_TERM_KINDS; k++)
        counts[k] = 0;
    for (int64_t t = 0; t < text->terms; t++)
        counts[text->kind[t]]++;
}

static hr_status broken(const char *where, const char *what, int64_t at, hr_error *err)
{
    return hr_fail(err, HR_INPUT,
                   "%s: the text features are damaged: %s, at %" PRId64 "; import the data again", where,
                   what, at);
}

static hr_status check_row(const hr_text *text, int64_t movie, const char *where, hr_error *err)
{
    const double rounding = 1e-4; /* of some thousand floats, and far below any real mistake */
    const int64_t first = text->ptr[movie], end = text->ptr[movie + 1];
    double squares = 0.0;
    for (int64_t i = first; i < end; i++) {
        if (text->term[i] < 0 || text->term[i] >= text->terms)
            return broken(where, "a term is out of range", i, err);
        if (i > first && text->term[i] <= text->term[i - 1])
            return broken(where, "a movie's terms are out of order", i, err);
        if (!(text->weight[i] > 0.0F))
            return broken(where, "a weight is not above 0", i, err);
        squares += (double)text->weight[i] * (double)text->weight[i];
    }
    if (end > first && !(fabs(squares - 1.0) < rounding))
        return broken(where, "a movie's row is not of length 1", movie, err);
    return HR_OK;
}

/* Offsets are checked before anything is indexed by them. */
static hr_status check_ptr(const hr_text *text, const char *where, hr_error *err)
{
    if (text->ptr[0] != 0)
        return broken(where, "the first movie's terms do not begin at 0", 0, err);
    for (int64_t m = 0; m < text->movies; m++)
        if (text->ptr[m + 1] < text->ptr[m])
            return broken(where, "a movie's terms end before they begin", m, err);
    return HR_OK;
}

hr_status hr_text_check(const hr_text *text, const char *where, hr_error *err)
{
    hr_status status = HR_OK;
    if (text->name.count != text->terms)
        HR_TRY(broken(where, "names and terms differ in number", text->name.count, err));
    for (int64_t t = 0; t < text->terms; t++)
        if (text->kind[t] >= HR_TERM_KINDS || (t > 0 && text->kind[t] < text->kind[t - 1]))
            HR_TRY(broken(where, "the kinds of terms are out of range or order", t, err));
    HR_TRY(check_ptr(text, where, err));
    for (int64_t m = 0; m < text->movies; m++)
        HR_TRY(check_row(text, m, where, err));
done:
    return status;
}

int64_t hr_text_bytes(const hr_text *text)
{
    if (!text->ptr)
        return 0;
    return text->ptr[text->movies] * BYTES_A_WEIGHT + text->movies * BYTES_A_MOVIE +
           text->terms * BYTES_A_TERM;
}

static const char *const option_names[] = {"text_tag_min_count", "text_max_tags", "text_tags_a_movie"};

hr_status hr_text_write(hr_h5 *file, const hr_text *text, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t weights = text->ptr[text->movies];
    HR_TRY(hr_h5_write_strings(file, "text/name", &text->name, err));
    HR_TRY(hr_h5_write(file, "text/kind", HR_H5_U8, text->terms, 1, text->kind, err));
    HR_TRY(hr_h5_write(file, "text/ptr", HR_H5_I64, text->movies + 1, 1, text->ptr, err));
    HR_TRY(hr_h5_write(file, "text/term", HR_H5_I32, weights, 1, text->term, err));
    HR_TRY(hr_h5_write(file, "text/weight", HR_H5_F32, weights, 1, text->weight, err));
    HR_TRY(hr_h5_set_i64(file, option_names[0], text->options.tag_min_count, err));
    HR_TRY(hr_h5_set_i64(file, option_names[1], text->options.max_tags, err));
    HR_TRY(hr_h5_set_i64(file, option_names[2], text->options.tags_a_movie, err));
done:
    return status;
}

hr_status hr_text_options_read(hr_h5 *file, hr_text_options *options, hr_error *err)
{
    hr_status status = HR_OK;
    *options = (hr_text_options)HR_TEXT_DEFAULTS;
    int64_t *const value[] = {&options->tag_min_count, &options->max_tags, &options->tags_a_movie};
    for (int i = 0; i < 3; i++) {
        if (hr_h5_has_attribute(file, option_names[i]))
            HR_TRY(hr_h5_get_i64(file, option_names[i], value[i], err));
        if (*value[i] < 0)
            HR_TRY(hr_fail(err, HR_INPUT, "%s: %s is %" PRId64 "; the file is damaged", hr_h5_path(file),
                           option_names[i], *value[i]));
    }
done:
    return status;
}

static hr_status expect_rows(hr_h5 *file, const char *name, int64_t expected, hr_error *err)
{
    int64_t rows = 0;
    const hr_status status = hr_h5_shape(file, name, &rows, NULL, err);
    if (status != HR_OK || rows == expected)
        return status;
    return hr_fail(err, HR_INPUT,
                   "%s: %s has %" PRId64 " elements, expected %" PRId64
                   "; the file is damaged: import the data again",
                   hr_h5_path(file), name, rows, expected);
}

/* All lengths, before any is taken as a size. */
static hr_status read_lengths(hr_h5 *file, hr_text *text, int64_t *weights, hr_error *err)
{
    hr_status status = HR_OK;
    if (hr_h5_content_of(file, "text/ptr") == HR_H5_NONE)
        HR_TRY(hr_fail(err, HR_INPUT,
                       "%s: has no text features, which halorec's older versions did not make; import the "
                       "data again",
                       hr_h5_path(file)));
    HR_TRY(hr_h5_shape(file, "text/name", &text->terms, NULL, err));
    HR_TRY(hr_h5_shape(file, "text/term", weights, NULL, err));
    HR_TRY(expect_rows(file, "text/ptr", text->movies + 1, err));
    HR_TRY(expect_rows(file, "text/kind", text->terms, err));
    HR_TRY(expect_rows(file, "text/weight", *weights, err));
done:
    return status;
}

hr_status hr_text_read(hr_h5 *file, int64_t movies, hr_text *text, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t weights = 0;
    *text = (hr_text){.movies = movies};
    HR_TRY(hr_text_options_read(file, &text->options, err));
    HR_TRY(read_lengths(file, text, &weights, err));
    HR_ALLOC(text->ptr, movies + 1);
    HR_ALLOC(text->kind, text->terms);
    HR_ALLOC(text->term, weights);
    HR_ALLOC(text->weight, weights);
    HR_TRY(hr_h5_read_rows(file, "text/ptr", HR_H5_I64, 0, movies + 1, 1, text->ptr, err));
    HR_TRY(hr_h5_read_rows(file, "text/kind", HR_H5_U8, 0, text->terms, 1, text->kind, err));
    HR_TRY(hr_h5_read_rows(file, "text/term", HR_H5_I32, 0, weights, 1, text->term, err));
    HR_TRY(hr_h5_read_rows(file, "text/weight", HR_H5_F32, 0, weights, 1, text->weight, err));
    HR_TRY(hr_h5_read_strings(file, "text/name", 0, text->terms, &text->name, err));
    if (text->ptr[movies] != weights)
        HR_TRY(broken(hr_h5_path(file), "the movies' terms do not sum up", movies, err));
    HR_TRY(hr_text_check(text, hr_h5_path(file), err));
done:
    if (status != HR_OK)
        hr_text_free(text);
    return status;
}
