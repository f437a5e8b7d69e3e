#include "io/base/json.h"
#include "io/comm/log.h"
#include "trainer/commands/commands.h"
#include "trainer/page/page.h"

#include <stdio.h>
#include <string.h>

typedef struct options {
    char log[HR_TEXT_LENGTH], partition[HR_TEXT_LENGTH], out[HR_TEXT_LENGTH];
    bool json;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"out", "DIR", HR_OPTION_TEXT, HR_OPTION_CALL, AT(out), 0, 0, NULL,
     "folder to make, with the page index.html in it"},
    {"log", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(log), 0, 0, NULL,
     "log of the run (train --log): curves, time by kind of work, exchange; without it they are left out"},
    {"partition", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(partition), 0, 0, NULL,
     "partition of the run, whose ghosts and balance are told"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL,
     "print one JSON object: where the page is"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

/* Whether the file begins as every HDF5 file does: a checkpoint, not a log. */
static bool is_hdf5(const char *path)
{
    static const char signature[] = "\211HDF\r\n\032\n";
    char found[sizeof signature - 1] = "";
    FILE *file = fopen(path, "re");
    const bool is = file && fread(found, 1, sizeof found, file) == sizeof found &&
                    memcmp(found, signature, sizeof found) == 0;
    if (file)
        fclose(file);
    return is;
}

static hr_status check(const hr_call *call, bool of_run, hr_error *err)
{
    const options *o = call->options;
    if (!*o->out)
        return hr_fail(err, HR_USAGE, "halorec report needs --out DIR; see halorec report --help");
    if (of_run && call->line.argument_count != 2)
        return hr_fail(err, HR_USAGE,
                       "%s is a checkpoint or dataset: expected RUN.ckpt.h5 and DATA.h5, found %d arguments",
                       call->arguments[0], call->line.argument_count);
    if (!of_run && (*o->log || *o->partition))
        return hr_fail(err, HR_USAGE, "--log and --partition belong to a checkpoint; %s is taken for a log",
                       call->arguments[0]);
    return HR_OK;
}

static hr_status print(const hr_comm *comm, const options *o, const hr_page_summary *summary, hr_error *err)
{
    char path[HR_TEXT_LENGTH + 16];
    const size_t length = strlen(o->out);
    snprintf(path, sizeof path, "%s%sindex.html", o->out, length > 0 && o->out[length - 1] == '/' ? "" : "/");
    if (!o->json) {
        hr_log(comm, "wrote %s", path);
        return HR_OK;
    }
    json_t *object = json_pack("{s:o, s:i, s:i}", "page", hr_json_string(path), "sections", summary->sections,
                               "charts", summary->charts);
    const hr_status status = hr_json_print(object, "the page", stdout, err);
    json_decref(object);
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    const bool of_run = is_hdf5(call->arguments[0]);
    const char *log[] = {o->log};
    hr_page_request request = {
        .partition = o->partition, .log = call->arguments, .logs = call->line.argument_count, .out = o->out};
    hr_page_summary summary;
    hr_status status = check(call, of_run, err);
    HR_TRY(status);
    if (of_run) {
        request.checkpoint = call->arguments[0];
        request.dataset = call->arguments[1];
        request.log = log;
        request.logs = *o->log ? 1 : 0;
    }
    HR_TRY(hr_page_write(&request, &summary, err));
    HR_TRY(print(comm, o, &summary, err));
done:
    return status;
}

static const options defaults = {.json = false};

static void describe(hr_help *help)
{
    hr_help_paragraph(
        help,
        "One HTML page that needs nothing else, no network either: curves of loss and metrics, time by kind "
        "of work, exchange and balance of ranks, quality of lists, popularity of what is recommended, a map "
        "of movies (principal components), ten users with what they rated and are recommended, the data, "
        "tags and which go together, options, and where all comes from. Given logs alone, it draws the runs "
        "side by side: halorec report a.jsonl b.jsonl --out both");
    hr_help_paragraph(
        help,
        "Charts are drawn by gnuplot. The page follows the reader's choice of light or dark, and prints.");
    hr_help_paragraph(help, "JSON keys: page (path), sections, charts.");
}

const hr_command hr_command_report = {
    .name = "report",
    .arguments = "RUN.ckpt.h5 DATA.h5 | RUN.jsonl …",
    .summary = "Makes a page of a run, with its curves, model and data, or of several runs side by side",
    .describe = describe,
    .example = "halorec report run.ckpt.h5 data.h5 --log run.jsonl --out report",
    .wants = 1,
    .most = HR_MAX_ARGUMENTS,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .run = run,
};
