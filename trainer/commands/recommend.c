#include "trainer/recommend/recommend.h"

#include "io/base/json.h"
#include "io/base/utf8.h"
#include "trainer/commands/command.h"

#include <inttypes.h>
#include <string.h>

typedef struct options {
    char user[HR_TEXT_LENGTH];
    int64_t top;
    double diversity;
    bool json;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"user", "ID", HR_OPTION_TEXT, HR_OPTION_CALL, AT(user), 0, 0, NULL,
     "the user's id, as the original data has it"},
    {"top", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(top), 1, 1000, NULL, "number of movies"},
    {"diversity", "L", HR_OPTION_REAL, HR_OPTION_CALL, AT(diversity), 0, 1, NULL,
     "weight of diversity, from 0, the best movies, to 1, the most different ones of the best 100 or 5 x N"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL, "print one JSON object"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

/* As a terminal shows it. */
static const char *show(const char *text, char out[HR_ESCAPED_LENGTH])
{
    return hr_escape(out, HR_ESCAPED_LENGTH, text, (int64_t)strlen(text));
}

static void print_text(const hr_recommendations *best)
{
    char id[HR_ID_BUFFER], title[HR_ESCAPED_LENGTH], genres[HR_ESCAPED_LENGTH], shown[HR_ESCAPED_LENGTH];
    printf("for user %s:\n", show(hr_ids_text(&best->user, 0, id), shown));
    for (int64_t i = 0; i < best->count; i++)
        printf("%3" PRId64 "  %8.4f  %-50s  %s  (movie %s)\n", i + 1, (double)best->score[i],
               show(hr_strings_at(&best->title, i), title), show(hr_strings_at(&best->genres, i), genres),
               show(hr_ids_text(&best->id, i, id), shown));
}

static hr_status print_json(const hr_recommendations *best, hr_error *err)
{
    json_t *list = json_array();
    for (int64_t i = 0; i < best->count; i++)
        json_array_append_new(list, json_pack("{s:o, s:f, s:o, s:o}", "movie", hr_ids_json(&best->id, i),
                                              "score", (double)best->score[i], "title",
                                              hr_json_string(hr_strings_at(&best->title, i)), "genres",
                                              hr_json_string(hr_strings_at(&best->genres, i))));
    json_t *object = json_pack("{s:o, s:o}", "user", hr_ids_json(&best->user, 0), "recommendations", list);
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
    if (!*o->user)
        HR_TRY(hr_fail(err, HR_USAGE, "halorec recommend needs --user; see halorec recommend --help"));
    HR_TRY(hr_recommend(call->arguments[0], call->arguments[1], o->user, o->top, o->diversity, &best, err));
    if (o->json)
        HR_TRY(print_json(&best, err));
    else
        print_text(&best);
done:
    hr_recommendations_free(&best);
    return status;
}

static const options defaults = {.top = 10};

static void describe(hr_help *help)
{
    hr_help_paragraph(help,
                      "--diversity picks one movie after the other by (1 - L) x score - L x similarity to "
                      "those picked, in genres and tags (maximal marginal relevance, Carbonell and "
                      "Goldstein, 1998).");
    hr_help_paragraph(
        help,
        "JSON keys: user; recommendations: a list of movie, score, title, genres. Ids are numbers "
        "where all ids of the dataset's users or movies are, else strings.");
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
