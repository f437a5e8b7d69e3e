#include "io/formats/recognise.h"

#include "io/formats/json_lines.h"
#include "io/text/rows.h"

#include <stdio.h>
#include <string.h>

const hr_format *const hr_formats[] = {
    &hr_format_netflix, &hr_format_recbole,   &hr_format_book_crossing, &hr_format_goodbooks,
    &hr_format_hetrec,  &hr_format_lastfm,    &hr_format_steam,         &hr_format_movielens,
    &hr_format_amazon,  &hr_format_check_ins, &hr_format_matrix_market, &hr_format_scipy,
    &hr_format_json,    &hr_format_lightgcn,  &hr_format_table,         NULL};

/* Names of files that may be tables of ratings. */
static const char tables[] =
    "*.csv *.tsv *.txt *.dat *.data *.tab *.inter *.json *.jsonl *.mtx *.npz *.rating *.base "
    "*.parquet *.feather *.xlsx";

hr_status hr_format_named(const char *name, const hr_format **format, hr_error *err)
{
    char names[512] = "";
    size_t length = 0;
    for (const hr_format *const *f = hr_formats; *f; f++) {
        *format = *f;
        if (strcmp((*f)->name, name) == 0)
            return HR_OK;
        if (length < sizeof names)
            length += (size_t)snprintf(names + length, sizeof names - length, "%s%s", length ? ", " : "",
                                       (*f)->name);
    }
    return hr_fail(err, HR_USAGE, "--format: found \"%s\", expected one of %s", name, names);
}

/* Whether a file that has a name of the format is of it. HR_MEMORY. */
static hr_status is_of(const hr_format *format, const char *path, bool *is, hr_error *err)
{
    hr_text_file *text = NULL;
    *is = true;
    if (!format->is_like)
        return HR_OK;
    const hr_status status = hr_text_open(&text, path, err);
    if (status != HR_MEMORY)
        *is = format->is_like(path, status == HR_OK ? hr_text_sample(text) : (hr_text_piece){"", 0});
    hr_text_close(text);
    return status == HR_MEMORY ? status : HR_OK;
}

/* The first row. */
typedef struct first_row {
    int fields;
    bool is_broken, done;
} first_row;

static hr_status take_first(void *context, const hr_row *row, hr_error *err)
{
    first_row *first = context;
    (void)err;
    if (!first->done)
        *first = (first_row){row->fields, row->fault != NULL, true};
    return HR_OK;
}

/* Whether a text that begins as JSON does is a table all the same, such as {"a"}|5|3: its first line has fields, and
 * does not end as lines of JSON do. */
static hr_status is_table_of_braces(const char *path, const hr_text_file *text, bool *is, hr_error *err)
{
    hr_status status = HR_OK;
    first_row first = {0};
    const hr_text_piece sample = hr_text_sample(text);
    const hr_dialect dialect = hr_dialect_guess(sample);
    *is = false;
    if (hr_name_is_among(hr_file_name(path), hr_format_json.ratings) ||
        dialect.separator >= HR_SEPARATOR_BLANKS)
        return HR_OK;
    HR_TRY(hr_text_sample_rows(text, &dialect, take_first, &first, err));
    const char *end = memchr(sample.at, '\n', (size_t)sample.length);
    const hr_text_piece line = hr_piece_trimmed((hr_text_piece){sample.at, end ? end - sample.at : 0});
    *is = first.fields > 1 && !first.is_broken && line.length > 0 &&
          !strchr("{[}],:", line.at[line.length - 1]);
done:
    return status;
}

hr_status hr_recognise_file(const char *path, const hr_format **format, hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_file *text = NULL;
    bool is = false;
    for (const hr_format *const *f = hr_formats; *f; f++) {
        *format = *f;
        if (hr_name_is_among(hr_file_name(path), (*f)->ratings))
            HR_TRY(is_of(*f, path, &is, err));
        if (is)
            goto done;
    }
    if (hr_name_is_among(hr_file_name(path), "*.tar *.tgz"))
        HR_TRY(hr_fail(err, HR_INPUT, "%s: a tar archive, which is not read in place; unpack it: tar -xf %s",
                       path, path));
    HR_TRY(hr_text_open(&text, path, err));
    for (const hr_format *const *f = hr_formats; *f; f++) {
        *format = *f;
        if ((*f)->is_like && *f != &hr_format_movielens && (*f)->is_like(path, hr_text_sample(text)))
            goto done;
    }
    if (hr_json_is_like(hr_text_sample(text))) {
        HR_TRY(is_table_of_braces(path, text, &is, err));
        if (!is)
            HR_TRY(hr_json_fail(path, err));
    }
    *format = &hr_format_table;
done:
    hr_text_close(text);
    return status;
}

/* The first file with one of the format's names, in *first, and in *other another one with the same. */
static hr_status file_of(const hr_listing *listing, const hr_format *format, bool any, const char **first,
                         const char **other, hr_error *err)
{
    hr_status status = HR_OK;
    char pattern[128], path[HR_PATH_LENGTH];
    *first = *other = NULL;
    for (const char *at = format->ratings; *at && !*first;) {
        at = hr_next_name(at, pattern, sizeof pattern);
        for (int64_t i = 0; i < listing->file.count && !(*first && (*other || format->all)); i++) {
            const char *name = hr_strings_at(&listing->file, i);
            bool is = any;
            if (!hr_name_is_among(name, pattern))
                continue;
            HR_TRY(hr_listing_path(listing, name, path, err));
            if (!any)
                HR_TRY(is_of(format, path, &is, err));
            if (is)
                *(*first ? other : first) = name;
        }
    }
done:
    return status;
}

static hr_status several(const hr_listing *listing, const char *one, const char *other, hr_error *err)
{
    const size_t length = strlen(listing->folder);
    return hr_fail(err, HR_INPUT, "%.*s: has several files of ratings: %s, %s; name one: --from %s%s",
                   (int)length - (length > 1), listing->folder, one, other, listing->folder, one);
}

/* The only file that may be a table; *other where there is another. */
static const char *only_table(const hr_listing *listing, const char **other)
{
    const char *first = NULL;
    *other = NULL;
    for (int64_t i = 0; i < listing->file.count; i++) {
        const char *name = hr_strings_at(&listing->file, i);
        if (!hr_name_is_among(name, tables) ||
            hr_name_is_among(name, "readme* license* *readme.txt *license.txt"))
            continue;
        if (!first)
            first = name;
        else if (!*other)
            *other = name;
    }
    return first;
}

/* Whether a name of the format is a pattern. */
static bool has_patterns(const hr_format *format)
{
    return strchr(format->ratings, '*') != NULL;
}

/* Searches a format by the names of its files: those with names that are whole first, patterns in a second pass. */
static hr_status by_name(const hr_listing *listing, const hr_format *wanted, bool patterns, hr_found *found,
                         hr_error *err)
{
    hr_status status = HR_OK;
    const char *file = NULL, *other = NULL;
    for (const hr_format *const *f = hr_formats; *f && !found->format; f++) {
        if ((wanted && *f != wanted) || has_patterns(*f) != patterns)
            continue;
        HR_TRY(file_of(listing, *f, wanted != NULL, &file, &other, err));
        if (file && other && patterns)
            HR_TRY(several(listing, file, other, err));
        if (file)
            *found = (hr_found){*f, {file, NULL, NULL}, false};
    }
done:
    return status;
}

/* Finds the format of the file that was found. */
static hr_status name_format(const hr_listing *listing, const hr_format *wanted, hr_found *found,
                             hr_error *err)
{
    hr_status status = HR_OK;
    char path[HR_PATH_LENGTH];
    found->format = wanted;
    if (wanted)
        return HR_OK;
    HR_TRY(hr_listing_path(listing, found->split.train, path, err));
    HR_TRY(hr_recognise_file(path, &found->format, err));
done:
    return status;
}

hr_status hr_recognise_listing(const hr_listing *listing, const hr_format *wanted, hr_found *found,
                               hr_error *err)
{
    hr_status status = HR_OK;
    const char *other = NULL;
    *found = (hr_found){0};
    if (wanted != &hr_format_lightgcn)
        HR_TRY(by_name(listing, wanted, false, found, err));
    if (found->format && found->format != &hr_format_lightgcn)
        return HR_OK;
    if (hr_given_split_find(listing, &found->split, &other)) {
        if (other)
            HR_TRY(several(listing, found->split.train, other, err));
        found->is_split = true;
        return name_format(listing, wanted, found, err);
    }
    *found = (hr_found){0};
    HR_TRY(by_name(listing, wanted, false, found, err));
    if (!found->format)
        HR_TRY(by_name(listing, wanted, true, found, err));
    if (found->format)
        return HR_OK;
    found->split.train = only_table(listing, &other);
    if (found->split.train && other)
        HR_TRY(several(listing, found->split.train, other, err));
    if (found->split.train)
        HR_TRY(name_format(listing, wanted, found, err));
done:
    return status;
}
