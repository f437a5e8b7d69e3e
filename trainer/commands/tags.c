#include "io/base/json.h"
#include "io/base/utf8.h"
#include "trainer/commands/command.h"
#include "trainer/similar/suggested_tags.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef struct options {
    char movie[HR_TEXT_LENGTH];
    int64_t top;
    int by;
    bool json;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"movie", "ID|TITLE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(movie), 0, 0, NULL,
     "the movie's id, as the original data has it, or its title"},
    {"top", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(top), 1, 1000, NULL, "number of tags"},
    {"by", "embedding|content|both", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(by), 0, 0, hr_similar_ways,
     "what neighbours are found by, as similar does"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL, "print one JSON object"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

static void print_text(const hr_catalogue *catalogue, int64_t movie, const hr_suggested_tags *tags)
{
    char id[HR_ID_BUFFER], shown[HR_ESCAPED_LENGTH];
    const char *text = hr_strings_at(&catalogue->title, movie);
    printf("tags for %s  (movie %s):\n", hr_escape(shown, sizeof shown, text, (int64_t)strlen(text)),
           hr_ids_text(&catalogue->id, movie, id));
    for (int64_t i = 0; i < tags->count; i++) {
        text = hr_strings_at(&tags->tag, i);
        printf("%3" PRId64 "  %6.4f  %s\n", i + 1, (double)tags->score[i],
               hr_escape(shown, sizeof shown, text, (int64_t)strlen(text)));
    }
}

static hr_status print_json(const hr_catalogue *catalogue, int64_t movie, const hr_suggested_tags *tags,
                            hr_error *err)
{
    json_t *object = hr_suggested_tags_json(tags, movie, catalogue);
    const hr_status status = hr_json_print(object, "the list", stdout, err);
    json_decref(object);
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    const char *data = call->arguments[1];
    hr_status status = HR_OK;
    hr_catalogue catalogue = {0};
    hr_loaded loaded = {0};
    hr_movie_comparer comparer = {0};
    hr_tag_suggester suggester = {0};
    hr_suggested_tags tags = {0};
    hr_similar_request request = {.by = (hr_similar_by)o->by, .top = o->top};
    if (!*o->movie)
        HR_TRY(hr_fail(err, HR_USAGE, "halorec tags needs --movie; see halorec tags --help"));
    HR_TRY(hr_catalogue_read(&catalogue, comm, data, err));
    HR_TRY(hr_find_movie(&catalogue, o->movie, &request.movie, err));
    HR_TRY(hr_load_model(&loaded, comm, call->arguments[0], data, err));
    HR_TRY(hr_movie_comparer_create(&comparer, &loaded, request.by != HR_BY_EMBEDDING, err));
    HR_TRY(hr_tag_suggester_create(&suggester, &comparer, err));
    HR_TRY(hr_suggest_tags(&tags, &suggester, &request, err));
    if (o->json)
        HR_TRY(print_json(&catalogue, request.movie, &tags, err));
    else
        print_text(&catalogue, request.movie, &tags);
done:
    hr_suggested_tags_free(&tags);
    hr_tag_suggester_free(&suggester);
    hr_movie_comparer_free(&comparer);
    hr_loaded_free(&loaded);
    hr_catalogue_free(&catalogue);
    return status;
}

static const options defaults = {.top = 10, .by = HR_BY_BOTH};

static void describe(hr_help *help)
{
    hr_help_paragraph(
        help,
        "Suggested are tags that the 20 movies most like this one have, and it has not. A tag's score "
        "is the mean of its TF-IDF weights in the neighbours' rows of tags, each neighbour weighted "
        "by the square of its similarity. Tags that were applied fewer than five times in the whole "
        "dataset are none of them.");
    hr_help_paragraph(help, "JSON keys: movie, title; tags: a list of tag, score.");
}

const hr_command hr_command_tags = {
    .name = "tags",
    .arguments = "RUN.ckpt.h5 DATA.h5 --movie ID|TITLE",
    .summary = "Suggests tags for a movie, from those of the movies most like it",
    .describe = describe,
    .example = "halorec tags run.ckpt.h5 data.h5 --movie 'Toy Story (1995)' --top 5",
    .wants = 2,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .run = run,
};
