#include "trainer/catalogue/title_search.h"

#include "io/base/search.h"

static void add_candidate(hr_title_search *s, int64_t movie, double similarity)
{
    int at = s->candidates;
    if (at == HR_TITLE_CANDIDATES && similarity <= s->similarity[HR_TITLE_CANDIDATES - 1])
        return;
    at = at == HR_TITLE_CANDIDATES ? HR_TITLE_CANDIDATES - 1 : s->candidates++;
    for (; at > 0 && s->similarity[at - 1] < similarity; at--) {
        s->candidate[at] = s->candidate[at - 1];
        s->similarity[at] = s->similarity[at - 1];
    }
    s->candidate[at] = movie;
    s->similarity[at] = similarity;
}

static void add_movie(hr_title_search *s, int64_t movie, const hr_title_match *match)
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

hr_status hr_title_search_all(const hr_catalogue *catalogue, const hr_wanted_title *wanted,
                              hr_title_search *s, hr_error *err)
{
    hr_status status = HR_OK;
    hr_title_match match;
    *s = (hr_title_search){.distance = hr_title_tolerance(wanted) + 1, .nearest = HR_NOT_FOUND};
    for (int64_t m = 0; m < catalogue->movies; m++) {
        HR_TRY(
            hr_title_compare(wanted, hr_strings_at(&catalogue->title, m), catalogue->year[m], &match, err));
        add_movie(s, m, &match);
    }
done:
    return status;
}

int hr_title_best_level(const hr_title_search *s)
{
    int level = 0;
    while (level < HR_TITLE_OTHER && s->count[level] == 0)
        level++;
    return level;
}
