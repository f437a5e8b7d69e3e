#include "trainer/scaling/postal_model.h"

#include "partition/halo_channel.h"
#include "trainer/simd.h"

const char *const hr_step_term_names[HR_TERMS] = {
    [HR_TERM_EDGES] = "edges",         [HR_TERM_ROWS] = "rows",
    [HR_TERM_SAMPLES] = "samples",     [HR_TERM_BATCH] = "batch",
    [HR_TERM_OPTIMISER] = "optimiser", [HR_TERM_MESSAGES] = "messages",
    [HR_TERM_BYTES] = "bytes",         [HR_TERM_ALL_REDUCE] = "all_reduce"};

static int64_t quotient_up(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

double hr_all_reduce_seconds(const hr_machine *machine, int32_t ranks, double bytes)
{
    const hr_link *link = &machine->link;
    int32_t power = 1, stages = 0;
    for (; power <= ranks / 2; power *= 2)
        stages++;
    const double share = (double)(power - 1) / power;
    double seconds =
        2.0 * stages * link->latency + 2.0 * share * bytes * link->byte + share * bytes * machine->rates.add;
    if (power < ranks)
        seconds += 3.0 * link->latency + 2.0 * bytes * link->byte + 0.5 * bytes * machine->rates.add;
    return seconds;
}

/* Bytes that a ghost's row takes in a step: in layers, then for the loss and back with a count. */
static int64_t row_bytes(const hr_train_options *o)
{
    const int64_t wire = o->halo == HR_WIRE_BF16 ? 2 : 4;
    return 4 * o->layers * o->dim * wire + (2 * o->dim + 1) * (int64_t)sizeof(float);
}

static double messages_seconds(const hr_part_load *load, const hr_train_options *o, const hr_machine *machine)
{
    const int64_t panels = quotient_up(o->dim, HR_LANES);
    const int64_t wave = machine->threads < panels ? machine->threads : panels;
    const double exchanges = (double)(4 * o->layers * quotient_up(panels, wave) + 2);
    const int32_t messages = load->targets > load->sources ? load->targets : load->sources;
    const double gap = machine->link.gap;
    return messages > 0 ? exchanges * (machine->link.latency + (messages - 1) * gap) + messages * gap : 0.0;
}

/* The latency of the loss's sum: an 8-byte message in each stage of a tree. */
static double loss_seconds(int32_t parts, const hr_machine *machine)
{
    double seconds = 0.0;
    for (int32_t reached = 1; reached < parts; reached *= 2)
        seconds += machine->link.latency;
    return seconds;
}

static double all_reduces(int32_t parts, const hr_train_options *o, const hr_machine *machine)
{
    const double floats = (double)sizeof(float), pool = (double)o->pool, dim = (double)o->dim;
    return hr_all_reduce_seconds(machine, parts, floats * pool * dim) +
           hr_all_reduce_seconds(machine, parts, floats * pool * (dim + 1.0)) + loss_seconds(parts, machine);
}

static hr_step_time part_step(const hr_part_load *load, int32_t parts, const hr_train_options *o,
                              const hr_machine *machine)
{
    const hr_part_size *size = &load->size;
    const hr_compute_rates *rate = &machine->rates;
    const double dim = (double)o->dim, passes = 2.0 * (double)o->layers * dim;
    const double rows = (double)(size->owned + size->ghosts);
    const double batch = (double)hr_train_batch(o, size->edges_total);
    const int64_t travelling = size->sent > size->ghosts ? size->sent : size->ghosts;
    hr_step_time time = {
        .term = {[HR_TERM_EDGES] = passes * (double)size->edges * rate->edge,
                 [HR_TERM_ROWS] = passes * rows * rate->row,
                 [HR_TERM_SAMPLES] = load->samples * batch * rate->sample,
                 [HR_TERM_BATCH] =
                     (1.0 - load->samples) * batch * rate->draw + (double)o->pool * dim * rate->pool,
                 [HR_TERM_OPTIMISER] = dim * (double)size->owned * rate->value + dim * rows * rate->clear,
                 [HR_TERM_MESSAGES] = messages_seconds(load, o, machine),
                 [HR_TERM_BYTES] = (double)(travelling * row_bytes(o)) * machine->link.byte,
                 [HR_TERM_ALL_REDUCE] = all_reduces(parts, o, machine)}};
    for (int t = 0; t < HR_TERMS; t++)
        time.total += time.term[t];
    return time;
}

hr_step_time hr_postal_step(const hr_part_load *loads, int32_t parts, const hr_train_options *options,
                            const hr_machine *machine)
{
    hr_step_time slowest = {.total = 0.0};
    for (int32_t p = 0; p < parts; p++) {
        const hr_step_time time = part_step(&loads[p], parts, options, machine);
        if (p == 0 || time.total > slowest.total)
            slowest = time;
    }
    return slowest;
}

int64_t hr_postal_bytes(const hr_part_load *loads, int32_t parts, const hr_train_options *options)
{
    int64_t ghosts = 0;
    for (int32_t p = 0; p < parts; p++)
        ghosts += loads[p].size.ghosts;
    const int64_t pool = parts > 1 ? options->pool * (2 * options->dim + 1) * (int64_t)sizeof(float) : 0;
    return ghosts * row_bytes(options) + parts * pool;
}
