#include "trainer/many_models/run_entry.h"

#include "io/base/json.h"
#include "io/checkpoint/checkpoint.h"
#include "io/checkpoint/checkpoint_kept.h"
#include "io/comm/log.h"
#include "trainer/config/graph_size.h"
#include "trainer/config/train_config.h"
#include "trainer/history/history.h"
#include "trainer/many_models/peak_memory.h"
#include "trainer/many_models/result_file.h"
#include "trainer/run/train.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Files of an entry and a seed, and what is asked of them. */
typedef struct run {
    const hr_comm *comm;
    const hr_many_models *m;
    hr_entry *entry;
    int64_t seed;
    hr_train_options options;
    char checkpoint[PATH_MAX], log[PATH_MAX], result[PATH_MAX];
    json_t *train, *evaluation; /* as results keep them */
    json_t *before;             /* about, of the result that the folder has; NULL: none */
    double seconds, memory;     /* that training took, and the most of earlier runs */
    bool counts_memory;
} run;

int64_t hr_entry_seeds(const hr_many_models *m, const hr_entry *entry)
{
    return entry->model->is_counted ? 1 : m->seeds;
}

hr_status hr_entry_path(const hr_many_models *m, const hr_entry *entry, int64_t seed, const char *suffix,
                        char path[PATH_MAX], hr_error *err)
{
    char name[HR_ENTRY_NAME];
    strcpy(name, entry->name);
    for (char *colon = strchr(name, ':'); colon; colon = strchr(name, ':'))
        *colon = '-';
    const int length = snprintf(path, PATH_MAX, "%s/%s.s%" PRId64 "%s", m->folder, name, seed, suffix);
    return length < HR_TEXT_LENGTH ? HR_OK : hr_fail(err, HR_USAGE, "%.100s…: a path too long", path);
}

static json_t *evaluation_json(const hr_evaluation_call *call)
{
    json_t *k = json_array();
    for (int i = 0; i < call->cutoffs.count; i++)
        json_array_append_new(k, json_integer((json_int_t)call->cutoffs.k[i]));
    return json_pack("{s:s, s:o, s:I, s:I}", "split", call->split_name, "k", k, "users",
                     (json_int_t)call->users, "seed", (json_int_t)call->seed);
}

static hr_status run_begin(run *r, hr_error *err)
{
    hr_status status = HR_OK;
    r->options = r->entry->options;
    r->options.seed = r->seed;
    HR_TRY(hr_entry_path(r->m, r->entry, r->seed, ".ckpt.h5", r->checkpoint, err));
    HR_TRY(hr_entry_path(r->m, r->entry, r->seed, ".jsonl", r->log, err));
    HR_TRY(hr_entry_path(r->m, r->entry, r->seed, ".result.h5", r->result, err));
    strcpy(r->options.checkpoint, r->checkpoint);
    strcpy(r->options.log, r->log);
    r->options.checkpoint_minutes = 1.0;
    r->train = hr_options_to_json(hr_train_table, &r->options);
    r->evaluation = evaluation_json(&r->m->evaluation);
    HR_TRY(hr_json_check("the options", err));
done:
    return status;
}

static void run_end(run *r)
{
    json_decref(r->train);
    json_decref(r->evaluation);
    json_decref(r->before);
}

/* HR_USAGE, naming the first option in which the folder's run differs. Options that it lacks came after it. */
static hr_status check_train(const run *r, const char *path, const json_t *kept, hr_error *err)
{
    const char *name = NULL;
    json_t *asked = NULL;
    json_object_foreach(r->train, name, asked)
    {
        const json_t *was = json_object_get(kept, name);
        if (!was || json_equal(was, asked))
            continue;
        char *before = json_dumps(was, JSON_ENCODE_ANY), *now = json_dumps(asked, JSON_ENCODE_ANY);
        const hr_status status =
            hr_fail(err, HR_USAGE,
                    "%s: was trained with --%s %s, and %s is asked for: name another --out, or remove the "
                    "files of that model",
                    path, name, before ? before : "?", now ? now : "?");
        free(before);
        free(now);
        return status;
    }
    return HR_OK;
}

/* Reads what the folder's result is about, if there is one. Local. */
static hr_status read_before(run *r, hr_error *err)
{
    hr_status status = HR_OK;
    if (access(r->result, F_OK) != 0)
        return HR_OK;
    HR_TRY(hr_result_read_about(r->result, &r->before, err));
    HR_TRY(check_train(r, r->result, json_object_get(r->before, "train"), err));
done:
    return status;
}

/* Whether the folder, as all ranks see it, has the result that is asked for. Collective. */
static hr_status find_result(run *r, bool *is_there, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_agree(r->comm, read_before(r, err), NULL, err));
    int64_t is_missing = json_equal(json_object_get(r->before, "evaluation"), r->evaluation) ? 0 : 1;
    HR_TRY(hr_max_i64(r->comm, &is_missing, 1, err));
    *is_there = is_missing == 0;
done:
    return status;
}

/* Finds a checkpoint to go on from, of the same options. */
static hr_status find_checkpoint(run *r, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    json_t *kept = NULL;
    hr_checkpoint_summary summary;
    HR_TRY(hr_kept_find(r->comm, r->checkpoint, r->options.resume, err));
    if (!*r->options.resume) {
        json_decref(r->before); /* the model is trained anew */
        r->before = NULL;
        return HR_OK;
    }
    hr_log(r->comm, "going on from %s", r->options.resume);
    status = hr_checkpoint_open(&file, &summary, &kept, r->options.resume, err);
    if (status == HR_OK)
        status = check_train(r, r->options.resume, json_object_get(kept, "options"), err);
    HR_TRY(hr_agree(r->comm, status, NULL, err));
done:
    json_decref(kept);
    hr_h5_close(file);
    return status;
}

/* What the log of a run that was stopped tells. */
static void recall_log(run *r)
{
    hr_history history = {0};
    hr_error ignored;
    if (hr_history_read(&history, r->log, &ignored) == HR_OK) {
        const int64_t most = hr_history_best(&history, "peak_memory", true);
        r->seconds = hr_history_total(&history, "elapsed");
        r->memory = most >= 0 ? hr_history_find(&history, "peak_memory")[most] : 0.0;
    }
    hr_history_free(&history);
}

/* What training has taken so far, where it goes on. Of a model that is evaluated otherwise it is over. */
static void recall(run *r)
{
    if (r->before) {
        const json_t *memory = json_object_get(r->before, "peak_memory");
        r->seconds = json_number_value(json_object_get(r->before, "seconds_train"));
        r->memory = json_number_value(memory);
        r->counts_memory = r->counts_memory && memory;
    } else if (*r->options.resume) {
        recall_log(r);
    }
}

static hr_status train(run *r, hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph_size size;
    hr_train_config config;
    recall(r);
    const double start = hr_seconds();
    HR_TRY(hr_train_graph_size(r->comm, r->m->dataset, r->options.valid, &size, err));
    HR_TRY(hr_agree(r->comm, hr_train_config_resolve(&r->options, size, &config, err), NULL, err));
    HR_TRY(hr_train(r->comm, r->m->dataset, &config, err));
    r->seconds += r->before ? 0.0 : hr_seconds() - start;
done:
    return status;
}

/* What the result keeps beside figures of users. */
static hr_status make_about(const run *r, const hr_evaluated_model *model, json_t **about, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_cutoffs *cutoffs = &r->m->evaluation.cutoffs;
    double most[] = {r->seconds, model->seconds, fmax(r->memory, (double)hr_peak_memory())};
    const int ranks =
        r->before ? (int)json_integer_value(json_object_get(r->before, "ranks")) : r->comm->size;
    json_t *coverage = json_array();
    HR_TRY(hr_max_f64(r->comm, most, 3, err));
    for (int i = 0; i < cutoffs->count; i++)
        json_array_append_new(coverage, json_real(model->lists[i].coverage));
    *about = json_pack("{s:s, s:I, s:O, s:O, s:f, s:f, s:O, s:i}", "model", r->entry->name, "seed",
                       (json_int_t)r->seed, "train", r->train, "evaluation", r->evaluation, "seconds_train",
                       most[0], "seconds_score", most[1], "coverage", coverage, "ranks", ranks);
    if (r->counts_memory)
        json_object_set_new(*about, "peak_memory", json_real(most[2]));
    HR_TRY(hr_json_check("the result", err));
done:
    json_decref(coverage);
    return status;
}

static hr_status evaluate(run *r, hr_error *err)
{
    hr_status status = HR_OK;
    hr_evaluated_model model = {0};
    json_t *about = NULL;
    HR_TRY(hr_evaluate_model(&model, r->comm, r->checkpoint, r->m->dataset, &r->m->evaluation, err));
    HR_TRY(make_about(r, &model, &about, err));
    HR_TRY(hr_result_write(r->comm, r->result, about, &model.table, err));
done:
    json_decref(about);
    hr_evaluated_model_free(&model);
    return status;
}

/* Makes the result. *is_of_model tells whether a failure is the model's on these data. */
static hr_status make_result(run *r, bool *is_of_model, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t counts = hr_peak_memory_restart() ? 0 : 1;
    *is_of_model = false;
    HR_TRY(hr_max_i64(r->comm, &counts, 1, err));
    r->counts_memory = counts == 0;
    HR_TRY(find_checkpoint(r, err));
    *is_of_model = true;
    HR_TRY(train(r, err));
    HR_TRY(evaluate(r, err));
done:
    *is_of_model = *is_of_model && (status == HR_USAGE || status == HR_INPUT || status == HR_MEMORY);
    return status;
}

/* Models of ratings learn nothing where all are the same. */
static bool has_no_ratings(const run *r)
{
    const bool is_of_ratings = r->entry->model->wants_ratings || r->options.loss == HR_LOSS_MSE;
    return is_of_ratings && !(r->m->lowest < r->m->highest);
}

hr_status hr_entry_run(const hr_comm *comm, const hr_many_models *m, hr_entry *entry, int64_t seed,
                       hr_error *err)
{
    hr_status status = HR_OK;
    run r = {.comm = comm, .m = m, .entry = entry, .seed = seed};
    bool is_there = false, is_of_model = false;
    HR_TRY(hr_agree(comm, run_begin(&r, err), NULL, err));
    if (has_no_ratings(&r)) {
        snprintf(entry->reason, sizeof entry->reason, "the data have no ratings to predict: all are %.6g",
                 m->lowest);
        goto done;
    }
    HR_TRY(find_result(&r, &is_there, err));
    if (is_there) {
        hr_log(comm, "%s, seed %" PRId64 ": its result is in %s", entry->name, seed, m->folder);
        goto done;
    }
    hr_log(comm, "%s, seed %" PRId64 ":", entry->name, seed);
    status = make_result(&r, &is_of_model, err);
    if (is_of_model) {
        snprintf(entry->reason, sizeof entry->reason, "%s", err->text);
        hr_log(comm, "%s cannot be compared: %s", entry->name, entry->reason);
        status = HR_OK;
    }
done:
    run_end(&r);
    return status;
}
