#include "trainer/scaling/scaling_report.h"

#include "trainer/scaling/scaling_changes.h"

#include <inttypes.h>
#include <math.h>

/* Where scaling ends. */
typedef struct ending {
    int32_t fastest, half_efficient; /* parts */
    double seconds;                  /* of the fastest step */
} ending;

static ending ending_of(const hr_scaling *scaling)
{
    const hr_scaling_point *fastest = hr_scaling_fastest(scaling);
    return (ending){fastest->parts, hr_scaling_half_efficient(scaling)->parts, fastest->time.total};
}

/* Predicts with one thing changed. The caller predicts again without the change afterwards. */
static ending ending_after(hr_scaling *scaling, const hr_scaling_change *change,
                           const hr_train_config *config, const hr_machine *machine)
{
    hr_train_config changed = *config;
    hr_machine other = *machine;
    change->apply(&changed, &other);
    hr_scaling_predict(scaling, &changed, &other);
    return ending_of(scaling);
}

/* The point whose excess is explained: the first below half efficiency, or the last. */
static const hr_scaling_point *explained_point(const hr_scaling *scaling)
{
    const hr_scaling_point *half = hr_scaling_half_efficient(scaling);
    return half == &scaling->point[scaling->points - 1] ? half : half + 1;
}

static int largest_term(const double excess[HR_TERMS])
{
    int largest = 0;
    for (int t = 1; t < HR_TERMS; t++)
        if (excess[t] > excess[largest])
            largest = t;
    return largest;
}

static void print_machine(const hr_machine *machine, FILE *out)
{
    fprintf(
        out,
        "a rank has %d thread%s, %.3g edges x columns a second; a message takes %.3g us, each further one "
        "%.3g us, a GB %.3g s\n\n",
        machine->threads, machine->threads == 1 ? "" : "s", 1.0 / machine->rates.edge,
        1e6 * machine->link.latency, 1e6 * machine->link.gap, 1e9 * machine->link.byte);
}

/* A line for each point: the terms of its slowest rank, those of computing as one. */
static void print_points(const hr_scaling *scaling, FILE *out)
{
    fputs("                                                  |    milliseconds a step, of the slowest rank\n",
          out);
    fprintf(out, "parts  most edges     ghosts  MB sent  MB memory | %s | speed-up efficiency\n",
            "compute   batch messages   bytes    sums    total");
    for (int i = 0; i < scaling->points; i++) {
        const hr_scaling_point *p = &scaling->point[i];
        const double *t = p->time.term;
        const double compute = t[HR_TERM_EDGES] + t[HR_TERM_ROWS] + t[HR_TERM_SAMPLES] + t[HR_TERM_OPTIMISER];
        fprintf(out,
                "%5d %11" PRId64 " %10" PRId64
                " %8.1f %10.1f | %7.2f %7.2f %8.2f %7.2f %7.2f %8.2f | %8.2f %10.3f\n",
                p->parts, p->most_edges, p->ghosts, 1e-6 * (double)p->bytes, 1e-6 * (double)p->memory,
                1e3 * compute, 1e3 * t[HR_TERM_BATCH], 1e3 * t[HR_TERM_MESSAGES], 1e3 * t[HR_TERM_BYTES],
                1e3 * (t[HR_TERM_POOL] + t[HR_TERM_SCORES]), 1e3 * p->time.total, p->speedup, p->efficiency);
    }
    fputs(
        "MB sent: a step, all ranks; MB memory: the largest rank. compute: edges, rows and samples there;\n"
        "batch: all samples drawn, the pool; messages, bytes: of the halo; sums: of pool and scores\n\n",
        out);
}

/* What the terms are, for a reader who does not know the model. */
static const char *const explanations[HR_TERMS] = {
    [HR_TERM_EDGES] = "edges, beyond an equal share",
    [HR_TERM_ROWS] = "rows of owned vertices and ghosts, into and out of layers",
    [HR_TERM_SAMPLES] = "samples of this rank",
    [HR_TERM_BATCH] = "all samples of the batch, which every rank draws, and the rows of the pool",
    [HR_TERM_OPTIMISER] = "optimiser",
    [HR_TERM_MESSAGES] = "messages of the halo, without their content",
    [HR_TERM_BYTES] = "bytes of the halo",
    [HR_TERM_POOL] = "pool: rows to all parts, gradients to their owners",
    [HR_TERM_SCORES] = "sums of scores over column groups"};

/* The terms of the excess, the largest first. */
static void print_why(const hr_scaling *scaling, FILE *out)
{
    const hr_scaling_point *point = explained_point(scaling);
    double excess[HR_TERMS], all = 0.0;
    hr_scaling_excess(scaling, point, excess);
    for (int t = 0; t < HR_TERMS; t++)
        all += excess[t];
    fprintf(out, "with %d parts a step takes %.2f ms, %.2f more than 1/%d of one rank's; of that in ms:\n",
            point->parts, 1e3 * point->time.total, 1e3 * all, point->parts * scaling->groups);
    for (int left = HR_TERMS; left > 0; left--) {
        const int t = largest_term(excess);
        fprintf(out, "  %8.2f  %s\n", 1e3 * excess[t], explanations[t]);
        excess[t] = -INFINITY;
    }
}

void hr_scaling_print(hr_scaling *scaling, const hr_train_config *config, const hr_machine *machine,
                      FILE *out)
{
    const ending end = ending_of(scaling);
    const int32_t most = scaling->point[scaling->points - 1].parts;
    print_machine(machine, out);
    if (scaling->groups > 1)
        fprintf(out, "each part on %d ranks, which share out the columns\n\n", scaling->groups);
    print_points(scaling, out);
    fprintf(out, "fastest with %d part%s%s, %.2f ms a step; at least half efficient up to %d part%s\n",
            end.fastest, end.fastest == 1 ? "" : "s",
            end.fastest == most && most > 1 ? " (the most asked for)" : "", 1e3 * end.seconds,
            end.half_efficient, end.half_efficient == 1 ? "" : "s");
    if (most > 1)
        print_why(scaling, out);
    fputs("with one thing changed:          fastest with      ms   half efficient up to\n", out);
    for (int i = 0; i < HR_SCALING_CHANGES; i++) {
        const ending moved = ending_after(scaling, &hr_scaling_changes[i], config, machine);
        fprintf(out, "  %-30s %12d %7.2f %22d\n", hr_scaling_changes[i].name, moved.fastest,
                1e3 * moved.seconds, moved.half_efficient);
    }
    hr_scaling_predict(scaling, config, machine);
}

static json_t *terms_to_json(const double term[HR_TERMS])
{
    json_t *terms = json_object();
    for (int t = 0; t < HR_TERMS; t++)
        json_object_set_new(terms, hr_step_term_names[t], json_real(term[t]));
    return terms;
}

static json_t *point_to_json(const hr_scaling_point *p)
{
    return json_pack("{s:i, s:I, s:I, s:I, s:I, s:f, s:o, s:f, s:f}", "parts", p->parts, "most_edges",
                     (json_int_t)p->most_edges, "ghosts", (json_int_t)p->ghosts, "bytes",
                     (json_int_t)p->bytes, "memory", (json_int_t)p->memory, "seconds", p->time.total, "terms",
                     terms_to_json(p->time.term), "speedup", p->speedup, "efficiency", p->efficiency);
}

static json_t *ending_to_json(const ending *end)
{
    return json_pack("{s:i, s:f, s:i}", "fastest", end->fastest, "seconds", end->seconds, "half_efficient",
                     end->half_efficient);
}

static json_t *machine_to_json(const hr_machine *m)
{
    const hr_compute_rates *r = &m->rates;
    return json_pack("{s:i, s:f, s:f, s:f, s:{s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f}}", "threads",
                     m->threads, "alpha", m->link.latency, "gap", m->link.gap, "beta", m->link.byte, "rates",
                     "edge", r->edge, "row", r->row, "sample", r->sample, "draw", r->draw, "pool", r->pool,
                     "value", r->value, "clear", r->clear, "add", r->add);
}

json_t *hr_scaling_to_json(hr_scaling *scaling, const hr_train_config *config, const hr_machine *machine)
{
    const hr_scaling_point *why = explained_point(scaling);
    const ending end = ending_of(scaling);
    double excess[HR_TERMS];
    json_t *points = json_array(), *changes = json_array();
    for (int i = 0; i < scaling->points; i++)
        json_array_append_new(points, point_to_json(&scaling->point[i]));
    hr_scaling_excess(scaling, why, excess);
    json_t *limit = json_pack("{s:i, s:s, s:o}", "parts", why->parts, "term",
                              hr_step_term_names[largest_term(excess)], "excess", terms_to_json(excess));
    for (int i = 0; i < HR_SCALING_CHANGES; i++) {
        const ending moved = ending_after(scaling, &hr_scaling_changes[i], config, machine);
        json_t *change = ending_to_json(&moved);
        json_object_set_new(change, "change", json_string(hr_scaling_changes[i].name));
        json_array_append_new(changes, change);
    }
    hr_scaling_predict(scaling, config, machine);
    return json_pack("{s:I, s:I, s:i, s:o, s:o, s:o, s:o, s:o}", "dim", (json_int_t)config->model.dim,
                     "layers", (json_int_t)config->model.layers, "groups", scaling->groups, "machine",
                     machine_to_json(machine), "points", points, "end", ending_to_json(&end), "limit", limit,
                     "changes", changes);
}
