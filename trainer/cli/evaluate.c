#include "trainer/evaluate.h"

#include "io/checkpoint.h"
#include "io/dataset.h"
#include "io/memory.h"
#include "partition/blocks.h"
#include "trainer/cli/command.h"
#include "trainer/rating_errors.h"
#include "trainer/train_options.h"

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

/* One rank's share of what is evaluated. */
typedef struct share {
    hr_ratings ratings;
    hr_checkpoint_rows rows;
    int64_t dim;
    bool regresses; /* whether the model predicts ratings */
} share;

static hr_status read_share(const hr_comm *comm, const char *checkpoint, const char *dataset, hr_split split,
                            share *s, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *trained = NULL, *data = NULL;
    json_t *run = NULL;
    hr_checkpoint_summary model;
    hr_dataset_summary summary;
    hr_train_options trained_with = hr_train_defaults;
    HR_TRY(hr_checkpoint_open(&trained, &model, &run, checkpoint, err));
    HR_TRY(hr_dataset_open(&data, &summary, dataset, err));
    HR_TRY(hr_checkpoint_match(trained, &model, summary.fingerprint, err));
    HR_TRY(hr_options_from_json(hr_train_table, json_object_get(run, "options"), &trained_with, err));
    if (summary.splits[split] == 0 && !(split == HR_VALID && trained_with.valid > 0.0))
        HR_TRY(hr_fail(err, HR_INPUT, "%s: has no %s part to evaluate on", dataset,
                       split == HR_VALID ? "validation" : "test"));
    const hr_checkpoint_block block = hr_block_of(comm, model.users, model.movies);
    s->dim = model.dim;
    s->rows.name = "output";
    HR_ALLOC(s->rows.block, (block.users + block.movies) * model.dim);
    HR_TRY(hr_checkpoint_read(trained, &model, &s->rows, &block, err));
    HR_TRY(hr_dataset_read_slice(data, block.first_user, block.users, trained_with.valid, &s->ratings, err));
    s->regresses = trained_with.loss == HR_LOSS_MSE;
    if (s->regresses)
        HR_TRY(hr_dataset_read_values(data, &s->ratings, err));
done:
    json_decref(run);
    hr_h5_close(data);
    hr_h5_close(trained);
    return status;
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
    share s = {0};
    hr_status status = hr_cutoffs_parse(o->k, &cutoffs, err);
    if (status == HR_OK)
        status = read_share(comm, call->arguments[0], call->arguments[1], split, &s, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_evaluate(comm, &s.ratings, split, &cutoffs, true, s.rows.block, s.dim, &metrics, err));
    if (s.regresses)
        HR_TRY(hr_rating_errors_measure(comm, &s.ratings, split, s.rows.block, s.dim, &errors, err));
    if (comm->rank == 0 && o->json)
        print_json(&metrics, &cutoffs, s.regresses ? &errors : NULL, splits[o->split]);
    else if (comm->rank == 0)
        print_text(&metrics, &cutoffs, s.regresses ? &errors : NULL);
done:
    free(s.rows.block);
    hr_ratings_free(&s.ratings);
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
