#include "trainer/recommend/recommend.h"

#include "io/base/json.h"
#include "trainer/cli/command.h"

#include <inttypes.h>

typedef struct options {
    int64_t user, top;
    double diversity;
    bool json;
} options;

enum { NO_USER = -1 };

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"user", "ID", HR_OPTION_INT, HR_OPTION_CALL, AT(user), 0, 9e18, NULL,
     "the user's id in the original data"},
    {"top", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(top), 1, 1000, NULL, "number of movies"},
    {"diversity", "L", HR_OPTION_REAL, HR_OPTION_CALL, AT(diversity), 0, 1, NULL,
     "weight of diversity, from 0, the best movies, to 1, the most different ones of the best 100 or 5 x N"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL, "print one JSON object"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

static void print_text(const hr_recommendations *best, int64_t user)
{
    printf("for user %" PRId64 ":\n", user);
    for (int64_t i = 0; i < best->count; i++)
        printf("%3" PRId64 "  %8.4f  %-50s  %s  (movie %" PRId64 ")\n", i + 1, (double)best->score[i],
               hr_strings_at(&best->title, i), hr_strings_at(&best->genres, i), best->id[i]);
}

static hr_status print_json(const hr_recommendations *best, int64_t user, hr_error *err)
{
    json_t *list = json_array();
    for (int64_t i = 0; i < best->count; i++)
        json_array_append_new(list,
                              json_pack("{s:I, s:f, s:s, s:s}", "movie", (json_int_t)best->id[i], "score",
                                        (double)best->score[i], "title", hr_strings_at(&best->title, i),
                                        "genres", hr_strings_at(&best->genres, i)));
    json_t *object = json_pack("{s:I, s:o}", "user", (json_int_t)user, "recommendations", list);
    const hr_status status = hr_json_print(object, "the list", stdout, err);
    json_decref(object);
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    (void)comm;
    const options *o = call->options;
    hr_status status = HR_OK;
    hr_recommendations best = {0};
    if (o->user == NO_USER)
        HR_TRY(hr_fail(err, HR_USAGE, "halorec recommend needs --user; see halorec recommend --help"));
    HR_TRY(hr_recommend(call->arguments[0], call->arguments[1], o->user, o->top, o->diversity, &best, err));
    if (o->json)
        HR_TRY(print_json(&best, o->user, err));
    else
        print_text(&best, o->user);
done:
    hr_recommendations_free(&best);
    return status;
}

static const options defaults = {.user = NO_USER, .top = 10};

static void describe(hr_help *help)
{
    hr_help_paragraph(help,
                      "--diversity picks one movie after the other by (1 - L) x score - L x similarity to "
                      "those picked, in genres and tags (maximal marginal relevance, Carbonell and "
                      "Goldstein, 1998).");
    hr_help_paragraph(help, "JSON keys: user; recommendations: a list of movie, score, title, genres.");
}

const hr_command hr_command_recommend = {
    .name = "recommend",
    .arguments = "RUN.ckpt.h5 DATA.h5 --user ID",
    .summary = "Lists the movies that a user should like best among those not rated yet",
    .describe = describe,
    .example = "halorec recommend run.ckpt.h5 data.h5 --user 1 --top 10",
    .wants = 2,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .run = run,
};
