#include "io/formats/given_split.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { WORDS = 6 };

/* Words of names of parts; the first one is the training part's. */
static const struct {
    const char *train, *valid[WORDS], *test[WORDS];
} words[] = {{"train", {"valid", "validation", "val", "vali", "dev"}, {"test"}},
             {"training", {"valid", "validation", "val", "vali", "dev"}, {"test", "testing"}},
             {"base", {"valid"}, {"test"}},
             {"part1", {"part2"}, {"part3"}}};

/* The file whose name is that of `file` with the `length` bytes at `at` replaced by the first of `others` for which there
 * is one; NULL. */
static const char *replaced(const hr_listing *listing, const char *file, size_t at, size_t length,
                            const char *const *others)
{
    char name[HR_PATH_LENGTH];
    for (int i = 0; i < WORDS && others[i]; i++) {
        snprintf(name, sizeof name, "%.*s%s%s", (int)at, file, others[i], file + at + length);
        for (int64_t f = 0; f < listing->file.count; f++)
            if (strcasecmp(hr_strings_at(&listing->file, f), name) == 0)
                return hr_strings_at(&listing->file, f);
    }
    return NULL;
}

static bool is_edge(char byte)
{
    return byte == '\0' || strchr("._- ", byte);
}

bool hr_given_split_of(const hr_listing *listing, const char *file, hr_given_split *split)
{
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        const size_t length = strlen(words[w].train);
        for (size_t at = 0; file[at]; at++) {
            if (strncasecmp(file + at, words[w].train, length) != 0 || (at > 0 && !is_edge(file[at - 1])) ||
                !is_edge(file[at + length]))
                continue;
            *split = (hr_given_split){file, replaced(listing, file, at, length, words[w].valid),
                                      replaced(listing, file, at, length, words[w].test)};
            if (split->valid || split->test)
                return true;
        }
    }
    *split = (hr_given_split){file, NULL, NULL};
    return false;
}

bool hr_given_split_find(const hr_listing *listing, hr_given_split *split, const char **other)
{
    hr_given_split next;
    *other = NULL;
    *split = (hr_given_split){0};
    for (int64_t i = 0; i < listing->file.count; i++) {
        if (!hr_given_split_of(listing, hr_strings_at(&listing->file, i), &next))
            continue;
        if (!split->train)
            *split = next;
        else if (!*other)
            *other = next.train;
    }
    return split->train != NULL;
}

/* Whether the part of a name before its first point is this. */
static bool has_stem(const char *file, const char *stem)
{
    const size_t length = strlen(stem);
    return strncasecmp(file, stem, length) == 0 && strchr("._-", file[length]) && file[length];
}

hr_status hr_given_split_named(const hr_listing *listing, const char *name, hr_given_split *split,
                               hr_error *err)
{
    char found[256] = "";
    size_t length = 0;
    for (int64_t i = 0; i < listing->file.count; i++) {
        const char *file = hr_strings_at(&listing->file, i);
        if (!hr_given_split_of(listing, file, split))
            continue;
        if (has_stem(file, name))
            return HR_OK;
        if (length < sizeof found)
            length +=
                (size_t)snprintf(found + length, sizeof found - length, "%s%s", length ? ", " : "", file);
    }
    if (hr_listing_find(listing, "split_ratings.sh"))
        return hr_fail(err, HR_INPUT,
                       "%s: has no %s.train and %s.test; run its split_ratings.sh first, which makes them",
                       listing->folder, name, name);
    return hr_fail(
        err, HR_INPUT,
        "%s: has no split \"%s\": expected files such as %s.base or %s.train, and %s.test; found %s",
        listing->folder, name, name, name, name, *found ? found : "none");
}
