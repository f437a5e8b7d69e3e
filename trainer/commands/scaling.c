#include "io/base/json.h"
#include "trainer/commands/commands.h"
#include "trainer/scaling/networks.h"
#include "trainer/scaling/scaling_report.h"

#include <inttypes.h>
#include <omp.h>

typedef struct options {
    char parts[HR_TEXT_LENGTH], alpha[HR_TEXT_LENGTH], gap[HR_TEXT_LENGTH], beta[HR_TEXT_LENGTH];
    int64_t dim, layers, batch, pool, groups, seed;
    double rate, valid;
    int halo, method;
    bool json;
} options;

#define AT(member) offsetof(options, member)

static const hr_option table[] = {
    {"parts", "K,K,…", HR_OPTION_TEXT, HR_OPTION_CALL, AT(parts), 0, 0, NULL,
     "numbers of parts to cut into; one part is always among them"},
    {"groups", "C", HR_OPTION_INT, HR_OPTION_CALL, AT(groups), 1, 256, NULL,
     "column groups: ranks that divide the columns of a part, as with train --grid KxC"},
    {"alpha", "S,S,…", HR_OPTION_TEXT, HR_OPTION_CALL, AT(alpha), 0, 0, NULL,
     "seconds of an empty message, of one network or of several, each with its own report; else as measured "
     "between the first two ranks"},
    {"gap", "S,S,…", HR_OPTION_TEXT, HR_OPTION_CALL, AT(gap), 0, 0, NULL,
     "seconds of each further message that is under way at the same time; else as --alpha, or measured with "
     "it"},
    {"beta", "S,S,…", HR_OPTION_TEXT, HR_OPTION_CALL, AT(beta), 0, 0, NULL,
     "seconds of a byte, while as many go the other way; else measured"},
    {"rate", "N", HR_OPTION_REAL, HR_OPTION_CALL, AT(rate), 0, 1e18, NULL,
     "edges x columns a second of a rank's edge passes, with other work in proportion; 0: as measured here"},
    {"dim", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(dim), 1, 4096, NULL, "columns of an embedding"},
    {"layers", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(layers), 0, 16, NULL, "steps of propagation"},
    {"halo", "f32|bf16", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(halo), 0, 0, hr_wire_names, "as train --halo"},
    {"batch", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(batch), 0, 1 << 28, NULL, "as train --batch"},
    {"pool", "N", HR_OPTION_INT, HR_OPTION_CALL, AT(pool), 1, 1 << 20, NULL, "as train --pool"},
    {"method", "NAME", HR_OPTION_CHOICE, HR_OPTION_CALL, AT(method), 0, 0, hr_cut_names,
     "how vertices get an owner, as with partition"},
    {"valid", "F", HR_OPTION_REAL, HR_OPTION_CALL, AT(valid), 0, 0.9, NULL, "as train --valid"},
    {"seed", "S", HR_OPTION_INT, HR_OPTION_CALL, AT(seed), 0, 9e15, NULL, "seed of the method"},
    {"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, AT(json), 0, 0, NULL,
     "print one JSON object for each network"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

/* The configuration of the run that is predicted. */
static hr_status resolve(const options *o, const hr_graph *graph, hr_train_config *training, hr_error *err)
{
    hr_train_options asked = hr_train_defaults;
    asked.dim = o->dim;
    asked.layers = o->layers;
    asked.halo = o->halo;
    asked.batch = o->batch;
    asked.pool = o->pool;
    asked.spectral_rounds = 0;
    return hr_train_config_resolve(&asked, (hr_graph_size){graph->users, graph->movies, graph->edges},
                                   training, err);
}

/* Cuts the graph for each number of parts, and times some parts. Rank 0 alone. */
static hr_status prepare(const hr_comm *comm, const char *dataset, const options *o,
                         hr_train_config *training, hr_scaling *scaling, hr_machine *machine, hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph graph = {0};
    const hr_comm alone = hr_comm_alone();
    hr_partition_origin origin = {
        .valid_share = o->valid, .method = (hr_cut_method)o->method, .seed = (uint64_t)o->seed};
    HR_TRY(hr_partition_graph(&graph, &alone, &origin, dataset, err));
    HR_TRY(resolve(o, &graph, training, err));
    HR_TRY(hr_scaling_cut(scaling, comm, &graph, &origin, training, err));
    HR_TRY(hr_compute_rates_add(&machine->rates, err));
    hr_compute_rates_fit(scaling->timing, scaling->timings, training, &machine->rates);
    if (o->rate > 0.0 && machine->rates.edge > 0.0)
        hr_compute_rates_scale(&machine->rates, 1.0 / (o->rate * machine->rates.edge));
done:
    hr_graph_free(&graph);
    return status;
}

static hr_status print(hr_scaling *scaling, const hr_train_config *training, const hr_machine *machine,
                       bool as_json, hr_error *err)
{
    if (!as_json) {
        hr_scaling_print(scaling, training, machine, stdout);
        return HR_OK;
    }
    json_t *object = hr_scaling_to_json(scaling, training, machine);
    const hr_status status = hr_json_print(object, "the prediction", stdout, err);
    json_decref(object);
    return status;
}

/* Prints a prediction for each network. Rank 0 alone. */
static hr_status predict(const hr_comm *comm, const char *dataset, const options *o,
                         const hr_networks *networks, hr_scaling *scaling, hr_error *err)
{
    hr_status status = HR_OK;
    hr_machine machine = {.threads = omp_get_max_threads()};
    hr_train_config training;
    HR_TRY(prepare(comm, dataset, o, &training, scaling, &machine, err));
    for (int i = 0; i < networks->count; i++) {
        machine.link = networks->link[i];
        hr_scaling_predict(scaling, &training, &machine);
        if (i > 0 && !o->json)
            putchar('\n');
        HR_TRY(print(scaling, &training, &machine, o->json, err));
    }
done:
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    const options *o = call->options;
    hr_status status = HR_OK;
    hr_scaling scaling = {.groups = (int32_t)o->groups};
    hr_networks networks;
    if (o->groups > o->dim)
        HR_TRY(hr_fail(err, HR_USAGE, "--groups %" PRId64 ": more than the %" PRId64 " columns of --dim",
                       o->groups, o->dim));
    HR_TRY(hr_scaling_parse(o->parts, &scaling, err)); /* the same on all ranks */
    HR_TRY(hr_networks_find(comm, o->alpha, o->gap, o->beta, &networks, err));
    if (comm->rank == 0)
        HR_TRY(predict(comm, call->arguments[0], o, &networks, &scaling, err));
done:
    hr_scaling_free(&scaling);
    return status;
}

static const options defaults = {.parts = "1,2,4,8,16,32,64,128,256,512,1024",
                                 .groups = 1,
                                 .dim = 64,
                                 .layers = 3,
                                 .pool = 4096,
                                 .method = HR_CUT_AUTO,
                                 .seed = 1};

static void describe(hr_help *help)
{
    hr_help_paragraph(help,
                      "Cuts the graph for every number of parts, counts what each part computes and sends, "
                      "times some parts alone on this machine, and computes from this and from the costs of "
                      "a message and of a byte how long a step of lightgcn takes on as many ranks, each like "
                      "this one. A rank has a whole part or, with --groups, some of its columns.");
    hr_help_paragraph(help, "Started with mpirun on two hosts, it measures the network between them.");
}

const hr_command hr_command_scaling = {
    .name = "scaling",
    .arguments = "DATA.h5",
    .summary = "Predicts how training scales to more ranks than are at hand",
    .describe = describe,
    .example = "halorec scaling data.h5 --parts 1,2,4,8,16 --alpha 2e-6 --beta 1e-10",
    .wants = 1,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .collective = true,
    .wants_mpi = true,
    .run = run,
};
