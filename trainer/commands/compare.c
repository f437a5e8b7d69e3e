#include "io/comm/log.h"
#include "trainer/commands/commands.h"
#include "trainer/many_models/many_models.h"
#include "trainer/many_models/side_reports.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { SPLIT_VALID, SPLIT_TEST };
static const char *const splits[] = {"valid", "test", NULL};

typedef struct options {
    char models[HR_TEXT_LENGTH], with[HR_TEXT_LENGTH], out[HR_TEXT_LENGTH], k[HR_TEXT_LENGTH];
    int split;
    int64_t seeds, users, resamples;
    bool json, markdown, html;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"models", "all|LIST", HR_OPTION_TEXT, HR_OPTION_CALL, AT(models), 0, 0, NULL,
     "models, with commas between them: mf by its usual loss, mf:bpr by another; all: every one, and those "
     "of "
     "ratings by bpr too"},
    {"with", "MODEL:OPTIONS", HR_OPTION_TEXT, HR_OPTION_CALL, AT(with), 0, 0, NULL,
     "options of train for a model, such as 'mf:--dim 32 --epochs 5', or for all; may be given more than "
     "once"},
    {"out", "DIR", HR_OPTION_TEXT, HR_OPTION_CALL, AT(out), 0, 0, NULL,
     "folder of checkpoints, logs, results and tables; else DATA.compare, without the .h5"},
    {"seeds", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(seeds), 1, 1000, NULL,
     "train each model with seeds 1 to N; figures are means"},
    {"split", "valid|test", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(split), 0, 0, splits,
     "the part that lists are compared with"},
    {"k", "LIST", HR_OPTION_TEXT, HR_OPTION_CALL, AT(k), 0, 0, NULL,
     "lengths of the lists; else 20, or 20,50,100 where --split users:… holds users out"},
    {"users", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(users), 0, 1LL << 40, NULL,
     "evaluate for about so many users, drawn at random, the same for all models; 0: for all"},
    {"resamples", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(resamples), 0, HR_MOST_REPLICATES, NULL,
     "resamples of users, of which intervals and chance are made; 0: none"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL, "print one JSON object"},
    {"markdown", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(markdown), 0, 0, NULL, "print Markdown"},
    {"html", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(html), 0, 0, NULL, "print a page of HTML"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

/* Every --with of the line. HR_USAGE for too many. */
static hr_status collect_withs(const hr_call *call, const char *with[HR_MOST_WITHS], int *count,
                               hr_error *err)
{
    *count = 0;
    for (int i = 0; i < call->line.count; i++) {
        const hr_setting *setting = &call->line.settings[i];
        if (strcmp(setting->option->name, "with") != 0)
            continue;
        if (*count == HR_MOST_WITHS)
            return hr_fail(err, HR_USAGE, "--with: at most %d of them", HR_MOST_WITHS);
        with[(*count)++] = setting->value.text;
    }
    return HR_OK;
}

/* "data.compare" for data.h5. */
static hr_status name_folder(const char *dataset, const options *o, char folder[HR_TEXT_LENGTH],
                             hr_error *err)
{
    size_t length = strlen(*o->out ? o->out : dataset);
    if (length + sizeof ".compare" > HR_TEXT_LENGTH)
        return hr_fail(err, HR_USAGE, "%.100s…: a path too long", dataset);
    if (*o->out) {
        strcpy(folder, o->out);
        return HR_OK;
    }
    if (length > 3 && strcmp(dataset + length - 3, ".h5") == 0)
        length -= 3;
    memcpy(folder, dataset, length);
    strcpy(folder + length, ".compare");
    return HR_OK;
}

static hr_status read_options(const options *o, hr_evaluation_call *call, hr_error *err)
{
    hr_status status = HR_OK;
    *call = (hr_evaluation_call){.split = o->split == SPLIT_TEST ? HR_TEST : HR_VALID,
                                 .split_name = splits[o->split],
                                 .users = o->users,
                                 .seed = 1,
                                 .new_below = 20,
                                 .popular_share = 0.2};
    if (o->json + o->markdown + o->html > 1)
        HR_TRY(hr_fail(err, HR_USAGE, "--json, --markdown, --html: one of them"));
    if (*o->k)
        HR_TRY(hr_cutoffs_parse(o->k, &call->cutoffs, err));
    HR_TRY(hr_protocols_parse("full", &call->protocols, err));
done:
    return status;
}

/* On rank 0. */
static hr_status print(const hr_comm *comm, const options *o, const hr_side_by_side *sides, hr_error *err)
{
    hr_side_writer *write = o->json       ? hr_side_json
                            : o->markdown ? hr_side_markdown
                            : o->html     ? hr_side_page
                                          : hr_side_text;
    hr_log(comm, "wrote %s/compare.json, compare.md, compare.html", sides->m->folder);
    return write(sides, stdout, err);
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    hr_status status = HR_OK;
    const char *with[HR_MOST_WITHS];
    int withs = 0;
    char folder[HR_TEXT_LENGTH];
    hr_entries entries = {0};
    hr_side_by_side sides = {0};
    hr_many_models m = {.dataset = call->arguments[0], .folder = folder, .seeds = o->seeds};
    HR_TRY(read_options(o, &m.evaluation, err));
    HR_TRY(name_folder(m.dataset, o, folder, err));
    HR_TRY(collect_withs(call, with, &withs, err));
    HR_TRY(hr_entries_read(&entries, o->models, withs, with, err));
    m.replicates = o->resamples;
    HR_TRY(hr_many_models_run(&sides, comm, &m, &entries, err));
    if (comm->rank == 0)
        HR_TRY(print(comm, o, &sides, err));
done:
    hr_side_by_side_free(&sides);
    hr_entries_free(&entries);
    return status;
}

static const options defaults = {.models = "all", .split = SPLIT_TEST, .seeds = 1, .resamples = 1000};

static void describe(hr_help *help)
{
    hr_help_paragraph(
        help,
        "Trains each model with its defaults, one after the other on the same ranks, evaluates it by full "
        "ranking, and prints one table, the best first: recall and ndcg with 95 % intervals, coverage of the "
        "lists, seconds to train and to score, memory, and which differences to the best are no more than "
        "chance; another table has rmse and mae of models that predict ratings. Models that the data have "
        "nothing for are listed with the reason.");
    hr_help_paragraph(
        help,
        "The folder keeps each model's checkpoint (NAME.s1.ckpt.h5, of seed 1), log and result, and the "
        "comparison as compare.json, compare.md and compare.html, a page that needs nothing else. The same "
        "command goes on where a killed one was, trains only models that are not in the folder, and "
        "evaluates "
        "again where --split, --k or --users are others. Another dataset, or a model with other options, is "
        "refused.");
    hr_help_paragraph(
        help,
        "Where --split users:… holds users out whole, figures are those of Liang et al. (WWW 2018): "
        "recall@20 "
        "and recall@50, by the smaller of k and the held-out movies (capped_recall), and ndcg@100.");
    hr_help_paragraph(
        help,
        "JSON keys: format, is_complete, dataset, fingerprint, split, split_rule, split_seed, k, "
        "sample_users, "
        "replicates, seeds, by (the figure that orders), best, best_of_ratings, and models, the best first: "
        "each with model, compared, seeds, figures (those of evaluate, and coverage), intervals, spread "
        "(least "
        "and most of single seeds), differences to the best (difference, interval, chance, is_chance), "
        "seconds_train, seconds_score, peak_memory, ranks and options; or with a reason where it is not "
        "compared.");
}

const hr_command hr_command_compare = {
    .name = "compare",
    .arguments = "DATA.h5",
    .summary = "Trains and evaluates many models on the same data, and tells which is best",
    .describe = describe,
    .example = "mpirun -n 2 halorec compare data.h5 --models lightgcn,ials,mf:bpr --out models",
    .wants = 1,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .collective = true,
    .wants_mpi = true,
    .run = run,
};
