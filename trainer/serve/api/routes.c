/* The table of this room's endpoints. */
#include "trainer/neighbourhood/neighbourhood.h"
#include "trainer/serve/api/endpoint.h"
#include "trainer/top/chart_request.h"

#define ID_OF_MOVIE                                                                                          \
    {                                                                                                        \
        .name = "movie", .kind = HR_ID_PARAMETER, .required = true, .minimum = 1,                            \
        .summary = "the movie's id, or its title as you would type it"                                       \
    }
#define TOP_K(most, number, what)                                                                            \
    {                                                                                                        \
        .name = "top_k", .kind = HR_INTEGER_PARAMETER, .minimum = 1, .maximum = most, .otherwise = number,   \
        .summary = what                                                                                      \
    }
#define OFFSET                                                                                               \
    {                                                                                                        \
        .name = "offset", .kind = HR_INTEGER_PARAMETER, .minimum = 0, .maximum = 1000000000,                 \
        .otherwise = "0", .summary = "how many are passed over: those of pages before"                       \
    }
#define BY                                                                                                   \
    {                                                                                                        \
        .name = "by", .kind = HR_CHOICE_PARAMETER, .choices = hr_similar_ways,                               \
        .summary =                                                                                           \
            "what movies are compared by; without it both, or the one that the data and the model have"      \
    }
#define MOVIE_FILTER                                                                                         \
    {.name = "genre", .summary = "only movies of one of these genres, separated by commas"},                 \
        {.name = "without_genre", .summary = "no movies of these genres"},                                   \
        {.name = "year", .summary = "only movies of the years A:B; either may be left out"},                 \
    {                                                                                                        \
        .name = "decade", .kind = HR_INTEGER_PARAMETER, .minimum = 1, .maximum = 9999,                       \
        .summary = "only movies of the ten years from this one on"                                           \
    }
#define PERIOD                                                                                               \
    {.name = "since", .summary = "count ratings from this date on, such as 2015-01-31"},                     \
        {.name = "until", .summary = "count ratings before this date"},                                      \
    {                                                                                                        \
        .name = "train", .kind = HR_FLAG_PARAMETER, .summary = "count ratings of the train part alone"       \
    }

static const hr_parameter similar[] = {ID_OF_MOVIE, TOP_K(1000, "10", "number of movies"), BY, {0}};
static const hr_parameter tags[] = {ID_OF_MOVIE, TOP_K(1000, "10", "number of tags"), BY, {0}};

static const hr_parameter top[] = {{.name = "by",
                                    .kind = HR_CHOICE_PARAMETER,
                                    .choices = hr_chart_orders,
                                    .otherwise = "popular",
                                    .summary = "what movies are ranked by"},
                                   TOP_K(1000, "10", "number of movies"),
                                   MOVIE_FILTER,
                                   PERIOD,
                                   {.name = "days",
                                    .kind = HR_INTEGER_PARAMETER,
                                    .minimum = 1,
                                    .maximum = 36500,
                                    .otherwise = "90",
                                    .summary = "of trending: days up to the last rating that are recent"},
                                   {.name = "percentile",
                                    .kind = HR_REAL_PARAMETER,
                                    .minimum = 0,
                                    .maximum = 100,
                                    .otherwise = "90",
                                    .summary = "of rated: percentile of movies by ratings that m is"},
                                   {0}};
static const hr_parameter chart[] = {TOP_K(1000, "10", "number of movies"), MOVIE_FILTER, PERIOD, {0}};

static const hr_parameter movies[] = {
    {.name = "query",
     .summary = "a title, or its beginning or a part of it, as you would type it; an id; without it all "
                "movies, the most rated first"},
    TOP_K(100, "20", "movies of a page"),
    OFFSET,
    MOVIE_FILTER,
    {0}};
static const hr_parameter movie[] = {
    {.name = "id", .where = HR_IN_PATH, .kind = HR_ID_PARAMETER, .summary = "the movie's id, or its title"},
    {0}};

static const hr_parameter users[] = {
    {.name = "query", .summary = "the beginning of an id"}, TOP_K(100, "20", "users of a page"), OFFSET, {0}};
static const hr_parameter user[] = {
    {.name = "id", .where = HR_IN_PATH, .kind = HR_ID_PARAMETER, .summary = "the user's id"},
    TOP_K(1000, "100", "ratings of a page"),
    OFFSET,
    {0}};

static const hr_parameter explain[] = {
    {.name = "user", .kind = HR_ID_PARAMETER, .required = true, .minimum = 1, .summary = "the user's id"},
    ID_OF_MOVIE,
    TOP_K(1000000, "1000000", "how many of the user's movies are listed"),
    {0}};

static const char *const formats[] = {"json", "svg", NULL};
static const hr_parameter graph[] = {
    {.name = "user", .kind = HR_ID_PARAMETER, .minimum = 1, .summary = "begin at this user: the id"},
    {.name = "movie",
     .kind = HR_ID_PARAMETER,
     .minimum = 1,
     .summary = "begin at this movie: its id or title"},
    {.name = "hops",
     .kind = HR_INTEGER_PARAMETER,
     .minimum = 1,
     .maximum = HR_MOST_HOPS,
     .otherwise = "2",
     .summary = "how many edges away"},
    {.name = "limit",
     .kind = HR_INTEGER_PARAMETER,
     .minimum = 1,
     .maximum = 100,
     .otherwise = "10",
     .summary = "neighbours of each user and movie"},
    {.name = "format",
     .kind = HR_CHOICE_PARAMETER,
     .choices = formats,
     .summary = "svg: a picture; so is what an Accept of image/svg+xml asks for"},
    {0}};

static const hr_parameter run[] = {{.name = "name",
                                    .where = HR_IN_PATH,
                                    .minimum = 1,
                                    .maximum = 127,
                                    .summary = "the run's name, as /runs has it"},
                                   {.name = "since",
                                    .kind = HR_INTEGER_PARAMETER,
                                    .minimum = 0,
                                    .maximum = 1000000000,
                                    .otherwise = "0",
                                    .summary = "number of the first line: `next` of the answer before"},
                                   {.name = "most",
                                    .kind = HR_INTEGER_PARAMETER,
                                    .minimum = 1,
                                    .maximum = 10000,
                                    .otherwise = "1000",
                                    .summary = "lines of an answer"},
                                   {0}};

#define CHART                                                                                                \
    "{by: text, top: [{movie: id, title: text, genres: [text], year?: integer, score: number, ratings: "     \
    "integer, first_rating?: integer}]}"
#define DISTRIBUTION                                                                                         \
    "{minimum: number, q01: number, q10: number, q25: number, median: number, q75: number, q90: number, "    \
    "q99: number, maximum: number, mean: number, gini: number}"
#define PART                                                                                                 \
    "{ratings: integer, users: integer, movies: integer, first_time: integer|null, last_time: integer|null}"

const hr_route hr_api_routes[] = {
    {"GET", "/similar", "The movies that are most like one", similar, .handle = hr_api_similar,
     .takes_long = hr_always_takes_long,
     .answers = "{movie: id, title: text, by: text, similar: [{movie: id, title: text, score: number}]}"},
    {"GET", "/tags", "Tags suggested for a movie, from those of the movies most like it", tags,
     .handle = hr_api_tags, .takes_long = hr_always_takes_long,
     .answers = "{movie: id, title: text, tags: [{tag: text, score: number}]}"},
    {"GET", "/top", "Movies by popularity, year, trend or rating, the same for everybody", top,
     .handle = hr_api_top, .takes_long = hr_always_takes_long, .answers = CHART},
    {"GET", "/latest", "The movies of the latest years", chart, .handle = hr_api_latest,
     .takes_long = hr_always_takes_long, .answers = CHART},
    {"GET", "/popular", "The movies with the most ratings", chart, .handle = hr_api_popular,
     .takes_long = hr_always_takes_long, .answers = CHART},
    {"GET", "/movies", "Movies whose title is like a text, in pages", movies, .handle = hr_api_movies,
     .takes_long = hr_movies_take_long,
     .answers = "{total: integer, offset: integer, movies: [{movie: id, title: text, genres: [text], year?: "
                "integer, ratings: integer, mean?: number}]}"},
    {"GET", "/movies/{id}", "What is known of a movie, also of one that a visitor has added", movie,
     .handle = hr_api_movie, .takes_long = hr_movie_takes_long,
     .answers =
         "{movie: id, title: text, genres: [text], year?: integer, ratings: integer, mean?: number, "
         "first_rating?: integer, tags: [{tag: text, times: integer}], created?: integer, picture?: any}"},
    {"GET", "/users", "Users whose id begins with a text, in pages", users, .handle = hr_api_users,
     .answers = "{total: integer, offset: integer, users: [{user: id, ratings: integer}]}"},
    {"GET", "/users/{id}", "A user's ratings, the latest first, in pages", user, .handle = hr_api_user,
     .answers = "{user: id, count: integer, mean?: number, first?: integer, last?: integer, offset: integer, "
                "ratings: [{movie: id, title: text, rating: number, split: text, time?: integer}]}"},
    {"GET", "/explain", "Why a movie has its score for a user, as a sum of parts and of the user's movies",
     explain, .handle = hr_api_explain, .takes_long = hr_always_takes_long,
     .answers = "{user: id, movie: id, title: text, score: number, parts: {*: number}, because: [{movie: id, "
                "title: text, share: number, rating?: number, genres: text, tags: text}], "
                "paths: {count: integer, users: integer, weight: number, best: [{movie: id, title: text, "
                "user: id|null, weight: number}]}}"},
    {"GET", "/graph", "The users and movies near one, as nodes and edges, or drawn", graph,
     .handle = hr_api_graph, .takes_long = hr_always_takes_long,
     .answers = "{nodes: [{id: text, kind: text, name: text, hops: integer}], edges: [{source: integer, "
                "target: integer, weight: number, rating: number, carries?: number}]}"},
    {"GET", "/map", "Movies on a plane: the two directions in which their rows differ most",
     .handle = hr_api_map, .takes_long = hr_always_takes_long,
     .answers = "{share: [number], points: [{movie: id, title: text, genres: [text], year?: integer, x: "
                "number, y: number, ratings: integer}]}"},
    {"GET", "/stats", "What the dataset is like", .handle = hr_api_stats, .takes_long = hr_always_takes_long,
     .answers =
         "{users: integer, movies: integer, rated_movies: integer, ratings: integer, density: number, mean: "
         "number, without_time: integer, "
         "activity: " DISTRIBUTION ", popularity: " DISTRIBUTION ", values: " DISTRIBUTION
         ", times: " DISTRIBUTION "|null, "
         "histograms: {activity: [[number]], popularity: [[number]], values: [[number]], times: [[number]]}, "
         "components: {count: integer, largest_users: integer, largest_movies: integer, largest_ratings: "
         "integer}, "
         "genres: [{name: text, ratings: integer, movies: integer, mean: number}], "
         "split: {rule: text, seed: integer, parts: {*: " PART
         "}, users_without_train: integer, movies_unseen: integer, ratings_of_unseen: integer}}"},
    {"GET", "/model", "What the model that is served is, and the options of its run", .handle = hr_api_model,
     .answers = "{format: text, model: text, users: integer, movies: integer, dim: integer, step: integer, "
                "fingerprint: text, run: {*: any}, mixture?: {models: [text], shares: text}}"},
    {"GET", "/insights", "Which tags people give, and which they give to the same movies",
     .handle = hr_api_insights, .takes_long = hr_always_takes_long,
     .answers = "{tags: {given: integer, different: integer, movies: integer, most: [{tag: text, times: "
                "integer, movies: integer}], "
                "pairs: [{a: text, b: text, together: integer, lift: number}]}}"},
    {"GET", "/evaluation", "How good the lists are, measured on a sample of users, by segment",
     .handle = hr_api_evaluation, .takes_long = hr_always_takes_long,
     .answers = "{split: text, users?: number, segments?: {*: {*: any}}, *: any}"},
    {"GET", "/runs", "Logs of runs", .handle = hr_api_runs,
     .answers = "{runs: [{name: text, changed: integer, done: flag, lines: integer, last: {*: number}, "
                "best?: {figure: text, value: number, epoch: number}}]}"},
    {"GET", "/runs/{name}", "The log of a run from a line on, while it is written", run, .handle = hr_api_run,
     .answers = "{name: text, since: integer, next: integer, lines: [{*: any}], bad: integer, done: flag}"},
    {"GET", "/openapi.json", "This description", .handle = hr_api_openapi,
     .answers = "{openapi: text, info: {*: text}, paths: {*: {*: any}}, components: {*: any}}"},
    {0}};
