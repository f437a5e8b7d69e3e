#include "io/base/search.h"
#include "io/base/utf8.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/catalogue/title_match.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CANDIDATES = 5, SHOWN_LENGTH = 72, YEAR_DIGITS = 4 };

/* Candidates that share a title, so that a year is missing, or that are similar. */
typedef struct search {
    int64_t count[HR_TITLE_OTHER], movie[HR_TITLE_OTHER]; /* of each level: how many, and the first of them */
    int distance;                                         /* the smallest */
    int64_t nearest, nearest_count;                       /* movies at this distance */
    int candidates;
    int64_t candidate[CANDIDATES]; /* the most similar, best first */
    double similarity[CANDIDATES];
} search;

static void add_candidate(search *s, int64_t movie, double similarity)
{
    int at = s->candidates;
    if (at == CANDIDATES && similarity <= s->similarity[CANDIDATES - 1])
        return;
    at = at == CANDIDATES ? CANDIDATES - 1 : s->candidates++;
    for (; at > 0 && s->similarity[at - 1] < similarity; at--) {
        s->candidate[at] = s->candidate[at - 1];
        s->similarity[at] = s->similarity[at - 1];
    }
    s->candidate[at] = movie;
    s->similarity[at] = similarity;
}

static void add_movie(search *s, int64_t movie, const hr_title_match *match)
{
    if (match->level < HR_TITLE_OTHER && s->count[match->level]++ == 0)
        s->movie[match->level] = movie;
    if (match->distance < s->distance) {
        s->distance = match->distance;
        s->nearest = movie;
        s->nearest_count = 0;
    }
    s->nearest_count += match->distance == s->distance;
    if (match->similarity > 0.5)
        add_candidate(s, movie, match->similarity);
}

static hr_status search_titles(const hr_catalogue *catalogue, const hr_wanted_title *wanted, search *s,
                               hr_error *err)
{
    hr_status status = HR_OK;
    hr_title_match match;
    *s = (search){.distance = hr_title_tolerance(wanted) + 1, .nearest = HR_NOT_FOUND};
    for (int64_t m = 0; m < catalogue->movies; m++) {
        HR_TRY(
            hr_title_compare(wanted, hr_strings_at(&catalogue->title, m), catalogue->year[m], &match, err));
        add_movie(s, m, &match);
    }
done:
    return status;
}

/* The best level that a movie has; HR_TITLE_OTHER where none has one. */
static int best_level(const search *s)
{
    int level = 0;
    while (level < HR_TITLE_OTHER && s->count[level] == 0)
        level++;
    return level;
}

/* "Sabrina 1954": the last word becomes the year that is wanted. */
static bool take_year(hr_wanted_title *wanted)
{
    hr_folded *name = &wanted->name;
    const int first = name->length - YEAR_DIGITS;
    if (wanted->year || first < 2 || name->text[first - 1] != ' ')
        return false;
    for (int i = first; i < name->length; i++)
        if (!isdigit((unsigned char)name->text[i]))
            return false;
    wanted->year = (int32_t)strtol(name->text + first, NULL, 10);
    name->length = first - 1;
    name->text[name->length] = '\0';
    return true;
}

/* "2571 Matrix, The (1999)" */
static void show_movie(const hr_catalogue *catalogue, int64_t movie, char *out, size_t size)
{
    char buffer[HR_ID_BUFFER], id[SHOWN_LENGTH], title[SHOWN_LENGTH], year[16] = "";
    const char *its_id = hr_ids_text(&catalogue->id, movie, buffer);
    const char *its_title = hr_strings_at(&catalogue->title, movie);
    hr_title_names names;
    hr_title_split(&names, its_title);
    if (!names.year && catalogue->year[movie])
        snprintf(year, sizeof year, " (%d)", catalogue->year[movie]);
    snprintf(out, size, "%s %s%s", hr_escape(id, 32, its_id, (int64_t)strlen(its_id)),
             hr_escape(title, sizeof title, its_title, (int64_t)strlen(its_title)), year);
}

static hr_status refuse(const hr_catalogue *catalogue, const char *text, const search *s, hr_error *err)
{
    char list[CANDIDATES * 2 * SHOWN_LENGTH] = "", wanted[SHOWN_LENGTH], path[HR_ESCAPED_LENGTH];
    const int level = best_level(s);
    const int64_t several = level < HR_TITLE_OTHER ? s->count[level] : 0;
    for (int i = 0; i < s->candidates && (several == 0 || i < several); i++) {
        char movie[2 * SHOWN_LENGTH];
        show_movie(catalogue, s->candidate[i], movie, sizeof movie);
        const size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", i ? "; " : "", movie);
    }
    hr_escape(wanted, sizeof wanted, text, (int64_t)strlen(text));
    hr_escape(path, sizeof path, catalogue->path, (int64_t)strlen(catalogue->path));
    if (several > 0)
        return hr_fail(err, HR_INPUT,
                       "%s: %d movies are called '%s': %s%s; give an id, or the title with its year", path,
                       (int)several, wanted, list, several > CANDIDATES ? "; …" : "");
    return hr_fail(err, HR_INPUT, "%s: has no movie '%s'%s%s; give an id or a title", path, wanted,
                   *list ? "; the most similar are: " : "", list);
}

static hr_status find_title(const hr_catalogue *catalogue, const char *text, int64_t *movie, hr_error *err)
{
    hr_status status = HR_OK;
    hr_wanted_title wanted = {0};
    hr_title_names names;
    search s, of_year;
    hr_title_split(&names, text);
    wanted.year = names.year;
    if (names.count > 0)
        HR_TRY(hr_fold(&wanted.name, names.text[0], names.length[0], err));
    HR_TRY(search_titles(catalogue, &wanted, &s, err));
    if (best_level(&s) == HR_TITLE_OTHER && take_year(&wanted)) {
        HR_TRY(search_titles(catalogue, &wanted, &of_year, err));
        if (best_level(&of_year) < HR_TITLE_OTHER)
            s = of_year;
    }
    const int level = best_level(&s);
    if (level < HR_TITLE_OTHER && s.count[level] == 1)
        *movie = s.movie[level];
    else if (level == HR_TITLE_OTHER && s.nearest_count == 1)
        *movie = s.nearest;
    else
        status = refuse(catalogue, text, &s, err);
done:
    return status;
}

hr_status hr_find_movie(const hr_catalogue *catalogue, const char *text, int64_t *movie, hr_error *err)
{
    int64_t count = 0;
    *movie = hr_ids_find(&catalogue->id, text, (int64_t)strlen(text));
    if (*movie != HR_NOT_FOUND)
        return HR_OK;
    for (int64_t m = 0; *text && m < catalogue->movies; m++)
        if (strcmp(hr_strings_at(&catalogue->title, m), text) == 0 && count++ == 0)
            *movie = m;
    return count == 1 ? HR_OK : find_title(catalogue, text, movie, err);
}
