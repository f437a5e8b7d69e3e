#include "io/base/json.h"
#include "io/hdf5/output.h"
#include "trainer/commands/commands.h"
#include "trainer/comparison/user_files.h"
#include "trainer/report/evaluation_report.h"
#include "trainer/report/segments_report.h"

#include <stdio.h>
#include <string.h>

enum { SPLIT_VALID, SPLIT_TEST };
static const char *const splits[] = {"valid", "test", NULL};

/* Arguments of a comparison: two checkpoints and a dataset; and the files that can be written. */
enum { TWO_MODELS = 3, FILES = 3 };

typedef struct options {
    char k[HR_TEXT_LENGTH], protocol[HR_TEXT_LENGTH];
    char per_user[HR_TEXT_LENGTH], lists[HR_TEXT_LENGTH], negatives[HR_TEXT_LENGTH];
    int split;
    double diversity, popular;
    int64_t users, seed, resamples, new_users;
    hr_mixing_options mixing;
    bool json;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    HR_MIXING_OPTIONS(AT(mixing), HR_MIXING_SHARES
                      "; auto: whole tenths of models, chosen by recall on the validation part"),
    {"split", "valid|test", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(split), 0, 0, splits,
     "the part that lists are compared with"},
    {"k", "LIST", HR_OPTION_TEXT, HR_OPTION_CALL, AT(k), 0, 0, NULL,
     "lengths of the lists that are evaluated"},
    {"protocol", "LIST", HR_OPTION_TEXT, HR_OPTION_CALL, AT(protocol), 0, 0, NULL,
     "full, sampled-N or auc-sampled, or several of them"},
    {"users", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(users), 0, 1LL << 40, NULL,
     "evaluate for about so many users, drawn at random; 0: for all"},
    {"seed", "S", HR_OPTION_INT, HR_OPTION_CALL, AT(seed), 0, 9e15, NULL,
     "seed of the movies that sampled protocols draw, of resampling, and of --users"},
    {"diversity", "L", HR_OPTION_REAL, HR_OPTION_CALL, AT(diversity), 0, 1, NULL,
     "re-rank lists as recommend --diversity does; 0: lists by score alone"},
    {"resamples", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(resamples), 0, HR_MOST_REPLICATES, NULL,
     "resamples of users, of which intervals and chance are made; 0: none"},
    {"new-users", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(new_users), 0, 1e9, NULL,
     "a user with fewer train ratings is new"},
    {"popular", "SHARE", HR_OPTION_REAL, HR_OPTION_CALL, AT(popular), 0, 1, NULL,
     "share of the rated movies, those with most train ratings, that are popular"},
    {"per-user", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(per_user), 0, 0, NULL,
     "write each user's figures to this file, fields set apart by tabs"},
    {"lists", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(lists), 0, 0, NULL,
     "write each user's list: user, rank, movie, score, and whether it is held out"},
    {"negatives", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(negatives), 0, 0, NULL,
     "write the movies that a sampled protocol draws: user, held-out movie, drawn movie"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL, "print one JSON object"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

/* The call as one of hr_evaluate_model. */
static hr_status read_options(const options *o, const hr_command_line *line, hr_evaluation_call *call,
                              hr_error *err)
{
    hr_status status = HR_OK;
    *call = (hr_evaluation_call){.split = o->split == SPLIT_TEST ? HR_TEST : HR_VALID,
                                 .split_name = splits[o->split],
                                 .diversity = o->diversity,
                                 .users = o->users,
                                 .seed = (uint64_t)o->seed,
                                 .replicates = o->resamples,
                                 .new_below = o->new_users,
                                 .popular_share = o->popular,
                                 .keeps_lists = *o->lists != '\0'};
    HR_TRY(hr_mixing_read(&call->mixing, line, err));
    call->chooses_mixture = strcmp(o->mixing.mixture, "auto") == 0;
    if (call->chooses_mixture)
        call->mixing.shares = NULL;
    HR_TRY(hr_cutoffs_parse(o->k, &call->cutoffs, err));
    HR_TRY(hr_protocols_parse(o->protocol, &call->protocols, err));
done:
    return status;
}

static hr_status print_json(const hr_evaluated_model *model, hr_error *err)
{
    json_t *object = hr_evaluation_report_json(model);
    const hr_status status = hr_json_print(object, "the figures", stdout, err);
    json_decref(object);
    return status;
}

/* One model. */
static hr_status evaluate(const hr_comm *comm, const char *const *arguments, const options *o,
                          const hr_evaluation_call *call, hr_error *err)
{
    hr_evaluated_model model = {0};
    const hr_user_files files = {o->per_user, o->lists, o->negatives};
    hr_status status = HR_OK;
    HR_TRY(hr_evaluate_model(&model, comm, arguments[0], arguments[1], call, err));
    HR_TRY(hr_user_files_write(&files, comm, &model, arguments[1], err));
    if (comm->rank == 0 && o->json)
        HR_TRY(print_json(&model, err));
    else if (comm->rank == 0)
        hr_evaluation_report_text(&model);
done:
    hr_evaluated_model_free(&model);
    return status;
}

/* The first model, and what is mixed into it: "a.ckpt.h5 + b.ckpt.h5", or "a.ckpt.h5 mixed 30/60/10". */
static void name_first(char *name, size_t size, const char *checkpoint, const hr_mixing *mixing)
{
    int length = snprintf(name, size, "%s", checkpoint);
    for (int i = 0; i < mixing->others && length < (int)size; i++)
        length += snprintf(name + length, size - (size_t)length, " + %s", mixing->other[i]);
    if (mixing->others == 0 && hr_mixing_asked(mixing) && length < (int)size)
        snprintf(name + length, size - (size_t)length, " mixed %s", mixing->shares);
}

/* Two models. */
static hr_status compare(const hr_comm *comm, const char *const *arguments, const options *o,
                         const hr_evaluation_call *call, hr_error *err)
{
    hr_evaluated_model first = {0}, second = {0};
    hr_evaluation_call of_second = *call;
    char name[HR_TEXT_LENGTH];
    hr_compared_models compared;
    hr_status status = HR_OK;
    if (*o->per_user || *o->lists || *o->negatives)
        HR_TRY(hr_fail(err, HR_USAGE, "--per-user, --lists and --negatives are of one model, not of two"));
    if (call->protocols.count != 1 || call->protocols.list[0].kind != HR_PROTOCOL_FULL)
        HR_TRY(hr_fail(err, HR_USAGE, "--protocol %s: two models are compared by full", o->protocol));
    HR_TRY(hr_evaluate_model(&first, comm, arguments[0], arguments[2], call, err));
    of_second.mixing = (hr_mixing){0};
    of_second.chooses_mixture = false;
    name_first(name, sizeof name, arguments[0], &call->mixing);
    HR_TRY(hr_evaluate_model(&second, comm, arguments[1], arguments[2], &of_second, err));
    HR_TRY(hr_compare_models(&compared, comm, &first, &second, err));
    if (comm->rank == 0 && o->json)
        HR_TRY(hr_comparison_json(&compared, name, arguments[1], err));
    else if (comm->rank == 0)
        hr_comparison_text(&compared, name, arguments[1]);
done:
    hr_evaluated_model_free(&first);
    hr_evaluated_model_free(&second);
    return status;
}

/* Claims the files that are written, before work begins. */
static hr_status begin_outputs(hr_output output[FILES], const options *o, const hr_call *call,
                               const hr_mixing *mixing, const hr_comm *comm, hr_error *err)
{
    const char *const paths[FILES] = {o->per_user, o->lists, o->negatives};
    hr_status status = HR_OK;
    for (int i = 0; i < FILES; i++) {
        output[i] = (hr_output){.file = paths[i], .marks = hr_user_file_marks[i]};
        for (int a = 0; a < call->line.argument_count; a++)
            output[i].inputs[a] = call->arguments[a];
        for (int m = 0; m < mixing->others; m++)
            output[i].inputs[TWO_MODELS + m] = mixing->other[m];
        HR_TRY(hr_output_begin(&output[i], comm, err));
    }
done:
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    hr_output output[FILES] = {{0}};
    hr_evaluation_call asked;
    hr_status status = HR_OK;
    HR_TRY(read_options(o, &call->line, &asked, err));
    HR_TRY(begin_outputs(output, o, call, &asked.mixing, comm, err));
    if (call->line.argument_count == TWO_MODELS)
        HR_TRY(compare(comm, call->arguments, o, &asked, err));
    else
        HR_TRY(evaluate(comm, call->arguments, o, &asked, err));
done:
    for (int i = 0; i < FILES; i++)
        hr_output_end(&output[i]);
    return status;
}

static const options defaults = {.k = "10,20",
                                 .protocol = "full",
                                 .split = SPLIT_TEST,
                                 .seed = 1,
                                 .popular = 0.2,
                                 .resamples = 1000,
                                 .new_users = 20};

static void describe(hr_help *help)
{
    static const hr_help_item protocols_known[] = {
        {"full",
         "every movie that is a candidate is ranked for every user: recall, ndcg, precision, hit, mrr, "
         "map and capped_recall (hits by the smaller of k and the held-out movies) at each k, and auc; of "
         "the lists of length k also coverage, gini, novelty (bits), and "
         "diversity of genres and of tags (1 - mean similarity)"},
        {"sampled-N",
         "each held-out movie is ranked among N movies that the user has not rated, drawn "
         "uniformly (N = 99: He et al., 2017): hit, ndcg and mrr at each k"},
        {"auc-sampled", "each held-out movie is compared with one movie drawn in the same way: auc"}};
    hr_help_paragraph(help,
                      "Movies of the train part are no candidates for the user who rated them; with "
                      "--split test, movies of the validation part are none either. Protocols:");
    hr_help_list(help, protocols_known, sizeof protocols_known / sizeof *protocols_known);
    hr_help_paragraph(help,
                      "Sampled figures are not consistent with full ranking and may order models "
                      "otherwise (Krichene and Rendle, KDD 2020): use them to compare with published "
                      "figures, and choose models by full.");
    hr_help_paragraph(
        help,
        "Full ranking is also told by segment: new and regular users (--new-users), popular and tail "
        "movies (--popular), with intervals that hold the figure of other users like these in 95 of 100 "
        "cases. With two checkpoints their figures are compared: the difference, its interval, and the "
        "chance of one as large between models of which neither is better.");
    hr_help_paragraph(
        help,
        "--with mixes the scores of another model into those of the first, and --mixture says in what "
        "shares; "
        "what is compared with another checkpoint is then the mixture, and the other checkpoint is as it "
        "was trained. See halorec recommend --help.");
    hr_help_paragraph(
        help,
        "A large dataset takes long to evaluate: --users N takes a sample, each user with the same "
        "chance and, with a seed, the same ones on any number of ranks. Figures are then estimates, "
        "coverage and gini of the lists of the sample; novelty stays that of all train ratings.");
    hr_help_paragraph(
        help,
        "JSON keys: split (the part), split_rule and split_seed; sample_users and sample_seed, null where "
        "all users "
        "are evaluated; of full: protocol, diversity, "
        "users, auc, and recall, ndcg, "
        "precision, hit, mrr, map, capped_recall, coverage, gini, novelty, diversity_genres and "
        "diversity_tags, each @ every k; sampled: a list of the other protocols, each with "
        "protocol, negatives, ranked (held-out movies), and hit, ndcg and mrr @ every k, or "
        "auc; of a model trained with --loss mse also ratings, rmse and mae; of full also intervals "
        "(a pair for each figure), segments (new_users, regular_users, popular_movies, tail_movies, each "
        "with users, figures and intervals), replicates, new_below, popular_least. Of two models: a, b, "
        "split, replicates, figures and segments (each figure with a, b, difference, interval, chance, "
        "weight, more, less), by (the figure that decides), better (a, b or neither). Where --with or "
        "--mixture is given: mixture "
        "(of the first model: models, shares, and with auto tried: a list of shares, recall and ndcg @ the "
        "largest k).");
}

const hr_command hr_command_evaluate = {
    .name = "evaluate",
    .arguments = "RUN.ckpt.h5 [OTHER.ckpt.h5] DATA.h5",
    .summary = "Compares the lists of a trained model with ratings that were held out",
    .describe = describe,
    .example =
        "mpirun -n 4 halorec evaluate run.ckpt.h5 data.h5 --protocol full,sampled-99,auc-sampled --json",
    .wants = 2,
    .most = TWO_MODELS,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .collective = true,
    .run = run,
};
