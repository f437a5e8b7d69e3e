#include "trainer/report/stats_report.h"

#include "io/base/utf8.h"
#include "trainer/report/stats_charts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MOST_GENRES = 10 };

static double density(const hr_statistics *s)
{
    const double pairs = (double)s->data.users * (double)s->rated_movies;
    return pairs > 0.0 ? (double)s->data.ratings / pairs : 0.0;
}

static void print_head(const hr_statistics *s, const char *path)
{
    printf("%s\n%-12s %" PRId64 "\n%-12s %" PRId64 ", %" PRId64 " of them rated\n%-12s %" PRId64
           ", mean value %.4f\n%-12s %.4f%% of users x rated movies\n",
           path, "users", s->data.users, "movies", s->data.movies, s->rated_movies, "ratings",
           s->data.ratings, s->mean, "density", 100.0 * density(s));
    printf("%-12s %" PRId64 "; the largest has %" PRId64 " users, %" PRId64 " movies and %" PRId64
           " ratings\n",
           "components", s->components, s->largest_users, s->largest_movies, s->largest_ratings);
}

/* The numbers that are described, column by column. */
enum { ACTIVITY, POPULARITY, VALUES, TIMES, COLUMNS };

static void print_row(const char *name, const double number[COLUMNS], int columns)
{
    printf("%-12s", name);
    for (int c = 0; c < columns; c++) {
        char label[HR_LABEL];
        (c == TIMES ? hr_write_date : hr_write_number)(number[c], label);
        printf(" %16s", label);
    }
    putchar('\n');
}

static void print_distributions(const hr_statistics *s)
{
    static const char *const names[HR_QUANTILES] = {"minimum", "1 %",  "10 %", "25 %",   "median",
                                                    "75 %",    "90 %", "99 %", "maximum"};
    const int columns = s->times.count > 0 ? COLUMNS : TIMES;
    const hr_distribution of[COLUMNS] = {hr_distribution_of(&s->activity), hr_distribution_of(&s->popularity),
                                         hr_distribution_of(&s->values), hr_distribution_of(&s->times)};
    printf("\n%-12s %16s %16s %16s %16s\n", "quantile", "ratings a user", "ratings a movie", "value",
           columns == COLUMNS ? "time" : "");
    for (int q = 0; q < HR_QUANTILES; q++) {
        double number[COLUMNS];
        for (int c = 0; c < COLUMNS; c++)
            number[c] = of[c].quantile[q];
        print_row(names[q], number, columns);
    }
    print_row("mean", (double[COLUMNS]){of[ACTIVITY].mean, of[POPULARITY].mean, s->mean}, TIMES);
    print_row("gini", (double[COLUMNS]){of[ACTIVITY].gini, of[POPULARITY].gini}, VALUES);
    if (s->split.untimed > 0)
        printf("%" PRId64 " ratings have no time\n", s->split.untimed);
}

static void print_genres(const hr_statistics *s)
{
    const int64_t most = s->genres < MOST_GENRES ? s->genres : MOST_GENRES;
    if (most == 0)
        return;
    printf("\n%-24s %12s %10s %8s\n", "genre", "ratings", "movies", "mean");
    for (int64_t i = 0; i < most; i++) {
        char shown[HR_ESCAPED_LENGTH];
        const hr_genre_statistics *g = &s->genre[i];
        const char *name = hr_strings_at(&s->genre_name, g->genre);
        printf("%-24s %12" PRId64 " %10" PRId64 " %8.4f\n",
               hr_escape(shown, sizeof shown, name, (int64_t)strlen(name)), g->ratings, g->movies, g->mean);
    }
    if (s->genres > most)
        printf("and %" PRId64 " more\n", s->genres - most);
}

static void print_part_times(const hr_statistics *s)
{
    for (int part = 0; part < HR_SPLITS; part++) {
        char first[HR_LABEL], last[HR_LABEL];
        if (s->split.last_time[part] == HR_NO_TIME)
            continue;
        hr_write_date((double)s->split.first_time[part], first);
        hr_write_date((double)s->split.last_time[part], last);
        printf("%9s from %s to %s\n", hr_split_names[part], first, last);
    }
}

void hr_stats_report_text(const hr_statistics *s, const char *path)
{
    print_head(s, path);
    print_distributions(s);
    hr_stats_print_charts(s);
    print_genres(s);
    char shown[HR_ESCAPED_LENGTH];
    if (*s->data.split)
        printf("\nsplit %s, seed %" PRIu64 "\n",
               hr_escape(shown, sizeof shown, s->data.split, (int64_t)strlen(s->data.split)),
               s->data.split_seed);
    else
        printf("\nsplit by a rule that the file does not name\n");
    hr_split_counts_print(&s->split, stdout);
    print_part_times(s);
}
