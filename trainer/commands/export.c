#include "trainer/export/export.h"

#include "io/base/json.h"
#include "io/comm/log.h"
#include "io/options/options.h"
#include "trainer/commands/commands.h"

typedef struct options {
    char out[HR_TEXT_LENGTH];
    int format;
    bool json;
} options;

#define AT(member) offsetof(options, member)

static const char *const formats[] = {"npy", "tsv", "h5", "mtx", NULL}; /* as hr_export_format */

static const hr_option table[] = {
    {"out", "DIR", HR_OPTION_TEXT, HR_OPTION_CALL, AT(out), 0, 0, NULL,
     "folder to make; it must not be there"},
    {"format", "npy|tsv|h5|mtx", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(format), 0, 0, formats,
     "numpy's arrays, text for TensorFlow's projector, one HDF5 file, or Matrix Market"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL, "print one JSON object"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

static hr_status report(const hr_comm *comm, const options *o, hr_error *err)
{
    if (!o->json) {
        hr_log(comm, "wrote %s", o->out);
        return HR_OK;
    }
    if (comm->rank != 0)
        return HR_OK;
    json_t *object = json_pack("{s:o, s:s}", "out", hr_json_string(o->out), "format", formats[o->format]);
    const hr_status status = hr_json_print(object, "what was exported", stdout, err);
    json_decref(object);
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    hr_status status = HR_OK;
    if (!*o->out)
        return hr_fail(err, HR_USAGE, "halorec export needs --out; see halorec export --help");
    HR_TRY(hr_export(comm, call->arguments[0], call->arguments[1], o->out, (hr_export_format)o->format, err));
    HR_TRY(report(comm, o, err));
done:
    return status;
}

static const options defaults = {.out = ""};

static void describe(hr_help *help)
{
    static const hr_help_item files[] = {
        {"users, movies", "the rows that score, of the best epoch"},
        {"users_layer0, movies_layer0", "the parameters that they were made of"},
        {"index_users, index_movies",
         "where dot products score: rows with one column more, by which all movies are of one length, for "
         "faiss or "
         "hnswlib; not as tsv"},
        {"user_ids.txt, movie_ids.txt, titles.txt", "a line for each row"},
        {"README.txt", "how scores follow from the rows, and how biases and lengths enter"}};
    hr_help_paragraph(help, "The folder has, as NAME.npy, NAME.mtx, or arrays of vectors.h5:");
    hr_help_list(help, files, sizeof files / sizeof *files);
    hr_help_paragraph(
        help,
        "With --format tsv the movies are vectors.tsv and metadata.tsv (id, title, genres), which "
        "TensorFlow's embedding projector loads.");
    hr_help_paragraph(help, "JSON keys: out, format.");
}

const hr_command hr_command_export = {
    .name = "export",
    .arguments = "RUN.ckpt.h5 DATA.h5 --out DIR",
    .summary = "Writes the rows of a trained model, ids and titles as files that other programs read",
    .describe = describe,
    .example = "halorec export run.ckpt.h5 data.h5 --out vectors --format npy",
    .wants = 2,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .collective = true,
    .run = run,
};
