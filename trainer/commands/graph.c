#include "io/base/json.h"
#include "io/dataset/dataset_verify.h"
#include "io/hdf5/output.h"
#include "io/options/help.h"
#include "trainer/commands/commands.h"
#include "trainer/models/model.h"
#include "trainer/neighbourhood/graph_file.h"
#include "trainer/neighbourhood/near_graph.h"

#include <inttypes.h>
#include <string.h>

typedef struct options {
    char user[HR_TEXT_LENGTH], movie[HR_TEXT_LENGTH], out[HR_TEXT_LENGTH];
    int64_t hops, limit;
    bool json;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"user", "ID", HR_OPTION_TEXT, HR_OPTION_CALL, AT(user), 0, 0, NULL,
     "begin at this user: the id as the original data has it"},
    {"movie", "ID|TITLE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(movie), 0, 0, NULL,
     "begin at this movie: its id, or its title as you would type it"},
    {"hops", "H", HR_OPTION_INT, HR_OPTION_CALL, AT(hops), 1, HR_MOST_HOPS, NULL, "how many edges away"},
    {"limit", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(limit), 1, HR_MOST_NEIGHBOURS, NULL,
     "neighbours of each user and movie, those of the largest weights"},
    {"out", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(out), 0, 0, NULL,
     "write .svg (drawn by Graphviz), .dot, .graphml or .json"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL,
     "print what was written as one JSON object"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

/* The command's memory. */
typedef struct job {
    const options *o;
    const char *data, *run; /* run: NULL without */
    hr_h5 *dataset;         /* open */
    hr_dataset_summary summary;
    hr_loaded loaded;
    hr_catalogue catalogue;
    hr_train_figures train;
    hr_near_graph graph;
} job;

static void job_free(job *j)
{
    hr_near_graph_free(&j->graph);
    hr_train_figures_free(&j->train);
    hr_catalogue_free(&j->catalogue);
    hr_loaded_free(&j->loaded);
    hr_h5_close(j->dataset);
}

static hr_status open_files(job *j, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_comm alone = hr_comm_alone();
    HR_TRY(hr_dataset_open(&j->dataset, &j->summary, j->data, err));
    HR_TRY(hr_dataset_verify(&alone, j->dataset, &j->summary, err));
    HR_TRY(hr_catalogue_read(&j->catalogue, &alone, j->data, err));
    if (!j->run)
        return HR_OK;
    HR_TRY(hr_load_model(&j->loaded, &alone, j->run, j->data, err));
    if (!hr_graph_has_messages(&j->loaded.model))
        status = hr_fail(
            err, HR_USAGE,
            "%s: edges carry rows in lightgcn, and this is a checkpoint of %s; leave it out for edges "
            "by their weight alone",
            j->run, j->loaded.model.table->name);
done:
    return status;
}

static hr_status find(job *j, hr_error *err)
{
    hr_status status = HR_OK;
    const options *o = j->o;
    const hr_comm alone = hr_comm_alone();
    const double valid = j->loaded.scoring.valid;
    const hr_graph_source source = {.dataset = j->dataset,
                                    .users = j->summary.users,
                                    .catalogue = &j->catalogue,
                                    .train = &j->train,
                                    .loaded = j->run ? &j->loaded : NULL,
                                    .valid = valid};
    hr_graph_request request = {.from_movie = *o->movie != '\0', .hops = o->hops, .limit = o->limit};
    HR_TRY(request.from_movie ? hr_find_movie(&j->catalogue, o->movie, &request.centre, err)
                              : hr_dataset_find_user(j->dataset, o->user, &request.centre, err));
    HR_TRY(hr_train_figures_read(&j->train, &alone, j->dataset, &j->summary, valid, false, err));
    HR_TRY(hr_near_graph_find(&j->graph, &source, &request, err));
done:
    return status;
}

/* Users and movies of the neighbourhood. */
static void count_kinds(const hr_neighbourhood *near, int64_t *users, int64_t *movies)
{
    *movies = 0;
    for (int64_t v = 0; v < near->vertices; v++)
        *movies += near->vertex[v].is_movie;
    *users = near->vertices - *movies;
}

static hr_status print_counts(const job *j, hr_error *err)
{
    int64_t users, movies;
    count_kinds(&j->graph.near, &users, &movies);
    if (!j->o->json) {
        printf("%s: %" PRId64 " users, %" PRId64 " movies and %" PRId64 " ratings\n", j->o->out, users,
               movies, j->graph.near.edges);
        return HR_OK;
    }
    json_t *object = json_pack("{s:s, s:I, s:I, s:I}", "file", j->o->out, "users", (json_int_t)users,
                               "movies", (json_int_t)movies, "edges", (json_int_t)j->graph.near.edges);
    const hr_status status = hr_json_print(object, "the counts", stdout, err);
    json_decref(object);
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    (void)comm;
    hr_status status = HR_OK;
    const hr_comm alone = hr_comm_alone();
    const options *o = call->options;
    job j = {
        .o = o, .data = call->arguments[0], .run = call->line.argument_count > 1 ? call->arguments[1] : NULL};
    hr_output output = {.file = o->out, .inputs = {j.data, j.run}};
    hr_graph_format format = HR_GRAPH_DOT;
    if (!*o->user == !*o->movie || !*o->out)
        HR_TRY(hr_fail(err, HR_USAGE,
                       "halorec graph needs --out and one of --user and --movie; see halorec graph --help"));
    HR_TRY(hr_graph_format_of(o->out, &format, err));
    output.marks = hr_graph_marks[format];
    HR_TRY(hr_output_begin(&output, &alone, err));
    HR_TRY(open_files(&j, err));
    HR_TRY(find(&j, err));
    const hr_named_graph graph = hr_near_graph_named(&j.graph);
    HR_TRY(hr_graph_file_write(&graph, format, o->out, err));
    HR_TRY(print_counts(&j, err));
done:
    job_free(&j);
    hr_output_end(&output);
    return status;
}

static const options defaults = {.hops = 2, .limit = 10};

static void describe(hr_help *help)
{
    hr_help_paragraph(help,
                      "Of each user and movie at most --limit neighbours are taken, those whose edges weigh "
                      "most in LightGCN's "
                      "propagation: u^-1/2 m^-1/2 for a user of u and a movie of m train ratings. So a "
                      "user's least rated movies come "
                      "first, and a movie's least active users, which say most of it; of equals the first "
                      "one in the dataset. Lines "
                      "are as thick as these weights or, with a checkpoint of lightgcn, as what the first "
                      "layer sends along them to "
                      "the end that is nearer to the centre: weight x length of the row.");
    hr_help_paragraph(
        help,
        "In .json: nodes, a list of id, kind, name, hops; edges, a list of source, target (numbers of "
        "nodes, from 0), weight, rating and, with a checkpoint, carries. .graphml has the same.");
    hr_help_paragraph(help, "JSON keys of --json: file, users, movies, edges.");
}

const hr_command hr_command_graph = {
    .name = "graph",
    .arguments = "DATA.h5 [RUN.ckpt.h5] --user ID|--movie ID|TITLE --out FILE",
    .summary = "Draws the users and movies near one, or writes them as DOT, GraphML or JSON",
    .describe = describe,
    .example = "halorec graph data.h5 run.ckpt.h5 --user 1 --hops 2 --limit 8 --out near.svg",
    .wants = 1,
    .most = 2,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .run = run,
};
