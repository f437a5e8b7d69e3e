#include "trainer/evaluation/evaluate.h"

#include "trainer/commands/command.h"
#include "trainer/recommend/known_movies.h"
#include "trainer/report/evaluation_report.h"
#include "trainer/scoring/fold_in_users.h"
#include "trainer/scoring/load_scorer.h"

enum { SPLIT_VALID, SPLIT_TEST };
static const char *const splits[] = {"valid", "test", NULL};

typedef struct options {
    char k[HR_TEXT_LENGTH], protocol[HR_TEXT_LENGTH];
    int split;
    double diversity;
    int64_t seed;
    bool json;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"split", "valid|test", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(split), 0, 0, splits,
     "the part that lists are compared with"},
    {"k", "LIST", HR_OPTION_TEXT, HR_OPTION_CALL, AT(k), 0, 0, NULL,
     "lengths of the lists that are evaluated"},
    {"protocol", "LIST", HR_OPTION_TEXT, HR_OPTION_CALL, AT(protocol), 0, 0, NULL,
     "full, sampled-N or auc-sampled, or several of them"},
    {"seed", "S", HR_OPTION_INT, HR_OPTION_CALL, AT(seed), 0, 9e15, NULL,
     "seed of the movies that sampled protocols draw"},
    {"diversity", "L", HR_OPTION_REAL, HR_OPTION_CALL, AT(diversity), 0, 1, NULL,
     "re-rank lists as recommend --diversity does; 0: lists by score alone"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL, "print one JSON object"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

/* HR_INPUT where the dataset has no such part to evaluate on. */
static hr_status check_split(const hr_loaded *loaded, const char *dataset, hr_split split, hr_error *err)
{
    if (loaded->data.splits[split] > 0 || (split == HR_VALID && loaded->scoring.valid > 0.0))
        return HR_OK;
    return hr_fail(err, HR_INPUT, "%s: has no %s part to evaluate on", dataset,
                   split == HR_VALID ? "validation" : "test");
}

/* Ranks all movies for all users, and measures the lists. Collective. */
static hr_status rank_fully(const hr_comm *comm, const hr_loaded *loaded, hr_split split,
                            hr_evaluation_report *report, hr_error *err)
{
    hr_list_tally lists = {0};
    const hr_mmr mmr = {report->diversity, report->similarity};
    const hr_evaluation asked = {.split = split,
                                 .cutoffs = &report->cutoffs,
                                 .auc = true,
                                 .mmr = report->diversity > 0.0 ? &mmr : NULL,
                                 .lists = &lists};
    hr_status status = HR_OK;
    HR_TRY(hr_list_tally_create(&lists, comm, &loaded->ratings, &report->cutoffs, report->similarity, err));
    HR_TRY(hr_evaluate(comm, &loaded->scorer, &asked, &report->metrics, err));
    HR_TRY(hr_list_tally_finish(&lists, comm, report->lists, err));
    report->has_full = true;
done:
    hr_list_tally_free(&lists);
    return status;
}

/* Only lists of full ranking can be re-ranked. */
static hr_status check_diversity(const hr_evaluation_report *report, const char *dataset, hr_error *err)
{
    bool has_full = false;
    for (int i = 0; i < report->protocols.count; i++)
        has_full |= report->protocols.list[i].kind == HR_PROTOCOL_FULL;
    if (report->diversity == 0.0)
        return HR_OK;
    if (!has_full)
        return hr_fail(err, HR_USAGE,
                       "--diversity re-ranks the lists of full ranking, which --protocol leaves out");
    return hr_mmr_check(report->similarity, dataset, err);
}

static hr_status evaluate(const hr_comm *comm, const hr_loaded *loaded, hr_split split, uint64_t seed,
                          hr_evaluation_report *report, hr_error *err)
{
    hr_status status = HR_OK;
    for (int i = 0; i < report->protocols.count; i++)
        if (report->protocols.list[i].kind == HR_PROTOCOL_FULL)
            HR_TRY(rank_fully(comm, loaded, split, report, err));
        else
            HR_TRY(hr_sampled_evaluate(comm, &loaded->scorer, split, &report->cutoffs,
                                       report->protocols.list[i].negatives, seed, &report->sampled[i], err));
    if (loaded->scoring.predicts_ratings) {
        HR_TRY(hr_rating_errors_measure(comm, &loaded->scorer, split, &(hr_user_sample){0}, &report->errors,
                                        err));
        report->has_errors = true;
    }
done:
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    const hr_split split = o->split == SPLIT_TEST ? HR_TEST : HR_VALID;
    hr_loaded loaded = {0};
    hr_known_movies known = {0};
    hr_evaluation_report report = {.split = splits[o->split],
                                   .data = &loaded.data,
                                   .diversity = o->diversity,
                                   .similarity = &known.similarity};
    hr_status status = HR_OK;
    HR_TRY(hr_cutoffs_parse(o->k, &report.cutoffs, err));
    HR_TRY(hr_protocols_parse(o->protocol, &report.protocols, err));
    HR_TRY(hr_load_scorer(&loaded, comm, call->arguments[0], call->arguments[1], 0, 0, err));
    HR_TRY(check_split(&loaded, call->arguments[1], split, err));
    HR_TRY(hr_fold_in_check(&loaded.data, &loaded.model, call->arguments[1], err));
    HR_TRY(hr_known_movies_read(&known, comm, call->arguments[1], err));
    HR_TRY(check_diversity(&report, call->arguments[1], err));
    HR_TRY(evaluate(comm, &loaded, split, (uint64_t)o->seed, &report, err));
    if (comm->rank == 0 && o->json)
        HR_TRY(hr_evaluation_report_json(&report, err));
    else if (comm->rank == 0)
        hr_evaluation_report_text(&report);
done:
    hr_known_movies_free(&known);
    hr_loaded_free(&loaded);
    return status;
}

static const options defaults = {.k = "10,20", .protocol = "full", .split = SPLIT_TEST, .seed = 1};

static void describe(hr_help *help)
{
    static const hr_help_item protocols_known[] = {
        {"full",
         "every movie that is a candidate is ranked for every user: recall, ndcg, precision, hit, mrr "
         "and map at each k, and auc; of the lists of length k also coverage, gini, novelty (bits), and "
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
    hr_help_paragraph(help,
                      "JSON keys: split (the part), split_rule and split_seed; of full: protocol, diversity, "
                      "users, auc, and recall, ndcg, "
                      "precision, hit, mrr, map, coverage, gini, novelty, diversity_genres and "
                      "diversity_tags, each @ every k; sampled: a list of the other protocols, each with "
                      "protocol, negatives, ranked (held-out movies), and hit, ndcg and mrr @ every k, or "
                      "auc; of a model trained with --loss mse also ratings, rmse and mae.");
}

const hr_command hr_command_evaluate = {
    .name = "evaluate",
    .arguments = "RUN.ckpt.h5 DATA.h5",
    .summary = "Compares the lists of a trained model with ratings that were held out",
    .describe = describe,
    .example =
        "mpirun -n 4 halorec evaluate run.ckpt.h5 data.h5 --protocol full,sampled-99,auc-sampled --json",
    .wants = 2,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .collective = true,
    .run = run,
};
