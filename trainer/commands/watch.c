#include "trainer/history/watch.h"

#include "io/base/json.h"
#include "trainer/commands/commands.h"
#include "trainer/history/history.h"

#include <math.h>

typedef struct options {
    double every;
    bool json;
} options;

static const hr_option table[] = {{"every", "SECONDS", HR_OPTION_REAL, HR_OPTION_CALL,
                                   offsetof(options, every), 0.1, 3600, NULL,
                                   "time between two readings of the log"},
                                  {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, offsetof(options, json), 0,
                                   0, NULL, "print one JSON object of the log as it is now, and end"},
                                  {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
                                  {0}};

static void set_number(json_t *object, const char *name, double value)
{
    json_object_set_new(object, name, isfinite(value) ? json_real(value) : json_null());
}

static hr_status print_json(const char *path, hr_error *err)
{
    hr_history h = {0};
    bool highest = true;
    json_t *object = json_object(), *last = json_object();
    hr_status status = hr_history_read(&h, path, err);
    HR_TRY(status);
    const char *figure = hr_history_figure(&h, &highest);
    const int64_t best = figure ? hr_history_best(&h, figure, highest) : -1;
    for (int c = 0; c < h.columns; c++)
        set_number(last, h.column[c].name, hr_history_last(&h, h.column[c].name));
    json_object_set_new(object, "lines", json_integer(h.lines));
    json_object_set_new(object, "bad_lines", json_integer(h.bad));
    json_object_set_new(object, "done", json_boolean(h.done));
    json_object_set(object, "last", last);
    if (best >= 0)
        json_object_set_new(object, "best",
                            json_pack("{s:s, s:f, s:f}", "figure", figure, "value",
                                      hr_history_find(&h, figure)[best], "epoch",
                                      hr_history_find(&h, "epoch")[best]));
    HR_TRY(hr_json_print(object, "the log", stdout, err));
done:
    json_decref(last);
    json_decref(object);
    hr_history_free(&h);
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    (void)comm;
    const options *o = call->options;
    return o->json ? print_json(call->arguments[0], err) : hr_watch(call->arguments[0], o->every, err);
}

static const options defaults = {.every = 1.0};

static void describe(hr_help *help)
{
    hr_help_paragraph(
        help,
        "Draws loss and recall, or rmse, over the epochs on the terminal, and draws them again as the run "
        "adds lines, until it is done. q or Ctrl-C ends watching, not the run. A log that is not there yet "
        "is waited for. Into a pipe or a file the log is drawn once, as it is.");
    hr_help_paragraph(
        help,
        "JSON keys: lines, bad_lines (no lines of a log), done; last: the last value of each number, those "
        "in objects as seconds.halo; best: figure, value, epoch.");
}

const hr_command hr_command_watch = {
    .name = "watch",
    .arguments = "RUN.jsonl",
    .summary = "Draws the log of a run on the terminal while the run writes it",
    .describe = describe,
    .example = "halorec watch run.jsonl",
    .wants = 1,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .run = run,
};
