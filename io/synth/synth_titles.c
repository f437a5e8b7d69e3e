#include "io/synth/synth_titles.h"

#include "io/base/philox.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { STREAM_YEAR = HR_STREAM_SYNTH + 11, FIRST_YEAR = 1920, LAST_YEAR = 1995 };

const char *const hr_titles_genre_names[HR_SYNTH_GENRES] = {
    "Drama",   "Comedy",      "Thriller", "Action",  "Romance",  "Adventure",
    "Crime",   "Sci-Fi",      "Horror",   "Fantasy", "Children", "Animation",
    "Mystery", "Documentary", "War",      "Musical", "Western",  "Film-Noir"};

const hr_synth_tag hr_titles_tags[] = {{"moving", 0},
                                       {"family", 0},
                                       {"slow burn", 0},
                                       {"funny", 1},
                                       {"witty", 1},
                                       {"dark comedy", 1},
                                       {"satire", 1},
                                       {"twist ending", 2},
                                       {"suspense", 2},
                                       {"tense", 2},
                                       {"car chase", 3},
                                       {"fight scenes", 3},
                                       {"stylized", 3},
                                       {"love story", 4},
                                       {"bittersweet", 4},
                                       {"quest", 5},
                                       {"treasure", 5},
                                       {"heist", 6},
                                       {"gangsters", 6},
                                       {"detective", 6},
                                       {"space", 7},
                                       {"time travel", 7},
                                       {"robots", 7},
                                       {"dystopia", 7},
                                       {"haunted house", 8},
                                       {"creepy", 8},
                                       {"magic", 9},
                                       {"dragons", 9},
                                       {"coming of age", 10},
                                       {"talking animals", 10},
                                       {"hand-drawn", 11},
                                       {"stop motion", 11},
                                       {"whodunit", 12},
                                       {"atmospheric", 12},
                                       {"true story", 13},
                                       {"nature", 13},
                                       {"world war", 14},
                                       {"anti-war", 14},
                                       {"great soundtrack", 15},
                                       {"dancing", 15},
                                       {"desert", 16},
                                       {"outlaws", 16},
                                       {"black and white", 17},
                                       {"femme fatale", 17}};
const int hr_titles_tag_count = sizeof hr_titles_tags / sizeof *hr_titles_tags;

static const char *const adjectives[] = {
    "Silent",   "Last",      "Crimson",  "Hidden", "Golden", "Broken",    "Distant",  "Burning",
    "Quiet",    "Forgotten", "Electric", "Winter", "Wild",   "Secret",    "Paper",    "Iron",
    "Velvet",   "Hollow",    "Endless",  "Stolen", "Second", "Northern",  "Sleeping", "Perfect",
    "Midnight", "Lonely",    "Silver",   "Blue",   "Final",  "Restless",  "Painted",  "Frozen",
    "Gentle",   "Reckless",  "Falling",  "Bitter", "Sacred", "Wandering", "Glass",    "Seventh"};
static const char *const nouns[] = {
    "Harbour", "Garden",   "Letter",    "River",     "Witness", "Stranger", "Summer", "Kingdom",
    "Mirror",  "Train",    "Promise",   "Island",    "Shadow",  "Bridge",   "Song",   "Winter",
    "Orchard", "Voyage",   "Neighbour", "Lantern",   "City",    "Daughter", "Game",   "Mountain",
    "Signal",  "Carnival", "Hotel",     "Detective", "Machine", "Forest",   "Road",   "Wedding",
    "Thief",   "Storm",    "Library",   "Frontier",  "Dancer",  "Planet",   "Secret", "Station"};
static const char *const patterns[] = {"The %s %s",
                                       "%s %s",
                                       "A %s %s",
                                       "My %s %s",
                                       "Return of the %s %s",
                                       "Beyond the %s %s",
                                       "%s %s Nights",
                                       "The Year of the %s %s",
                                       "Goodbye, %s %s",
                                       "One %s %s",
                                       "Under the %s %s",
                                       "Our %s %s",
                                       "No %s %s",
                                       "Every %s %s",
                                       "The %s %s Affair",
                                       "%s %s Blues",
                                       "Once a %s %s"};

enum {
    ADJECTIVES = sizeof adjectives / sizeof *adjectives,
    NOUNS = sizeof nouns / sizeof *nouns,
    PATTERNS = sizeof patterns / sizeof *patterns,
    TITLES = ADJECTIVES * NOUNS * PATTERNS,
    STRIDE =
        7919 /* a prime that does not divide TITLES: multiples of it visit all titles before one returns */
};

/* Films get more numerous towards the end of the century. */
static int32_t draw_year(uint64_t seed, int64_t movie)
{
    const hr_random4 r = hr_philox(seed, (hr_stream)STREAM_YEAR, 0, (uint64_t)movie);
    return FIRST_YEAR + (int32_t)(sqrt(hr_uniform(r.word[0])) * (LAST_YEAR - FIRST_YEAR + 1));
}

/* The part without a year; past the last combination, a sequel's number. */
static void make_name(char *text, size_t size, int64_t movie, uint64_t seed)
{
    const int64_t number = (int64_t)(((uint64_t)movie * STRIDE + seed % TITLES) % TITLES);
    const char *adjective = adjectives[number % ADJECTIVES], *noun = nouns[number / ADJECTIVES % NOUNS];
    const char *pattern = patterns[number / (ADJECTIVES * NOUNS)], *words[2] = {adjective, noun};
    size_t used = 0;
    for (int next = 0; *pattern && used + 1 < size; pattern++) {
        if (pattern[0] == '%' && pattern[1] == 's') {
            used += (size_t)snprintf(text + used, size - used, "%s", words[next++]);
            pattern++;
        } else {
            text[used++] = *pattern;
        }
    }
    text[used] = '\0';
    if (movie >= TITLES)
        snprintf(text + used, size - used, " %d", (int)(movie / TITLES) + 1);
}

hr_status hr_titles_make(hr_strings *titles, int32_t *year, int64_t count, uint64_t seed, hr_error *err)
{
    hr_status status = HR_OK;
    for (int64_t m = 0; m < count && status == HR_OK; m++) {
        char name[96], title[112];
        year[m] = draw_year(seed, m);
        make_name(name, sizeof name, m, seed);
        const int length = snprintf(title, sizeof title, "%s (%d)", name, (int)year[m]);
        status = hr_strings_append(titles, title, length, err);
    }
    return status;
}
