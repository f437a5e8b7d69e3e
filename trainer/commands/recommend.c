#include "io/base/json.h"
#include "io/hdf5/output.h"
#include "io/text/text_piece.h"
#include "trainer/catalogue/movie_file.h"
#include "trainer/commands/commands.h"
#include "trainer/explain/list_reasons.h"
#include "trainer/lists/list_file.h"
#include "trainer/lists/newcomer.h"
#include "trainer/lists/print_lists.h"

#include <inttypes.h>
#include <string.h>

typedef struct options {
    char user[HR_TEXT_LENGTH], users[HR_TEXT_LENGTH], out[HR_TEXT_LENGTH];
    char genre[HR_TEXT_LENGTH], without_genre[HR_TEXT_LENGTH], year[HR_TEXT_LENGTH];
    char popularity[HR_TEXT_LENGTH], allow[HR_TEXT_LENGTH], exclude[HR_TEXT_LENGTH];
    char candidates[HR_TEXT_LENGTH];
    char like[HR_TEXT_LENGTH], dislike[HR_TEXT_LENGTH], ratings[HR_TEXT_LENGTH];
    int64_t top;
    double diversity;
    bool all, keep_seen, titles, explain, json;
    hr_mixing_options mixing;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"user", "ID", HR_OPTION_TEXT, HR_OPTION_CALL, AT(user), 0, 0, NULL,
     "the user's id, as the original data has it; several separated by commas, or by giving the option "
     "again"},
    {"users", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(users), 0, 0, NULL,
     "file of users' ids, one a line"},
    {"all", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(all), 0, 0, NULL, "all users; wants --out"},
    {"like", "ID|TITLE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(like), 0, 0, NULL,
     "a movie that a newcomer likes, by id or title; more by giving the option again"},
    {"dislike", "ID|TITLE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(dislike), 0, 0, NULL,
     "one that the newcomer does not like, likewise"},
    {"ratings", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(ratings), 0, 0, NULL,
     "file of a newcomer's ratings: lines of an id or title, a comma and a rating"},
    {"out", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(out), 0, 0, NULL,
     "file that receives the lists, in the format of its name: .tsv, .jsonl, .h5 or .npy"},
    {"titles", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(titles), 0, 0, NULL,
     "write titles into a .tsv or .jsonl file too"},
    HR_MIXING_OPTIONS(AT(mixing), HR_MIXING_SHARES),
    {"top", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(top), 1, 100000, NULL,
     "number of movies; without it 10, or all of --candidates"},
    {"diversity", "L", HR_OPTION_REAL, HR_OPTION_CALL, AT(diversity), 0, 1, NULL,
     "weight of diversity, from 0, the best movies, to 1, the most different ones of the best 100 or 5 x N"},
    {"genre", "LIST", HR_OPTION_TEXT, HR_OPTION_CALL, AT(genre), 0, 0, NULL,
     "only movies of one of these genres, separated by commas"},
    {"without-genre", "LIST", HR_OPTION_TEXT, HR_OPTION_CALL, AT(without_genre), 0, 0, NULL,
     "no movies of these genres"},
    {"year", "A:B", HR_OPTION_TEXT, HR_OPTION_CALL, AT(year), 0, 0, NULL,
     "only movies of the years A to B; either may be left out"},
    {"popularity", "A:B", HR_OPTION_TEXT, HR_OPTION_CALL, AT(popularity), 0, 0, NULL,
     "only movies of A to B train ratings; 50%:90% are quantiles over movies with train ratings"},
    {"allow", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(allow), 0, 0, NULL,
     "only movies of this file, an id or a title a line"},
    {"exclude", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(exclude), 0, 0, NULL, "no movies of this file"},
    {"candidates", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(candidates), 0, 0, NULL,
     "rank the movies of this file, seen or not"},
    {"keep-seen", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(keep_seen), 0, 0, NULL,
     "list movies that the user has rated too"},
    {"explain", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(explain), 0, 0, NULL,
     "say why each movie is listed, as halorec explain does"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL, "print one JSON object"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

/* Adds the ids of one --user: one id, or several separated by commas where no user has such an id. */
static hr_status add_ids(hr_strings *ids, hr_h5 *dataset, const char *text, hr_error *err)
{
    hr_status status = HR_OK;
    hr_error ignored;
    int64_t user;
    hr_text_piece left = hr_piece_of(text);
    if (!strchr(text, ',') || hr_dataset_find_user(dataset, text, &user, &ignored) == HR_OK)
        return hr_strings_append(ids, text, left.length, err);
    while (left.length > 0) {
        const hr_text_piece id = hr_piece_trimmed(hr_piece_field(&left));
        HR_TRY(hr_strings_append(ids, id.at, id.length, err));
    }
done:
    return status;
}

static hr_status list_ids(hr_strings *ids, const hr_call *call, hr_h5 *dataset, hr_error *err)
{
    hr_status status = HR_OK;
    const options *o = call->options;
    hr_strings lines = {0};
    for (int i = 0; *o->user && i < call->line.count; i++)
        if (strcmp(call->line.settings[i].option->name, "user") == 0)
            HR_TRY(add_ids(ids, dataset, call->line.settings[i].value.text, err));
    if (*o->users)
        HR_TRY(hr_lines_read(&lines, o->users, err));
    for (int64_t i = 0; i < lines.count; i++) {
        const char *line = hr_strings_at(&lines, i);
        if (*line)
            HR_TRY(hr_strings_append(ids, line, (int64_t)strlen(line), err));
    }
    if (ids->count == 0)
        status = hr_fail(err, HR_INPUT, "%s: names no user; expected an id a line", o->users);
done:
    hr_strings_free(&lines);
    return status;
}

static bool is_newcomer(const options *o)
{
    return *o->like || *o->dislike || *o->ratings;
}

/* The newcomer whom the line describes. Local. */
static hr_status choose_newcomer(hr_user_block *block, const hr_call *call, hr_recommender *r, hr_error *err)
{
    hr_status status = HR_OK;
    const options *o = call->options;
    hr_newcomer newcomer = {0};
    if (*o->ratings)
        HR_TRY(hr_newcomer_read(&newcomer, &r->catalogue, o->ratings, err));
    for (int i = 0; i < call->line.count; i++) {
        const hr_setting *given = &call->line.settings[i];
        const bool likes = strcmp(given->option->name, "like") == 0;
        if (likes || strcmp(given->option->name, "dislike") == 0)
            HR_TRY(hr_newcomer_add(&newcomer, &r->catalogue, given->value.text,
                                   likes ? HR_LIKES : HR_DISLIKES, 0.0F, err));
    }
    HR_TRY(hr_newcomer_block(&newcomer, &r->loaded, &r->catalogue, block, err));
done:
    hr_newcomer_free(&newcomer);
    return status;
}

/* For whom lists are asked for; `newcomer` receives one. Local. */
static hr_status choose_users(hr_list_users *users, hr_user_block *newcomer, const hr_call *call,
                              hr_recommender *r, hr_error *err)
{
    hr_status status = HR_OK;
    hr_strings ids = {0};
    const options *o = call->options;
    const hr_loaded *loaded = &r->loaded;
    if (is_newcomer(o)) {
        users->count = 1;
        users->newcomers = newcomer;
        return choose_newcomer(newcomer, call, r, err);
    }
    if (o->all) {
        users->count = loaded->data.users;
        return HR_OK;
    }
    HR_TRY(list_ids(&ids, call, loaded->source.dataset, err));
    HR_TRY(hr_list_users_find(users, loaded->source.dataset, &ids, err));
done:
    hr_strings_free(&ids);
    return status;
}

static hr_status check(const options *o, hr_error *err)
{
    const int ways = (*o->user != '\0') + (*o->users != '\0') + o->all + is_newcomer(o);
    if (ways != 1)
        return hr_fail(err, HR_USAGE,
                       "halorec recommend needs one of --user, --users and --all, or --like, --dislike or "
                       "--ratings of a newcomer; see halorec recommend --help");
    if (o->all && !*o->out)
        return hr_fail(err, HR_USAGE, "--all needs --out FILE, which receives the lists");
    if (o->titles && !*o->out)
        return hr_fail(err, HR_USAGE, "--titles is of --out; lists that are printed have titles");
    if (o->explain && *o->out)
        return hr_fail(err, HR_USAGE, "--explain is of lists that are printed; leave --out out");
    return *o->out ? hr_list_file_check(o->out, err) : HR_OK;
}

static hr_list_request request_of(const options *o, const hr_mixing *mixing)
{
    return (hr_list_request){
        .mixing = *mixing,
        .top = o->top,
        .diversity = o->diversity,
        .keeps_seen = o->keep_seen,
        .candidates = o->candidates,
        .filter = {o->genre, o->without_genre, o->year, o->popularity, o->allow, o->exclude}};
}

/* Makes and prints the lists in this process. */
static hr_status print_here(hr_recommender *r, const hr_list_users *users, const options *o, hr_error *err)
{
    const hr_comm alone = hr_comm_alone();
    hr_status status = HR_OK;
    hr_list_reasons reasons = {0};
    const hr_list_remarks remarks = hr_list_reasons_remarks(&reasons);
    hr_list_printer printer = {.recommender = r,
                               .json = o->json,
                               .several = users->count > 1 || *o->users,
                               .remarks = o->explain ? &remarks : NULL};
    const hr_list_sink sink = hr_list_printer_sink(&printer);
    if (o->explain)
        HR_TRY(hr_list_reasons_create(&reasons, r, err));
    hr_list_printer_begin(&printer);
    HR_TRY(hr_make_lists(r, &alone, users, &sink, err));
    hr_list_printer_end(&printer);
done:
    hr_list_reasons_free(&reasons);
    return status;
}

/* Prints the lists, on rank 0. */
static hr_status print(hr_recommender *r, const hr_comm *comm, const hr_list_users *users, const options *o,
                       hr_error *err)
{
    const hr_status status = comm->rank == 0 ? print_here(r, users, o, err) : HR_OK;
    return hr_agree(comm, status, NULL, err);
}

/* What was written, on rank 0. */
static hr_status tell(const hr_recommender *r, const hr_comm *comm, const hr_list_users *users,
                      const options *o, hr_error *err)
{
    hr_status status = HR_OK;
    json_t *object = NULL;
    if (comm->rank == 0 && o->json) {
        object = json_pack("{s:o, s:I, s:I}", "out", hr_json_string(o->out), "users",
                           (json_int_t)users->count, "k", (json_int_t)r->rules.top);
        status = hr_json_print(object, "what was written", stdout, err);
    } else if (comm->rank == 0) {
        printf("wrote %s: %" PRId64 " users, up to %" PRId64 " movies each\n", o->out, users->count,
               r->rules.top);
    }
    json_decref(object);
    return status;
}

static hr_status write(hr_recommender *r, const hr_comm *comm, const hr_list_users *users, const options *o,
                       hr_error *err)
{
    hr_status status = HR_OK;
    hr_list_file file = {0};
    const hr_list_target target = {
        .comm = comm, .path = o->out, .recommender = r, .users = users, .titles = o->titles};
    HR_TRY(hr_list_file_create(&file, &target, err));
    const hr_list_sink sink = hr_list_file_sink(&file);
    status = hr_make_lists(r, comm, users, &sink, err);
    HR_TRY(hr_list_file_publish(&file, status, err));
    HR_TRY(tell(r, comm, users, o, err));
done:
    hr_list_file_close(&file);
    return status;
}

/* Files that are written, and those that are read beside other checkpoints. */
enum { OUTPUTS = 1 + HR_LIST_SIDE_FILES, FILES_READ = 7 };

/* Claims what will be written. Collective. */
static hr_status begin_outputs(hr_output output[OUTPUTS], hr_list_names beside, const hr_comm *comm,
                               const hr_call *call, const hr_mixing *mixing, hr_error *err)
{
    hr_status status = HR_OK;
    const options *o = call->options;
    if (*o->out)
        hr_list_file_beside(o->out, beside);
    for (int i = 0; *o->out && i < OUTPUTS; i++) {
        output[i] = (hr_output){.inputs = {call->arguments[0], call->arguments[1], o->users, o->candidates,
                                           o->allow, o->exclude, o->ratings}};
        for (int m = 0; m < mixing->others; m++)
            output[i].inputs[FILES_READ + m] = mixing->other[m];
        hr_list_file_output(&output[i], o->out, i, beside);
        HR_TRY(hr_output_begin(&output[i], comm, err));
    }
done:
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    hr_status status = HR_OK;
    hr_recommender r = {0};
    hr_list_users users = {0};
    hr_user_block newcomer = {0};
    hr_output output[OUTPUTS] = {{0}};
    hr_list_names beside;
    hr_mixing mixing;
    HR_TRY(check(o, err));
    HR_TRY(hr_mixing_read(&mixing, &call->line, err));
    const hr_list_request request = request_of(o, &mixing);
    HR_TRY(begin_outputs(output, beside, comm, call, &mixing, err));
    HR_TRY(hr_recommender_create(&r, comm, call->arguments[0], call->arguments[1], &request, err));
    status = choose_users(&users, &newcomer, call, &r, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY((*o->out ? write : print)(&r, comm, &users, o, err));
done:
    hr_list_users_free(&users);
    hr_user_block_free(&newcomer);
    hr_recommender_free(&r);
    for (int i = 0; i < OUTPUTS; i++)
        hr_output_end(&output[i]);
    return status;
}

static const options defaults = {0};

static void describe(hr_help *help)
{
    hr_help_paragraph(
        help,
        "Movies that the user has rated, in whatever part of the data, are not listed, unless --keep-seen or "
        "--candidates says so. A list is the same whether it is made for one user or for all, on any number "
        "of "
        "ranks. Predicted ratings are clipped to the range of the train ratings.");
    hr_help_paragraph(
        help,
        "A newcomer, whom training did not see, is described by --like, --dislike and --ratings, together or "
        "alone. A model of rankings takes all that is liked or rated for the newcomer's movies; a model of "
        "ratings takes a like for the highest rating, a dislike for the lowest. The newcomer's row follows "
        "from these "
        "movies' rows, which stay as they are (docs/models.md). Movies are found as they are typed, whatever "
        "the case, "
        "accents and articles.");
    hr_help_paragraph(
        help,
        "--with OTHER.ckpt.h5 mixes the scores of several models, by which lists are often better than by "
        "any "
        "of them: each model's scores of a user are scaled to [0, 1] over all movies, and summed in the "
        "shares "
        "of --mixture. The models are of one dataset and hold out the same ratings. What they were "
        "trained with as --mixture is left out. The share of a "
        "model that does not know a user goes to the others. halorec evaluate --with says how good a "
        "mixture is.");
    hr_help_paragraph(help,
                      "--diversity picks one movie after the other by (1 - L) x score - L x similarity to "
                      "those picked, in genres and tags (maximal marginal relevance, Carbonell and "
                      "Goldstein, 1998).");
    hr_help_paragraph(help,
                      "A .tsv file has the columns user, rank, movie, score; .jsonl an object a user; .h5 "
                      "the arrays user/id, "
                      "movie/id, list/movie (indices of movie/id, -1 beyond a list's end), list/score and "
                      "list/count; .npy one "
                      "array of 64-bit integers, users x N, of movie ids (or line numbers of "
                      "NAME.movie_ids.txt, where ids are no "
                      "numbers), whose users are the lines of NAME.user_ids.txt.");
    hr_help_paragraph(
        help,
        "JSON keys: user; recommendations: a list of movie, score, title, genres and, with "
        "--explain, parts, because and paths, as halorec explain has them. Of several users: lists, of such "
        "objects. With --out: out, users, k. Ids are numbers where all ids of the dataset's "
        "users or movies are, else "
        "strings.");
}

const hr_command hr_command_recommend = {
    .name = "recommend",
    .arguments = "RUN.ckpt.h5 DATA.h5 --user ID | --users FILE | --all | --like ID|TITLE",
    .summary = "Lists the movies that users should like best among those not rated yet",
    .describe = describe,
    .example = "halorec recommend run.ckpt.h5 data.h5 --user 1 --top 10",
    .wants = 2,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .collective = true,
    .run = run,
};
