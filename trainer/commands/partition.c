#include "io/comm/log.h"
#include "io/hdf5/output.h"
#include "partition/plan/plan_dataset.h"
#include "trainer/commands/commands.h"
#include "trainer/config/recipe.h"
#include "trainer/config/train_config.h"
#include "trainer/report/file_report.h"
#include "trainer/run/grid_choice.h"

#include <inttypes.h>
#include <string.h>

typedef struct options {
    char out[HR_TEXT_LENGTH], model[HR_TEXT_LENGTH];
    int64_t parts, ranks, seed, dim;
    double valid, memory;
    int method, loss;
    bool json;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"parts", "K", HR_OPTION_INT, HR_OPTION_CALL, AT(parts), 1, 1 << 20, NULL,
     "number of parts; as many ranks hold whole rows, a multiple of it divides the columns"},
    {"ranks", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(ranks), 1, 1 << 20, NULL,
     "instead of --parts: choose the number of parts that N ranks train best on, by bytes and memory"},
    {"memory", "GB", HR_OPTION_REAL, HR_OPTION_CALL, AT(memory), 0, 1e6, NULL,
     "memory that a rank may take, with --ranks; 0: any"},
    {"method", "NAME", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(method), 0, 0, hr_cut_names,
     "how vertices get an owner: metis, on one rank; stream, on all of them; auto, either by size; block or "
     "random"},
    {"out", "FILE", HR_OPTION_TEXT, HR_OPTION_CALL, AT(out), 0, 0, NULL, "the partition file to write"},
    {"valid", "F", HR_OPTION_REAL, HR_OPTION_CALL, AT(valid), 0, 0.9, NULL,
     "share of train to hold out, the same as for train --valid"},
    {"seed", "S", HR_OPTION_INT, HR_OPTION_CALL, AT(seed), 0, 9e15, NULL, "seed of the method"},
    {"model", "NAME", HR_OPTION_TEXT, HR_OPTION_CALL, AT(model), 0, 0, NULL,
     "model that bytes and memory are computed for, with --ranks; the same as for train --model"},
    {"loss", "NAME", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(loss), 0, 0, hr_loss_names,
     "loss of the model, the same as for train --loss"},
    {"dim", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(dim), 1, 4096, NULL,
     "columns of a row, the same as for train --dim; else as the model has them"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL,
     "print one JSON object of the file as it was written, as info --json does"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

/* The configuration of a run of the model on the graph, by its default options. */
static hr_status resolve(const options *o, const hr_graph *graph, hr_train_config *training, hr_error *err)
{
    hr_status status = HR_OK;
    hr_train_options asked = {.loss = o->loss};
    strcpy(asked.model, o->model);
    HR_TRY(hr_recipe_apply(&asked, err));
    if (o->dim > 0)
        asked.dim = o->dim;
    asked.valid = o->valid;
    HR_TRY(hr_train_config_resolve(&asked, (hr_graph_size){graph->users, graph->movies, graph->edges},
                                   training, err));
done:
    return status;
}

/* The plan for --parts, or the best one for --ranks; cost->shape.groups is 0 in the first case. */
static hr_status make_plan(const options *o, const hr_graph *graph, const hr_partition_origin *origin,
                           hr_train_config *training, hr_plan *plan, hr_grid_cost *cost, hr_error *err)
{
    hr_status status = HR_OK;
    *cost = (hr_grid_cost){0};
    HR_TRY(resolve(o, graph, training, err)); /* the same on all ranks */
    if (o->parts > 0)
        HR_TRY(hr_partition_plan(plan, graph, origin, (int32_t)o->parts, err));
    else
        HR_TRY(hr_grid_choose(graph, origin, training, (int32_t)o->ranks, (int64_t)(1e9 * o->memory), plan,
                              cost, err));
done:
    return status;
}

/* Says which cut `auto` has become. */
static void say_cut(const hr_comm *comm, const options *o, const hr_graph *graph, hr_cut_method method)
{
    if (o->method != HR_CUT_AUTO)
        return;
    hr_log(comm, "cut by %s: %" PRId64 " edges, METIS is taken for up to %d; --method chooses another",
           hr_cut_names[method], graph->edges, (int)HR_METIS_EDGES);
}

static void print_cost(const hr_grid_cost *cost, FILE *out)
{
    if (cost->shape.groups == 0)
        return;
    fprintf(out, "grid            %11dx%-2d  parts x column groups: the fewest bytes to wait for\n",
            cost->shape.parts, cost->shape.groups);
    fprintf(out,
            "bytes a step    %14" PRId64 "  halo, and %" PRId64 " of pool and scores, by default options\n",
            cost->halo_bytes, cost->loss_bytes);
    fprintf(out, "memory          %14" PRId64 "  bytes, of the largest rank\n", cost->memory);
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    hr_status status = HR_OK;
    hr_graph graph = {0};
    hr_plan plan = {0};
    hr_plan_summary summary;
    hr_output output = {.file = o->out, .format = HR_PARTITION_FORMAT, .inputs = {call->arguments[0]}};
    hr_grid_cost cost;
    hr_train_config training;
    hr_partition_origin origin = {
        .valid_share = o->valid, .method = (hr_cut_method)o->method, .seed = (uint64_t)o->seed};
    if (!*o->out || (o->parts == 0) == (o->ranks == 0))
        HR_TRY(
            hr_fail(err, HR_USAGE,
                    "halorec partition needs --out, and --parts or --ranks; see halorec partition --help"));
    HR_TRY(hr_output_begin(&output, comm, err));
    HR_TRY(hr_partition_graph(&graph, comm, &origin, call->arguments[0], err));
    say_cut(comm, o, &graph, origin.method);
    HR_TRY(make_plan(o, &graph, &origin, &training, &plan, &cost, err));
    HR_TRY(hr_partition_write(&plan, &graph, &origin, o->out, err));
    hr_plan_summarise(&plan, &summary);
    if (o->json)
        HR_TRY(hr_file_report_json(comm, o->out, err));
    else if (comm->rank == 0) {
        print_cost(&cost, stdout);
        hr_plan_print(&summary, &plan, training.model.dim, stdout);
    }
    hr_log(comm, "wrote %s", o->out);
done:
    hr_output_end(&output);
    hr_plan_free(&plan);
    hr_graph_free(&graph);
    return status;
}

static const options defaults = {.method = HR_CUT_AUTO, .seed = 1, .model = "lightgcn"};

const hr_command hr_command_partition = {
    .name = "partition",
    .arguments = "DATA.h5 --parts K|--ranks N --out FILE",
    .summary = "Cuts the graph of a dataset into parts, one for each rank, and prints the size of the halo",
    .example = "halorec partition data.h5 --ranks 4 --out data.r4.h5",
    .wants = 1,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .collective = true,
    .run = run,
};
