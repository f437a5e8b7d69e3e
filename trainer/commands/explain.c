#include "trainer/explain/explain.h"

#include "io/base/json.h"
#include "trainer/commands/commands.h"
#include "trainer/explain/explanation_text.h"

typedef struct options {
    char user[HR_TEXT_LENGTH], movie[HR_TEXT_LENGTH];
    int64_t top;
    hr_mixing_options mixing;
    bool json;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"user", "ID", HR_OPTION_TEXT, HR_OPTION_CALL, AT(user), 0, 0, NULL,
     "the user's id, as the original data has it"},
    {"movie", "ID|TITLE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(movie), 0, 0, NULL,
     "the movie's id, or its title as you would type it"},
    HR_MIXING_OPTIONS(AT(mixing), HR_MIXING_SHARES),
    {"top", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(top), 1, 1000000, NULL,
     "how many of the user's movies are printed"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL, "print one JSON object"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

static hr_status print_json(const hr_explanation *why, const hr_catalogue *catalogue, const hr_ids *user,
                            hr_error *err)
{
    json_t *object = hr_explanation_json(why, catalogue);
    json_object_set_new(object, "user", hr_ids_json(user, 0));
    const hr_status status = hr_json_print(object, "the explanation", stdout, err);
    json_decref(object);
    return status;
}

/* Explains one movie to one user of the dataset. */
static hr_status explain(hr_loaded *loaded, const hr_catalogue *catalogue, const options *o, hr_error *err)
{
    hr_status status = HR_OK;
    hr_explainer explainer = {0};
    hr_user_block block = {0};
    hr_explanation why = {0};
    int64_t user = 0, movie = 0;
    HR_TRY(hr_dataset_find_user(loaded->source.dataset, o->user, &user, err));
    HR_TRY(hr_find_movie(catalogue, o->movie, &movie, err));
    HR_TRY(hr_load_users(&block, loaded, &user, 1, err));
    HR_TRY(hr_explainer_create(&explainer, loaded, catalogue, err));
    HR_TRY(hr_explain(&explainer, &(hr_explained_user){&block, 0, user, 0}, &(int32_t){(int32_t)movie}, 1,
                      &why, err));
    if (o->json)
        HR_TRY(print_json(&why, catalogue, &block.id, err));
    else
        hr_explanation_print(&why, catalogue, o->top);
done:
    hr_explanation_free(&why);
    hr_explainer_free(&explainer);
    hr_user_block_free(&block);
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    (void)comm;
    const options *o = call->options;
    hr_status status = HR_OK;
    const hr_comm alone = hr_comm_alone();
    hr_loaded loaded = {0};
    hr_catalogue catalogue = {0};
    if (!*o->user || !*o->movie)
        HR_TRY(
            hr_fail(err, HR_USAGE, "halorec explain needs --user and --movie; see halorec explain --help"));
    HR_TRY(hr_mixing_read(&loaded.mixing, &call->line, err));
    HR_TRY(hr_catalogue_read(&catalogue, &alone, call->arguments[1], err));
    HR_TRY(hr_load_model(&loaded, &alone, call->arguments[0], call->arguments[1], err));
    HR_TRY(explain(&loaded, &catalogue, o, err));
done:
    hr_loaded_free(&loaded);
    hr_catalogue_free(&catalogue);
    return status;
}

static const options defaults = {.top = 10};

static void describe(hr_help *help)
{
    static const hr_help_item items[] = {
        {"collaborative", "what the movies that the user rated give to the model's score"},
        {"own", "what the model knows of the user beside them"},
        {"remainder", "the same of als, ials and mf of ratings: what their equations leave open"},
        {"mean, user_bias, movie_bias", "the mean rating, and how the user and the movie differ from it"},
        {"content, tags", "of a mixture: title words, genres and imported features; tags"},
        {"popularity", "of a mixture, and of the model popular"},
        {"rating", "of the model toprated"},
        {"offset", "of a mixture: what makes the lowest score of any movie 0"},
        {"clip", "what a rating outside the scale is cut by"},
        {"rounding", "of single precision, where it can be seen"}};
    hr_help_paragraph(help,
                      "The score is a sum of parts, and the collaborative part, content and tags are sums "
                      "over the movies that the "
                      "user rated. For lightgcn, als, ials, sage and gat without an MLP a movie's share is "
                      "exact, from what the "
                      "model is made of; for the others it is of integrated gradients. All shares, and the "
                      "parts that no movie "
                      "carries, add up to the score. Percentages are of all shares above 0.");
    hr_help_list(help, items, sizeof items / sizeof *items);
    hr_help_paragraph(help,
                      "With --with, the parts of each model have its name before theirs, such as "
                      "ease.collaborative and ials.own; ials2 is a second ials.");
    hr_help_paragraph(
        help,
        "Paths go from the user by a rated movie and another user, who rated it too, to the "
        "movie. A path's weight is the product of those of its edges in LightGCN's propagation.");
    hr_help_paragraph(
        help,
        "JSON keys: user, movie, title, score; parts: an object of numbers; because: a list of movie, title, "
        "share, rating, genres, tags; paths: count, users, weight, best: a list of movie, title, user, "
        "weight.");
}

const hr_command hr_command_explain = {
    .name = "explain",
    .arguments = "RUN.ckpt.h5 DATA.h5 --user ID --movie ID|TITLE",
    .summary =
        "Says why a model gives a movie its score for a user, as a sum of parts and of the user's movies",
    .describe = describe,
    .example = "halorec explain run.ckpt.h5 data.h5 --user 1 --movie \"Toy Story\"",
    .wants = 2,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .run = run,
};
