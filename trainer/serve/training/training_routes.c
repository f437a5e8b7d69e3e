#include "trainer/models/model.h"
#include "trainer/serve/http/request.h"
#include "trainer/serve/training/run_process.h"
#include "trainer/serve/training/training.h"
#include "trainer/serve/visitors/who.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { MOST_ARGUMENTS = 24, NUMBER_LENGTH = 24 };

/* Under the mutex. NULL for want of memory. */
static json_t *state_json(const hr_training *t)
{
    static const char *const names[] = {"none", "running", "done", "stopped", "failed"};
    json_t *json =
        json_pack("{s:s,s:b}", "state", names[t->state], "running", t->state == HR_TRAINING_RUNNING);
    json_t *models = json_array();
    for (int i = 0; hr_models[i]; i++)
        json_array_append_new(models, json_string(hr_models[i]->name));
    json_object_set_new(json, "models", models);
    if (t->state != HR_TRAINING_NONE) {
        json_object_set_new(json, "run", json_string(t->files.name));
        json_object_set_new(json, "started", json_integer((json_int_t)t->started));
    }
    if (*t->message)
        json_object_set_new(json, "message", json_string(t->message));
    return json;
}

static hr_status answer_state(hr_training *t, int code, hr_answer *answer, hr_error *err)
{
    pthread_mutex_lock(&t->mutex);
    json_t *json = state_json(t);
    pthread_mutex_unlock(&t->mutex);
    answer->status = code;
    return hr_answer_json(answer, json, err);
}

static hr_status answer_get(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    (void)request;
    return answer_state(context, 200, answer, err);
}

/* The command line of a run: texts of the request and of the training, and numbers written out. */
typedef struct run_line {
    union {
        const char *given;
        char *passed; /* posix_spawn does not change them */
    } argument[MOST_ARGUMENTS];
    int count;
} run_line;

static void add(run_line *line, const char *option, const char *value)
{
    if (!value)
        return;
    line->argument[line->count++].given = option;
    line->argument[line->count++].given = value;
}

/* Starts the run of a request; under the mutex, and nothing is running. */
static hr_status start(hr_training *t, const hr_request *request, hr_error *err)
{
    static const char *const options[][2] = {{"--model", "model"},   {"--dim", "dim"},
                                             {"--layers", "layers"}, {"--epochs", "epochs"},
                                             {"--batch", "batch"},   {"--seed", "seed"}};
    hr_status status = HR_OK;
    run_line line = {.argument = {{"halorec"}, {"train"}, {t->dataset}}, .count = 3};
    char *arguments[MOST_ARGUMENTS + 1] = {NULL};
    hr_run_files files;
    HR_TRY(hr_run_files_name(&files, t->runs, err));
    add(&line, "--log", files.log);
    add(&line, "--checkpoint", files.checkpoint);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        add(&line, options[i][0], hr_request_text(request, options[i][1]));
    for (int i = 0; i < line.count; i++)
        arguments[i] = line.argument[i].passed;
    HR_TRY(hr_run_process_start(arguments, files.output, &t->process, err));
    t->files = files;
    t->started = time(NULL);
    t->message[0] = '\0';
    HR_TRY(hr_training_watch(t, err));
done:
    return status;
}

/* Starts the run unless one is going on, or there are too many: then the answer is a problem. Under the mutex. */
static hr_status start_or_refuse(hr_training *t, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t kept = 0;
    if (t->refuses)
        return hr_answer_problem(answer, 503, NULL, "the server is ending");
    if (t->state == HR_TRAINING_RUNNING)
        return hr_answer_problem(answer, 409, NULL, "%s is training: stop it first, or wait", t->files.name);
    HR_TRY(hr_run_files_count(t->runs, &kept, err));
    if (kept >= HR_MOST_RUNS)
        return hr_answer_problem(answer, 507, NULL,
                                 "the folder of runs has %" PRId64
                                 " checkpoints of them: who runs the server has to remove some first",
                                 kept);
    HR_TRY(start(t, request, err));
done:
    return status;
}

static hr_status answer_post(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    hr_training *t = context;
    const hr_model *model = NULL;
    if (hr_model_find(hr_request_text(request, "model"), &model, err) != HR_OK)
        return hr_answer_problem(answer, 422, "model", "%s", err->text);
    hr_status status = hr_take_address(t->visitors, HR_RUN_OF_ADDRESS, request, answer, err);
    if (status != HR_OK || answer->status != 0)
        return status;
    pthread_mutex_lock(&t->mutex);
    status = start_or_refuse(t, request, answer, err);
    pthread_mutex_unlock(&t->mutex);
    return status == HR_OK && answer->status == 0 ? answer_state(t, 201, answer, err) : status;
}

static hr_status answer_delete(void *context, const hr_request *request, hr_answer *answer, hr_error *err)
{
    (void)request;
    if (!hr_training_stop(context, SIGTERM))
        return hr_answer_problem(answer, 409, NULL, "nothing is training");
    return answer_state(context, 202, answer, err);
}

static const hr_parameter start_parameters[] = {{.name = "model",
                                                 .where = HR_IN_BODY,
                                                 .kind = HR_TEXT_PARAMETER,
                                                 .maximum = 32,
                                                 .otherwise = "lightgcn",
                                                 .summary = "model, as train's --model"},
                                                {.name = "dim",
                                                 .where = HR_IN_BODY,
                                                 .kind = HR_INTEGER_PARAMETER,
                                                 .minimum = 1,
                                                 .maximum = 1024,
                                                 .summary = "columns of an embedding"},
                                                {.name = "layers",
                                                 .where = HR_IN_BODY,
                                                 .kind = HR_INTEGER_PARAMETER,
                                                 .minimum = 0,
                                                 .maximum = 16,
                                                 .summary = "steps of propagation, or layers of a network"},
                                                {.name = "epochs",
                                                 .where = HR_IN_BODY,
                                                 .kind = HR_INTEGER_PARAMETER,
                                                 .minimum = 1,
                                                 .maximum = 10000,
                                                 .summary = "epochs"},
                                                {.name = "batch",
                                                 .where = HR_IN_BODY,
                                                 .kind = HR_INTEGER_PARAMETER,
                                                 .minimum = 0,
                                                 .maximum = 100000000,
                                                 .summary = "samples of a step; 0: by the data"},
                                                {.name = "seed",
                                                 .where = HR_IN_BODY,
                                                 .kind = HR_INTEGER_PARAMETER,
                                                 .minimum = 0,
                                                 .maximum = 1e9,
                                                 .summary = "seed of all that is random"},
                                                {0}};

#define STATE_KEYS                                                                                           \
    "{state: text, running: flag, models: [text], run?: text, started?: integer, message?: text}"

const hr_route hr_training_routes[] = {
    {.method = "GET",
     .path = "/training",
     .summary = "The run that this server started last",
     .handle = answer_get,
     .caching = HR_NOT_STORED,
     .answers = STATE_KEYS},
    {.method = "POST",
     .path = "/training",
     .summary = "Trains a model on this machine; its checkpoint is served when it is done",
     .parameters = start_parameters,
     .handle = answer_post,
     .answers = STATE_KEYS},
    {.method = "DELETE",
     .path = "/training",
     .summary = "Ends the run with a checkpoint; a second time: at once",
     .handle = answer_delete,
     .answers = STATE_KEYS},
    {0}};
