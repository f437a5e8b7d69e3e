#include "trainer/catalogue/title_match.h"

#include "io/options/spelling.h"
#include "trainer/catalogue/trigrams.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum { BYTES_AN_ERROR = 6 }; /* the first after five */

int hr_title_tolerance(const hr_wanted_title *wanted)
{
    return (wanted->name.length + 1) / BYTES_AN_ERROR;
}

static bool are_equal(const hr_folded *a, int a_first, const hr_folded *b, int b_first)
{
    return a->length - a_first == b->length - b_first && strcmp(a->text + a_first, b->text + b_first) == 0;
}

static hr_title_level level_of(const hr_folded *wanted, const hr_folded *name, bool is_alternative)
{
    if (name->length == 0 || wanted->length == 0)
        return HR_TITLE_OTHER;
    if (are_equal(wanted, 0, name, 0))
        return is_alternative ? HR_TITLE_ALTERNATIVE : HR_TITLE_SAME;
    if (are_equal(wanted, wanted->bare, name, name->bare))
        return is_alternative ? HR_TITLE_ALTERNATIVE_BARE : HR_TITLE_BARE;
    return HR_TITLE_OTHER;
}

/* Whether both have the same digits in the same order: "Alien 3" is no misspelled "Alien 2". */
static bool have_equal_digits(const char *a, const char *b)
{
    for (;; a++, b++) {
        while (*a && !isdigit((unsigned char)*a))
            a++;
        while (*b && !isdigit((unsigned char)*b))
            b++;
        if (*a != *b)
            return false;
        if (!*a)
            return true;
    }
}

/* Of the names with their articles or without, whichever is less. */
static int distance_of(const hr_wanted_title *wanted, const hr_folded *name)
{
    const int none = hr_title_tolerance(wanted) + 1;
    const hr_folded *own = &wanted->name;
    if (!have_equal_digits(own->text, name->text))
        return none;
    const int whole = hr_edit_distance(own->text, own->length, name->text, name->length, none);
    return hr_edit_distance(own->text + own->bare, own->length - own->bare, name->text + name->bare,
                            name->length - name->bare, whole);
}

static void add_name(const hr_wanted_title *wanted, const hr_folded *name, bool is_alternative,
                     bool is_its_year, hr_title_match *match)
{
    const hr_title_level level = level_of(&wanted->name, name, is_alternative);
    const double similarity = level == HR_TITLE_OTHER ? hr_trigram_similarity(&wanted->name, name) : 3.0;
    match->similarity = similarity > match->similarity ? similarity : match->similarity;
    if (!is_its_year)
        return;
    const int distance = distance_of(wanted, name);
    match->level = level < match->level ? level : match->level;
    match->distance = distance < match->distance ? distance : match->distance;
}

hr_status hr_title_compare(const hr_wanted_title *wanted, const char *title, int32_t year,
                           hr_title_match *match, hr_error *err)
{
    hr_status status = HR_OK;
    hr_title_names names;
    hr_folded name;
    hr_title_split(&names, title);
    *match = (hr_title_match){HR_TITLE_OTHER, hr_title_tolerance(wanted) + 1, 0.0};
    const int32_t its_year = year ? year : names.year;
    for (int i = 0; i < names.count; i++) {
        HR_TRY(hr_fold(&name, names.text[i], names.length[i], err));
        add_name(wanted, &name, i >= names.alternative, wanted->year == 0 || wanted->year == its_year, match);
    }
done:
    return status;
}
