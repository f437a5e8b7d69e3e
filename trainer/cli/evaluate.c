#include "trainer/evaluate.h"

#include "trainer/cli/command.h"
#include "trainer/load_scorer.h"
#include "trainer/rating_errors.h"

#include <inttypes.h>

enum { SPLIT_VALID, SPLIT_TEST };
static const char *const splits[] = {"valid", "test", NULL};

typedef struct options {
    char k[HR_TEXT_LENGTH];
    int split;
    bool json;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"split", "valid|test", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(split), 0, 0, splits, "what is held out"},
    {"k", "LIST", HR_OPTION_TEXT, HR_OPTION_CALL, AT(k), 0, 0, NULL, "lengths of the list that is judged"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL, "print one JSON object"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

/* Whether there is anything to evaluate on. */
static hr_status check_split(const hr_loaded *loaded, const char *dataset, hr_split split, hr_error *err)
{
    if (loaded->data.splits[split] > 0 || (split == HR_VALID && loaded->options.valid > 0.0))
        return HR_OK;
    return hr_fail(err, HR_INPUT, "%s: has no %s part to evaluate on", dataset,
                   split == HR_VALID ? "validation" : "test");
}

static void print_text(const hr_metrics *metrics, const hr_cutoffs *cutoffs, const hr_rating_errors *errors)
{
    if (errors)
        printf("ratings %.0f  rmse %.4f  mae %.4f\n", errors->ratings, errors->rmse, errors->mae);
    printf("users %.0f  auc %.4f\n%6s %8s %8s %9s %8s %8s %8s\n", metrics->users, metrics->auc, "k", "recall",
           "ndcg", "precision", "hit", "mrr", "map");
    for (int i = 0; i < cutoffs->count; i++) {
        const hr_metrics_at *at = &metrics->at[i];
        printf("%6" PRId64 " %8.4f %8.4f %9.4f %8.4f %8.4f %8.4f\n", cutoffs->k[i], at->recall, at->ndcg,
               at->precision, at->hit, at->mrr, at->map);
    }
}

static void print_json(const hr_metrics *metrics, const hr_cutoffs *cutoffs, const hr_rating_errors *errors,
                       const char *split)
{
    json_t *object = json_object();
    json_object_set_new(object, "split", json_string(split));
    hr_metrics_to_json(metrics, cutoffs, object);
    if (errors)
        hr_rating_errors_to_json(errors, object);
    json_dumpf(object, stdout, JSON_REAL_PRECISION(8));
    putchar('\n');
    json_decref(object);
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    const hr_split split = o->split == SPLIT_TEST ? HR_TEST : HR_VALID;
    hr_cutoffs cutoffs;
    hr_metrics metrics;
    hr_rating_errors errors;
    hr_loaded loaded = {0};
    hr_status status = HR_OK;
    HR_TRY(hr_cutoffs_parse(o->k, &cutoffs, err));
    HR_TRY(hr_load_scorer(&loaded, comm, call->arguments[0], call->arguments[1], 0, 0, err));
    HR_TRY(check_split(&loaded, call->arguments[1], split, err));
    const bool regresses = loaded.options.loss == HR_LOSS_MSE;
    HR_TRY(hr_evaluate(comm, &loaded.scorer, split, &cutoffs, true, &metrics, err));
    if (regresses)
        HR_TRY(hr_rating_errors_measure(comm, &loaded.scorer, split, &errors, err));
    if (comm->rank == 0 && o->json)
        print_json(&metrics, &cutoffs, regresses ? &errors : NULL, splits[o->split]);
    else if (comm->rank == 0)
        print_text(&metrics, &cutoffs, regresses ? &errors : NULL);
done:
    hr_loaded_free(&loaded);
    return status;
}

static const options defaults = {.k = "10,20", .split = SPLIT_TEST};

const hr_command hr_command_evaluate = {
    .name = "evaluate",
    .arguments = "RUN.ckpt.h5 DATA.h5",
    .summary = "Ranks every movie for every user and judges the lists by what was held out",
    .details =
        "A user's train movies are no candidates; with --split test, valid movies neither.\n"
        "JSON keys: split, users, auc, and recall, ndcg, precision, hit, mrr, map, each @ every k;\n"
        "for a model of ratings also ratings, rmse and mae.\n",
    .example = "mpirun -n 4 halorec evaluate run.ckpt.h5 data.h5 --split test --k 10,20 --json",
    .wants = 2,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .collective = true,
    .run = run,
};
