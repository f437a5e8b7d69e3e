#include "trainer/scaling/postal_model.h"

#include "partition/halo/halo_channel.h"
#include "trainer/loss/dot_ranking.h"
#include "trainer/sampling/candidates.h"
#include "trainer/simd/line.h"

#include <math.h>

const char *const hr_step_term_names[HR_TERMS] = {
    [HR_TERM_EDGES] = "edges", [HR_TERM_ROWS] = "rows",           [HR_TERM_SAMPLES] = "samples",
    [HR_TERM_BATCH] = "batch", [HR_TERM_OPTIMISER] = "optimiser", [HR_TERM_MESSAGES] = "messages",
    [HR_TERM_BYTES] = "bytes", [HR_TERM_POOL] = "pool",           [HR_TERM_SCORES] = "scores"};

static int64_t quotient_up(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

/* Stages of a binary tree over `ranks` ranks: log2, rounded up. */
static int32_t tree_stages(int64_t ranks)
{
    int32_t stages = 0;
    for (int64_t connected = 1; connected < ranks; connected *= 2)
        stages++;
    return stages;
}

double hr_gather_seconds(const hr_machine *machine, int32_t ranks, double most)
{
    return tree_stages(ranks) * machine->link.latency + (ranks - 1) * most * machine->link.byte;
}

double hr_scatter_sums_seconds(const hr_machine *machine, int32_t ranks, double most)
{
    enum { RING_BELOW = 64 };
    const int32_t stages = ranks < RING_BELOW ? ranks - 1 : tree_stages(ranks);
    return stages * machine->link.latency + (ranks - 1) * most * (machine->link.byte + machine->rates.add);
}

/* Bytes that a step sends for a ghost: its row in each layer, then the row for the loss, its gradient and, from
 * each column group, its number of uses. */
static int64_t row_bytes(const hr_train_config *o, int64_t columns, int64_t groups)
{
    const int64_t wire = o->model.halo == HR_WIRE_BF16 ? 2 : 4;
    return 4 * o->model.layers * columns * wire + (2 * columns + groups) * (int64_t)sizeof(float);
}

static double messages_seconds(const hr_part_load *load, const hr_train_config *o, int64_t columns,
                               const hr_machine *machine)
{
    const int64_t panels = quotient_up(columns, HR_LANES);
    const int64_t batch = machine->threads < panels ? machine->threads : panels; /* panels swept at once */
    const double exchanges = (double)(4 * o->model.layers * quotient_up(panels, batch) + 2);
    const int32_t messages = load->targets > load->sources ? load->targets : load->sources;
    const double gap = machine->link.gap;
    return messages > 0 ? exchanges * (machine->link.latency + (messages - 1) * gap) + messages * gap : 0.0;
}

/* `share`: share of the pool's movies of the part that owns most of them. */
static double pool_seconds(double share, hr_grid_shape shape, const hr_train_config *o,
                           const hr_machine *machine)
{
    const double most = share * (double)o->sampling.pool * (double)sizeof(float);
    const double width = (double)quotient_up(o->model.dim, shape.groups);
    return hr_gather_seconds(machine, shape.parts, most * width) +
           hr_scatter_sums_seconds(machine, shape.parts, most * (width + 1.0)) +
           tree_stages((int64_t)shape.parts * shape.groups) * machine->link.latency;
}

/* Bytes of a sample's scores, which column groups sum. */
static int64_t score_bytes(const hr_train_config *o)
{
    const hr_candidates candidates = hr_candidates_of(0, o->sampling.candidates);
    return (candidates.blocks * HR_LANES + 1) * (int64_t)sizeof(float);
}

/* Bytes of what one group computes of a sample and sends to the others: two score gradients and the loss. */
enum { GRADIENT_BYTES = 2 * sizeof(hr_score_gradient) + sizeof(float), SCORE_COLLECTIVES = 3 };

static double scores_seconds(double samples, int32_t groups, const hr_train_config *o,
                             const hr_machine *machine)
{
    const double scores = (double)score_bytes(o), share = (double)(groups - 1) / groups;
    const double chunks = ceil(samples / HR_SAMPLE_CHUNK);
    return chunks * SCORE_COLLECTIVES * tree_stages(groups) * machine->link.latency +
           share * samples * ((scores + GRADIENT_BYTES) * machine->link.byte + scores * machine->rates.add);
}

/* `pool`: seconds of the pool's exchanges, the same for all parts. */
static hr_step_time part_step(const hr_part_load *load, double pool, hr_grid_shape shape,
                              const hr_train_config *o, const hr_machine *machine)
{
    const hr_part_size *size = &load->size;
    const hr_compute_rates *rate = &machine->rates;
    const int64_t columns = quotient_up(o->model.dim, shape.groups);
    const double dim = (double)columns, passes = 2.0 * (double)o->model.layers * dim;
    const double rows = (double)(size->owned + size->ghosts);
    const double batch = (double)o->sampling.batch, samples = load->samples * batch;
    const int64_t sent = size->sent > size->ghosts ? size->sent : size->ghosts;
    hr_step_time time = {
        .term = {[HR_TERM_EDGES] = passes * (double)size->edges * rate->edge,
                 [HR_TERM_ROWS] = passes * rows * rate->row,
                 [HR_TERM_SAMPLES] = samples * rate->sample,
                 [HR_TERM_BATCH] =
                     (batch - samples) * rate->draw + (double)o->sampling.pool * dim * rate->pool,
                 [HR_TERM_OPTIMISER] = dim * (double)size->owned * rate->value + dim * rows * rate->clear,
                 [HR_TERM_MESSAGES] = messages_seconds(load, o, columns, machine),
                 [HR_TERM_BYTES] = (double)(sent * row_bytes(o, columns, 1)) * machine->link.byte,
                 [HR_TERM_POOL] = pool,
                 [HR_TERM_SCORES] = scores_seconds(samples, shape.groups, o, machine)}};
    for (int t = 0; t < HR_TERMS; t++)
        time.total += time.term[t];
    return time;
}

hr_step_time hr_postal_step(const hr_part_load *loads, hr_grid_shape shape, const hr_train_config *config,
                            const hr_machine *machine)
{
    hr_step_time slowest = {.total = 0.0};
    double share = 0.0;
    for (int32_t p = 0; p < shape.parts; p++)
        share = fmax(share, loads[p].pool);
    const double pool = pool_seconds(share, shape, config, machine);
    for (int32_t p = 0; p < shape.parts; p++) {
        const hr_step_time time = part_step(&loads[p], pool, shape, config, machine);
        if (p == 0 || time.total > slowest.total)
            slowest = time;
    }
    return slowest;
}

int64_t hr_postal_bytes(const hr_part_load *loads, hr_grid_shape shape, const hr_train_config *config)
{
    const int64_t groups = shape.groups, sample = score_bytes(config) + GRADIENT_BYTES;
    const int64_t pool = config->sampling.pool * (2 * config->model.dim + groups) * (int64_t)sizeof(float);
    int64_t ghosts = 0;
    for (int32_t p = 0; p < shape.parts; p++)
        ghosts += loads[p].size.ghosts;
    return ghosts * row_bytes(config, config->model.dim, groups) + (shape.parts - 1) * pool +
           (groups - 1) * config->sampling.batch * sample;
}
