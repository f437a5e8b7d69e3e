/* The parameters of a request for a list: the same in a query and in a body, where a list of movies has room. */
#include "trainer/serve/model/question.h"

/* clang-format off */
#define COMMON(where_)                                                                                                   \
    {.name = "user", .where = where_, .kind = HR_ID_PARAMETER, .minimum = 1,                                             \
     .summary = "id of a user of the data"},                                                                             \
    {.name = "like", .where = where_, .kind = HR_ID_PARAMETER, .minimum = 1, .repeated = true,                           \
     .summary = "movie that a newcomer likes, by id or title"},                                                          \
    {.name = "dislike", .where = where_, .kind = HR_ID_PARAMETER, .minimum = 1, .repeated = true,                        \
     .summary = "movie that a newcomer does not like, by id or title"},                                                  \
    {.name = "top_k", .where = where_, .kind = HR_INTEGER_PARAMETER, .minimum = 1, .maximum = 1000,                      \
     .summary = "number of movies, up to 100 with explain; without it 10, or all candidates"},                           \
    {.name = "diversity", .where = where_, .kind = HR_REAL_PARAMETER, .minimum = 0, .maximum = 1, .otherwise = "0",      \
     .summary = "weight of diversity, from the best movies to the most different ones"},                                 \
    {.name = "mixture", .where = where_, .kind = HR_TEXT_PARAMETER, .minimum = 1, .maximum = 200,                        \
     .summary = "CONTENT/MODEL/POPULARITY, and a share for each other model: what scores are mixed of, such as 30/60/10; or of models alone, such as 60/40; without it as served"},          \
    {.name = "keep_seen", .where = where_, .kind = HR_FLAG_PARAMETER, .otherwise = "false",                              \
     .summary = "list movies that the user has rated too"},                                                              \
    {.name = "genre", .where = where_, .kind = HR_TEXT_PARAMETER,                                                        \
     .summary = "only movies of one of these genres, separated by commas"},                                              \
    {.name = "without_genre", .where = where_, .kind = HR_TEXT_PARAMETER, .summary = "no movies of these genres"},       \
    {.name = "year", .where = where_, .kind = HR_TEXT_PARAMETER, .maximum = 40,                                          \
     .summary = "only movies of the years A:B; either may be left out"},                                                 \
    {.name = "popularity", .where = where_, .kind = HR_TEXT_PARAMETER, .maximum = 80,                                    \
     .summary = "only movies of A:B train ratings; 50%:90% are quantiles"},                                              \
    {.name = "allow", .where = where_, .kind = HR_ID_PARAMETER, .minimum = 1, .repeated = true,                          \
     .summary = "only these movies, by id or title"},                                                                    \
    {.name = "exclude", .where = where_, .kind = HR_ID_PARAMETER, .minimum = 1, .repeated = true,                        \
     .summary = "none of these movies"},                                                                                 \
    {.name = "candidates", .where = where_, .kind = HR_ID_PARAMETER, .minimum = 1, .repeated = true,                     \
     .summary = "rank these movies, seen or not"},                                                                       \
    {.name = "explain", .where = where_, .kind = HR_FLAG_PARAMETER, .otherwise = "false",                                \
     .summary = "say why each movie is listed"},                                                                         \
    {.name = "because", .where = where_, .kind = HR_INTEGER_PARAMETER, .minimum = 1, .maximum = 1000, .otherwise = "10",  \
     .summary = "of explain: most of the user's movies that are named, those of the largest shares"}

const hr_parameter hr_question_query[] = {COMMON(HR_IN_QUERY), {0}};

const hr_parameter hr_question_body[] = {
    COMMON(HR_IN_BODY),
    {.name = "ratings", .where = HR_IN_BODY, .kind = HR_JSON_PARAMETER,
     .summary = "a newcomer's ratings: a list of objects of movie, by id or title, and rating"},
    {0}};
/* clang-format on */
