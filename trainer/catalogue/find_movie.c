#include "io/base/search.h"
#include "io/base/utf8.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/catalogue/title_search.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_LENGTH = 72, YEAR_DIGITS = 4 };

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

static hr_status refuse(const hr_catalogue *catalogue, const char *text, const hr_title_search *s,
                        hr_error *err)
{
    char list[HR_TITLE_CANDIDATES * 2 * SHOWN_LENGTH] = "", wanted[SHOWN_LENGTH], path[HR_ESCAPED_LENGTH];
    const int level = hr_title_best_level(s);
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
                       (int)several, wanted, list, several > HR_TITLE_CANDIDATES ? "; …" : "");
    return hr_fail(err, HR_INPUT, "%s: has no movie '%s'%s%s; give an id or a title", path, wanted,
                   *list ? "; the most similar are: " : "", list);
}

static hr_status find_title(const hr_catalogue *catalogue, const char *text, int64_t *movie, hr_error *err)
{
    hr_status status = HR_OK;
    hr_wanted_title wanted = {0};
    hr_title_names names;
    hr_title_search s, of_year;
    hr_title_split(&names, text);
    wanted.year = names.year;
    if (names.count > 0)
        HR_TRY(hr_fold(&wanted.name, names.text[0], names.length[0], err));
    HR_TRY(hr_title_search_all(catalogue, &wanted, &s, err));
    if (hr_title_best_level(&s) == HR_TITLE_OTHER && take_year(&wanted)) {
        HR_TRY(hr_title_search_all(catalogue, &wanted, &of_year, err));
        if (hr_title_best_level(&of_year) < HR_TITLE_OTHER)
            s = of_year;
    }
    const int level = hr_title_best_level(&s);
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
