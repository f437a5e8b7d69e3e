#include "io/base/json.h"
#include "io/statistics/bars.h"
#include "trainer/report/stats_report.h"

static json_t *distribution(const hr_frequencies *f)
{
    static const char *const names[HR_QUANTILES] = {"minimum", "q01", "q10", "q25",    "median",
                                                    "q75",     "q90", "q99", "maximum"};
    const hr_distribution d = hr_distribution_of(f);
    json_t *object = json_object();
    for (int q = 0; q < HR_QUANTILES; q++)
        json_object_set_new(object, names[q], json_real(d.quantile[q]));
    json_object_set_new(object, "mean", json_real(d.mean));
    json_object_set_new(object, "gini", json_real(d.gini));
    return object;
}

/* Pairs of a value and how often it occurs, or of where a bar begins, and its height. */
static json_t *histogram(const hr_bar *bar, int bars)
{
    json_t *list = json_array();
    for (int b = 0; b < bars; b++)
        json_array_append_new(list, json_pack("[f, I]", bar[b].from, (json_int_t)bar[b].count));
    return list;
}

static json_t *genres(const hr_statistics *s)
{
    json_t *list = json_array();
    for (int64_t i = 0; i < s->genres; i++)
        json_array_append_new(list,
                              json_pack("{s:o, s:I, s:I, s:f}", "name",
                                        hr_json_string(hr_strings_at(&s->genre_name, s->genre[i].genre)),
                                        "ratings", (json_int_t)s->genre[i].ratings, "movies",
                                        (json_int_t)s->genre[i].movies, "mean", s->genre[i].mean));
    return list;
}

static json_t *time_or_null(int64_t time)
{
    return time == HR_NO_TIME ? json_null() : json_integer(time);
}

static json_t *parts(const hr_split_counts *c)
{
    json_t *object = json_object();
    for (int part = 0; part < HR_SPLITS; part++)
        json_object_set_new(
            object, hr_split_names[part],
            json_pack("{s:I, s:I, s:I, s:o, s:o}", "ratings", (json_int_t)c->ratings[part], "users",
                      (json_int_t)c->users[part], "movies", (json_int_t)c->movies[part], "first_time",
                      time_or_null(c->first_time[part]), "last_time", time_or_null(c->last_time[part])));
    return object;
}

static json_t *split(const hr_statistics *s)
{
    const hr_split_counts *c = &s->split;
    return json_pack("{s:o, s:I, s:o, s:I, s:I, s:I}", "rule", hr_json_string(s->data.split), "seed",
                     (json_int_t)s->data.split_seed, "parts", parts(c), "users_without_train",
                     (json_int_t)c->users_without_train, "movies_unseen", (json_int_t)c->movies_unseen,
                     "ratings_of_unseen", (json_int_t)c->ratings_of_unseen);
}

static json_t *histograms(const hr_statistics *s)
{
    hr_bar bar[HR_MOST_BARS];
    json_t *object = json_object();
    json_object_set_new(object, "activity", histogram(bar, hr_bars_doubling(&s->activity, bar)));
    json_object_set_new(object, "popularity", histogram(bar, hr_bars_doubling(&s->popularity, bar)));
    json_object_set_new(object, "values", histogram(bar, hr_bars_even(&s->values, 40, bar)));
    json_object_set_new(object, "times", histogram(bar, hr_bars_even(&s->times, 100, bar)));
    return object;
}

static void add_distributions(const hr_statistics *s, json_t *object)
{
    json_object_set_new(object, "activity", distribution(&s->activity));
    json_object_set_new(object, "popularity", distribution(&s->popularity));
    json_object_set_new(object, "values", distribution(&s->values));
    json_object_set_new(object, "times", s->times.count > 0 ? distribution(&s->times) : json_null());
    json_object_set_new(object, "histograms", histograms(s));
}

json_t *hr_stats_report_json(const hr_statistics *s)
{
    const double pairs = (double)s->data.users * (double)s->rated_movies;
    json_t *object =
        json_pack("{s:I, s:I, s:I, s:I, s:f, s:f, s:I}", "users", (json_int_t)s->data.users, "movies",
                  (json_int_t)s->data.movies, "rated_movies", (json_int_t)s->rated_movies, "ratings",
                  (json_int_t)s->data.ratings, "density", pairs > 0.0 ? (double)s->data.ratings / pairs : 0.0,
                  "mean", s->mean, "without_time", (json_int_t)s->split.untimed);
    add_distributions(s, object);
    json_object_set_new(object, "components",
                        json_pack("{s:I, s:I, s:I, s:I}", "count", (json_int_t)s->components, "largest_users",
                                  (json_int_t)s->largest_users, "largest_movies",
                                  (json_int_t)s->largest_movies, "largest_ratings",
                                  (json_int_t)s->largest_ratings));
    json_object_set_new(object, "genres", genres(s));
    json_object_set_new(object, "split", split(s));
    return object;
}
