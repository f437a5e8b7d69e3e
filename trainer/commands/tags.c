#include "io/base/json.h"
#include "io/base/utf8.h"
#include "trainer/commands/movie_question.h"
#include "trainer/similar/suggested_tags.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const hr_option table[] = {
    HR_MOVIE_OPTIONS("number of tags", "what neighbours are found by, as similar does")};

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
    const hr_movie_options *o = call->options;
    hr_status status = HR_OK;
    hr_movie_question q = {0};
    hr_tag_suggester suggester = {0};
    hr_suggested_tags tags = {0};
    HR_TRY(hr_movie_question_read(&q, comm, "tags", call, err));
    HR_TRY(hr_tag_suggester_create(&suggester, &q.comparer, err));
    HR_TRY(hr_suggest_tags(&tags, &suggester, &q.request, err));
    if (o->json)
        HR_TRY(print_json(&q.catalogue, q.request.movie, &tags, err));
    else
        print_text(&q.catalogue, q.request.movie, &tags);
done:
    hr_suggested_tags_free(&tags);
    hr_tag_suggester_free(&suggester);
    hr_movie_question_free(&q);
    return status;
}

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
    .defaults = &hr_movie_defaults,
    .size = sizeof hr_movie_defaults,
    .run = run,
};
