#include "trainer/explain/explanation_text.h"

#include "io/base/utf8.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* A movie's title, or its id where it has none, as a terminal shows it. */
static const char *title_of(const hr_catalogue *catalogue, int64_t movie, char shown[HR_ESCAPED_LENGTH])
{
    char id[HR_ID_BUFFER];
    const char *title = hr_strings_at(&catalogue->title, movie);
    const char *text = *title ? title : hr_ids_text(&catalogue->id, movie, id);
    return hr_escape(shown, HR_ESCAPED_LENGTH, text, (int64_t)strlen(text));
}

static void append(char *text, int64_t size, const char *more)
{
    const size_t used = strlen(text);
    snprintf(text + used, (size_t)size - used, "%s", more);
}

/* Whether the sentence names reason number `i` among those of that opinion: all of them where opinions don't matter. */
static bool belongs(const hr_explanation *x, int64_t i, int opinion)
{
    return !x->reads_ratings || hr_explanation_opinion(x, i) == opinion;
}

/* Appends "A, B and C" of the first `named` reasons that belong to an opinion; returns how many they are. */
static int64_t append_titles(const hr_explanation *x, const hr_catalogue *catalogue, int64_t named,
                             int opinion, char *text, int64_t size)
{
    char shown[HR_ESCAPED_LENGTH];
    int64_t left = 0, count = 0;
    for (int64_t i = 0; i < named; i++)
        left += belongs(x, i, opinion);
    for (int64_t i = 0; i < named; i++) {
        if (!belongs(x, i, opinion))
            continue;
        append(text, size, count == 0 ? "" : count + 1 < left ? ", " : " and ");
        append(text, size, title_of(catalogue, x->reason[i].movie, shown));
        count++;
    }
    return count;
}

/* Appends "A and B high, C low", or titles alone. */
static void append_reasons(const hr_explanation *x, const hr_catalogue *catalogue, int64_t named, char *text,
                           int64_t size)
{
    static const struct {
        int opinion;
        const char *word;
    } words[] = {{1, " high"}, {0, ""}, {-1, " low"}};
    bool liked = true;
    for (int64_t i = 0; i < named; i++)
        liked = liked && hr_explanation_opinion(x, i) > 0;
    if (!x->reads_ratings) {
        append_titles(x, catalogue, named, 0, text, size);
        append(text, size, liked ? " high" : "");
        return;
    }
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        if (append_titles(x, catalogue, named, words[w].opinion, text, size) == 0)
            continue;
        append(text, size, words[w].word);
        append(text, size, ", ");
    }
    text[strlen(text) - 2] = '\0'; /* the last comma */
}

char *hr_explanation_sentence(const hr_explanation *explanation, const hr_catalogue *catalogue, char *text,
                              int64_t size)
{
    char end[128];
    const int64_t named = hr_explanation_named(explanation);
    *text = '\0';
    if (named == 0) {
        append(text, size, "not because of any movie that you rated");
        return text;
    }
    append(text, size, "because you rated ");
    append_reasons(explanation, catalogue, named, text, size);
    snprintf(end, sizeof end, ": %.0f %% of what your movies say for it",
             100.0 * hr_explanation_weight(explanation, named));
    append(text, size, end);
    return text;
}

/* What a reason and the movie have in common: "Horror, Sci-Fi; tags: space". */
static void print_common(const hr_explanation *x, int64_t reason)
{
    char shown[HR_ESCAPED_LENGTH];
    const char *genres = hr_strings_at(&x->genres, reason), *tags = hr_strings_at(&x->tags, reason);
    printf("%s", hr_escape(shown, sizeof shown, genres, (int64_t)strlen(genres)));
    if (*tags)
        printf("%stags: %s", *genres ? "; " : "",
               hr_escape(shown, sizeof shown, tags, (int64_t)strlen(tags)));
}

static void print_reasons(const hr_explanation *x, const hr_catalogue *catalogue, int64_t top)
{
    char shown[HR_ESCAPED_LENGTH], rating[16];
    double rest = 0.0;
    if (x->reasons > 0)
        printf("\n%10s  %6s  %-40s  %s\n", "share", "rated", "movie", "in common");
    for (int64_t i = 0; i < x->reasons; i++) {
        const hr_reason *r = &x->reason[i];
        rest += i >= top ? r->share : 0.0;
        if (i >= top)
            continue;
        rating[0] = '\0';
        if (!isnan(r->rating))
            snprintf(rating, sizeof rating, "%g", (double)r->rating);
        printf("%10.5f  %6s  %-40s  ", r->share, rating, title_of(catalogue, r->movie, shown));
        print_common(x, i);
        printf("\n");
    }
    if (x->reasons > top)
        printf("%10.5f  %6s  %" PRId64 " others\n", rest, "", x->reasons - top);
}

static void print_paths(const hr_explanation *x, const hr_catalogue *catalogue)
{
    char shown[HR_ESCAPED_LENGTH], id[HR_ID_BUFFER], user[HR_ESCAPED_LENGTH];
    printf("\n%" PRId64 " paths through %" PRId64 " users%s\n", x->paths.count, x->paths.users,
           x->paths.kept > 0 ? "; those of most weight:" : "");
    for (int i = 0; i < x->paths.kept; i++) {
        const char *text = hr_ids_text(&x->path_user, i, id);
        printf("%10.2e  you - %s - user %s - this movie\n", x->paths.best[i].weight,
               title_of(catalogue, x->paths.best[i].movie, shown),
               hr_escape(user, sizeof user, text, (int64_t)strlen(text)));
    }
}

void hr_explanation_print(const hr_explanation *explanation, const hr_catalogue *catalogue, int64_t top)
{
    char shown[HR_ESCAPED_LENGTH], sentence[4 * HR_ESCAPED_LENGTH];
    printf("%s: %.4f\n%s\n", title_of(catalogue, explanation->movie, shown), explanation->score,
           hr_explanation_sentence(explanation, catalogue, sentence, sizeof sentence));
    print_reasons(explanation, catalogue, top);
    printf("\n");
    for (int i = 0; i < explanation->parts; i++)
        printf("%10.5f  %s\n", explanation->part[i].value, explanation->part[i].name);
    printf("%10.5f  score\n", explanation->score);
    print_paths(explanation, catalogue);
}
