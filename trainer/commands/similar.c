#include "io/base/json.h"
#include "io/base/utf8.h"
#include "trainer/commands/movie_question.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const hr_option table[] = {HR_MOVIE_OPTIONS("number of movies", "what movies are compared by")};

static void print_text(const hr_catalogue *catalogue, int64_t movie, const hr_similar_movies *similar)
{
    char id[HR_ID_BUFFER], shown[HR_ESCAPED_LENGTH], title[HR_ESCAPED_LENGTH];
    const char *name = hr_strings_at(&catalogue->title, movie);
    printf("like %s  (movie %s):\n", hr_escape(title, sizeof title, name, (int64_t)strlen(name)),
           hr_ids_text(&catalogue->id, movie, id));
    for (int64_t i = 0; i < similar->count; i++) {
        name = hr_strings_at(&catalogue->title, similar->movie[i]);
        const char *text = hr_ids_text(&catalogue->id, similar->movie[i], id);
        printf("%3" PRId64 "  %6.4f  %s  (movie %s)\n", i + 1, (double)similar->score[i],
               hr_escape(title, sizeof title, name, (int64_t)strlen(name)),
               hr_escape(shown, sizeof shown, text, (int64_t)strlen(text)));
    }
}

static hr_status print_json(const hr_similar_movies *similar, const hr_similar_request *request,
                            const hr_catalogue *catalogue, hr_error *err)
{
    json_t *object = hr_similar_movies_json(similar, request, catalogue);
    const hr_status status = hr_json_print(object, "the list", stdout, err);
    json_decref(object);
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const hr_movie_options *o = call->options;
    hr_status status = HR_OK;
    hr_movie_question q = {0};
    hr_similar_movies similar = {0};
    HR_TRY(hr_movie_question_read(&q, comm, "similar", call, err));
    HR_TRY(hr_similar_movies_find(&similar, &q.comparer, &q.request, err));
    if (o->json)
        HR_TRY(print_json(&similar, &q.request, &q.catalogue, err));
    else
        print_text(&q.catalogue, q.request.movie, &similar);
done:
    hr_similar_movies_free(&similar);
    hr_movie_question_free(&q);
    return status;
}

static void describe(hr_help *help)
{
    static const hr_help_item items[] = {
        {"embedding",
         "cosine of the rows that score a user's, without the columns of biases: of lightgcn the "
         "propagated rows, of sage, gat and gatv2 the last layer's, of mf, als, ials, ncf and hybrid the "
         "rows of parameters, whole where an MLP scores them"},
        {"content",
         "cosine of TF-IDF of title words, genres and tags, in shares of 0.3 and 0.7 with that of "
         "--item-features, where the run had them"},
        {"both", "mean of the two cosines"}};
    hr_help_paragraph(help, "Movies are compared by:");
    hr_help_list(help, items, sizeof items / sizeof *items);
    hr_help_paragraph(help, "JSON keys: movie, title, by; similar: a list of movie, title, score.");
}

const hr_command hr_command_similar = {
    .name = "similar",
    .arguments = "RUN.ckpt.h5 DATA.h5 --movie ID|TITLE",
    .summary = "Lists the movies that are most like one",
    .describe = describe,
    .example = "halorec similar run.ckpt.h5 data.h5 --movie 'Toy Story (1995)' --top 5",
    .wants = 2,
    .table = table,
    .defaults = &hr_movie_defaults,
    .size = sizeof hr_movie_defaults,
    .run = run,
};
