#include "trainer/commands/commands.h"
#include "trainer/serve/service/service.h"

#include <omp.h>

typedef struct options {
    int64_t port, threads, handlers, connections, queue;
    double idle, request, drain;
    char bind[HR_TEXT_LENGTH], host[HR_TEXT_LENGTH], cors[HR_TEXT_LENGTH];
    char visitors[HR_TEXT_LENGTH], posters[HR_TEXT_LENGTH];
    bool read_only, no_accounts, proxied;
    char runs[HR_TEXT_LENGTH];
    hr_mixing_options mixing;
    bool json, allow_training;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"port", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(port), 0, 65535, NULL,
     "port that the server listens on; 0: one that is free"},
    {"bind", "ADDRESS", HR_OPTION_TEXT, HR_OPTION_CALL, AT(bind), 0, 0, NULL,
     "address that it listens at: 127.0.0.1 is for this machine alone, 0.0.0.0 for all networks"},
    {"host", "NAMES", HR_OPTION_TEXT, HR_OPTION_CALL, AT(host), 0, 0, NULL,
     "names that it is asked by, separated by commas; without it any name, and localhost where it listens "
     "for this machine "
     "alone"},
    {"cors", "ORIGIN", HR_OPTION_TEXT, HR_OPTION_CALL, AT(cors), 0, 0, NULL,
     "other site whose pages may ask, such as https://example.org; * for all"},
    {"threads", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(threads), 1, 64, NULL,
     "threads that make lists; without it one a processor"},
    {"handlers", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(handlers), 1, 64, NULL,
     "threads that answer other requests"},
    {"connections", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(connections), 1, 1000000, NULL,
     "most open connections; one more closes the one that is idle longest"},
    {"queue", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(queue), 1, 1000000, NULL,
     "most requests that wait; others are refused with status 503"},
    {"idle", "SECONDS", HR_OPTION_REAL, HR_OPTION_CALL, AT(idle), 0.1, 86400, NULL,
     "that a connection may be without a request"},
    {"request", "SECONDS", HR_OPTION_REAL, HR_OPTION_CALL, AT(request), 0.1, 86400, NULL,
     "that reading a request, or sending an answer, may take"},
    {"drain", "SECONDS", HR_OPTION_REAL, HR_OPTION_CALL, AT(drain), 0, 86400, NULL,
     "that requests have to end after SIGTERM"},
    HR_MIXING_OPTIONS(AT(mixing), HR_MIXING_SHARES),
    {"runs", "DIR", HR_OPTION_TEXT, HR_OPTION_CALL, AT(runs), 0, 0, NULL,
     "folder of logs of training, NAME.jsonl each, that /runs shows while they are written"},
    {"allow-training", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(allow_training), 0, 0, NULL,
     "let visitors train a model on this machine, one run at a time, with its files in the folder of --runs; "
     "not with --with or --mixture"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL,
     "say where it listens as one JSON object, on standard output"},
    {"visitors", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(visitors), 0, 0, NULL,
     "file that keeps what visitors rate and add (SQLite); made where it is not there"},
    {"read-only", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(read_only), 0, 0, NULL,
     "nobody rates, registers or adds movies: there is no file of visitors"},
    {"no-accounts", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(no_accounts), 0, 0, NULL,
     "nobody registers or adds movies; visitors rate"},
    {"posters", "DIR", HR_OPTION_TEXT, HR_OPTION_CALL, AT(posters), 0, 0, NULL,
     "folder of pictures of movies, named by their ids: 31.jpg, 31.png; without it titles are drawn"},
    {"proxied", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(proxied), 0, 0, NULL,
     "a reverse proxy says who asks, by X-Forwarded-For, and whether by https, by X-Forwarded-Proto"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    hr_service_config config = {
        .checkpoint = call->arguments[0],
        .dataset = call->arguments[1],
        .runs = o->runs,
        .allow_training = o->allow_training,
        .server = {.bind = o->bind,
                   .port = o->port,
                   .cors = o->cors,
                   .host = o->host,
                   .threads = o->threads > 0 ? (int)o->threads : omp_get_max_threads(),
                   .handlers = (int)o->handlers,
                   .connections = o->connections,
                   .queue = o->queue,
                   .idle_seconds = o->idle,
                   .request_seconds = o->request},
        .visitors = {.path = o->visitors,
                     .posters = o->posters,
                     .read_only = o->read_only,
                     .no_accounts = o->no_accounts,
                     .proxied = o->proxied},
        .drain_seconds = o->drain,
        .json = o->json};
    (void)comm;
    if (o->allow_training && !*o->runs)
        return hr_fail(err, HR_USAGE, "--allow-training needs --runs DIR, where its runs are kept");
    const hr_status status = hr_mixing_read(&config.mixing, &call->line, err);
    if (o->allow_training && hr_mixing_asked(&config.mixing))
        return hr_fail(
            err, HR_USAGE,
            "--allow-training: what visitors train, ratings for one, need not mix; leave it out, or "
            "--with and --mixture");
    return status == HR_OK ? hr_service_run(&config, err) : status;
}

static const options defaults = {.port = 8080,
                                 .bind = "127.0.0.1",
                                 .visitors = "visitors.db",
                                 .handlers = 4,
                                 .connections = 4096,
                                 .queue = 1024,
                                 .idle = 60.0,
                                 .request = 30.0,
                                 .drain = 10.0};

static void describe(hr_help *help)
{
    hr_help_paragraph(
        help,
        "Ends after the requests that are there at SIGTERM or Ctrl-C. A new checkpoint at the same path is "
        "loaded beside the old one and served from then on; a damaged one is refused.");
    hr_help_paragraph(help,
                      "GET /openapi.json describes what programs may ask. Errors are problem documents (RFC "
                      "9457). JSON keys: url, port.");
}

const hr_command hr_command_serve = {
    .name = "serve",
    .arguments = "RUN.ckpt.h5 DATA.h5",
    .summary = "Serves a trained model over HTTP, to programs and to browsers",
    .describe = describe,
    .example = "halorec serve run.ckpt.h5 data.h5 --port 8080",
    .wants = 2,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .run = run,
};
