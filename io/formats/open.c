#include "io/formats/open.h"

#include "io/dataset/ratings.h"
#include "io/formats/format.h"
#include "io/formats/recognise.h"
#include "io/packed/zip_members.h"
#include "io/readers/source_parts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Adds one of the files that were found, if it is there. */
static hr_status add_file(hr_source *source, const hr_listing *listing, const hr_format *format,
                          const char *file, uint8_t split, hr_error *err)
{
    hr_status status = HR_OK;
    char path[HR_PATH_LENGTH];
    if (!file)
        return HR_OK;
    HR_TRY(hr_listing_path(listing, file, path, err));
    HR_TRY(format->add(source, path, split, err));
done:
    return status;
}

/* Adds every file that has a name of the format, as the first one found has. */
static hr_status add_all(hr_source *source, const hr_listing *listing, const hr_found *found, hr_error *err)
{
    hr_status status = HR_OK;
    char pattern[128];
    for (const char *at = found->format->ratings; *at;) {
        at = hr_next_name(at, pattern, sizeof pattern);
        if (!hr_name_is_among(found->split.train, pattern))
            continue;
        for (int64_t i = 0; i < listing->file.count; i++)
            if (hr_name_is_among(hr_strings_at(&listing->file, i), pattern))
                HR_TRY(add_file(source, listing, found->format, hr_strings_at(&listing->file, i), HR_TRAIN,
                                err));
        break;
    }
done:
    return status;
}

static hr_status name_format(hr_source *source, const hr_format *format, const char *path, hr_error *err)
{
    source->facts.format = format->name;
    return hr_source_say(source, err, "%s: format %s", *path ? path : ".", format->name);
}

static hr_status add_found(hr_source *source, const hr_listing *listing, const hr_found *found, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_format *format = found->format;
    source->facts.given_split = found->is_split;
    HR_TRY(name_format(source, format, listing->folder, err));
    if (format->all && !found->is_split) {
        HR_TRY(add_all(source, listing, found, err));
    } else {
        HR_TRY(add_file(source, listing, format, found->split.train, HR_TRAIN, err));
        HR_TRY(add_file(source, listing, format, found->split.valid, HR_VALID, err));
        HR_TRY(add_file(source, listing, format, found->split.test, HR_TEST, err));
    }
    if (found->is_split)
        HR_TRY(hr_source_say(source, err, "a given split: train %s%s%s%s%s", found->split.train,
                             found->split.valid ? ", valid " : "",
                             found->split.valid ? found->split.valid : "", found->split.test ? ", test " : "",
                             found->split.test ? found->split.test : ""));
    if (format->beside)
        HR_TRY(format->beside(source, listing, found->split.train, err));
done:
    return status;
}

static hr_status open_file(hr_source *source, const char *path, const hr_format *wanted, hr_error *err)
{
    hr_status status = HR_OK;
    hr_listing listing = {0};
    hr_found found = {.format = wanted};
    const char *name = NULL, *given = source->options.given;
    size_t length = 0;
    if (access(path, R_OK) != 0 && !hr_zip_of_path(path, &length))
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be read: %s", path, strerror(errno)));
    if (!wanted)
        HR_TRY(hr_recognise_file(path, &found.format, err));
    HR_TRY(hr_listing_read_beside(&listing, path, &name, err));
    if (given)
        HR_TRY(hr_given_split_named(&listing, given, &found.split, err));
    found.is_split = given || hr_given_split_of(&listing, name, &found.split);
    if (found.is_split || !found.format->all) {
        HR_TRY(add_found(source, &listing, &found, err));
    } else { /* this one alone */
        HR_TRY(name_format(source, found.format, path, err));
        HR_TRY(found.format->add(source, path, HR_TRAIN, err));
        HR_TRY(found.format->beside(source, &listing, name, err));
    }
done:
    hr_listing_free(&listing);
    return status;
}

static hr_status find_in(hr_source *source, const hr_listing *listing, const hr_format *wanted,
                         hr_found *found, hr_error *err)
{
    hr_status status = HR_OK;
    char path[HR_PATH_LENGTH];
    if (!source->options.given)
        return hr_recognise_listing(listing, wanted, found, err);
    *found = (hr_found){.format = wanted, .is_split = true};
    HR_TRY(hr_given_split_named(listing, source->options.given, &found->split, err));
    HR_TRY(hr_listing_path(listing, found->split.train, path, err));
    if (!wanted && hr_listing_find(listing, hr_format_movielens.ratings))
        found->format = &hr_format_movielens;
    else if (!wanted)
        HR_TRY(hr_recognise_file(path, &found->format, err));
done:
    return status;
}

/* Names in a listing, for a message. */
static void list_names(const hr_strings *names, const char *end, char *text, size_t size)
{
    enum { SHOWN = 8 };
    size_t length = strlen(text);
    for (int64_t i = 0; i < names->count && i <= SHOWN && length < size; i++)
        length += (size_t)snprintf(text + length, size - length, "%s%s%s", length ? ", " : "",
                                   i < SHOWN ? hr_strings_at(names, i) : "…", i < SHOWN ? end : "");
}

static hr_status nothing_found(const hr_listing *listing, const char *path, hr_error *err)
{
    char found[512] = "";
    list_names(&listing->file, "", found, sizeof found);
    list_names(&listing->below, "/", found, sizeof found);
    return hr_fail(err, HR_INPUT,
                   "%s: has no file that is known to have ratings; found %s; name one: --from FILE, and see "
                   "the formats in "
                   "README.md",
                   path, *found ? found : "nothing");
}

/* What the folders below have. */
typedef struct below {
    int count;
    char first[HR_PATH_LENGTH]; /* folder of the first that has ratings */
    char all[512];              /* for a message */
} below;

static hr_status search_below(hr_source *source, const hr_listing *listing, const hr_format *wanted, below *b,
                              hr_error *err)
{
    hr_status status = HR_OK;
    hr_listing sub = {0};
    for (int64_t i = 0; i < listing->below.count; i++) {
        char path[HR_PATH_LENGTH + 2];
        hr_found found = {0};
        HR_TRY(hr_listing_path(listing, hr_strings_at(&listing->below, i), path, err));
        snprintf(path + strlen(path), 2, "/");
        hr_listing_free(&sub);
        status = hr_listing_read(&sub, path, err);
        if (status == HR_OK)
            status = find_in(source, &sub, wanted, &found, err);
        if (status == HR_MEMORY)
            goto done;
        const bool has = status == HR_OK && found.format; /* what cannot be read has none */
        status = HR_OK;
        if (!has)
            continue;
        if (b->count++ == 0)
            snprintf(b->first, sizeof b->first, "%s", path);
        const size_t length = strlen(b->all);
        snprintf(b->all + length, sizeof b->all - length, "%s%s (%s: %s)", length ? ", " : "", path,
                 found.format->name, found.split.train);
    }
done:
    hr_listing_free(&sub);
    return status;
}

/* The only zip of a folder; NULL where there is none or another. */
static const char *only_zip(const hr_listing *listing)
{
    const char *zip = NULL;
    for (int64_t i = 0; i < listing->file.count; i++) {
        const char *name = hr_strings_at(&listing->file, i);
        if (!hr_name_is_among(name, "*.zip"))
            continue;
        if (zip)
            return NULL;
        zip = name;
    }
    return zip;
}

/* Where the ratings are that a listing has not itself: in its only zip; in a zip, in the only folder that has any.
 * HR_INPUT where that is not clear, with what to type. */
static hr_status find_inside(hr_source *source, const hr_listing *listing, const char *path,
                             const hr_format *wanted, char inside[HR_PATH_LENGTH], hr_error *err)
{
    hr_status status = HR_OK;
    below b = {0};
    const char *zip = listing->is_zip ? NULL : only_zip(listing);
    HR_TRY(search_below(source, listing, wanted, &b, err));
    if (b.count == 0 && zip)
        return hr_listing_path(listing, zip, inside, err);
    if (b.count == 0)
        HR_TRY(nothing_found(listing, path, err));
    if (b.count > 1 || !listing->is_zip)
        HR_TRY(hr_fail(err, HR_INPUT, "%s: has no ratings itself, but %s; type: --from %s", path, b.all,
                       b.first));
    snprintf(inside, HR_PATH_LENGTH, "%s", b.first);
done:
    return status;
}

static hr_status open_listing(hr_source *source, const char *path, const hr_format *wanted, hr_error *err)
{
    hr_status status = HR_OK;
    hr_listing listing = {0};
    hr_found found = {0};
    char inside[HR_PATH_LENGTH] = "";
    HR_TRY(hr_listing_read(&listing, path, err));
    status = find_in(source, &listing, wanted, &found, err);
    if (status == HR_INPUT && source->options.given && listing.is_zip && listing.below.count > 0)
        found.format = NULL; /* the split may be in a folder of the zip */
    else
        HR_TRY(status);
    if (found.format) {
        HR_TRY(add_found(source, &listing, &found, err));
    } else {
        HR_TRY(find_inside(source, &listing, path, wanted, inside, err));
        HR_TRY(open_listing(source, inside, wanted, err));
    }
done:
    hr_listing_free(&listing);
    return status;
}

hr_status hr_source_open(hr_source **source, const char *path, const hr_source_options *options,
                         hr_error *err)
{
    hr_status status = HR_OK;
    hr_source *s = NULL;
    const hr_format *wanted = NULL;
    HR_TRY(hr_source_create(&s, options, err));
    if (options->format)
        HR_TRY(hr_format_named(options->format, &wanted, err));
    if (hr_name_is_among(hr_file_name(path), "*.xlsx *.xlsm *.ods"))
        HR_TRY(hr_fail(err, HR_INPUT, "%s: is a spreadsheet, expected text; save its table as CSV", path));
    if (hr_listing_is_possible(path) && !hr_name_is_among(hr_file_name(path), "*.npz"))
        HR_TRY(open_listing(s, path, wanted, err));
    else
        HR_TRY(open_file(s, path, wanted, err));
    *source = s;
    s = NULL;
done:
    hr_source_close(s);
    return status;
}
