#include "trainer/propagation/propagation.h"

#include "io/base/memory.h"
#include "trainer/numerics/exact.h"
#include "trainer/propagation/panel.h"

#include <math.h>
#include <omp.h>

/* The panels that are walked at once, one a thread, and travel in one message. */
typedef struct wave {
    int first, count;
    int64_t width; /* of a row of the message, in floats: lines of 16, the last maybe shorter */
    hr_halo_channel *channel;
} wave;

struct hr_propagation {
    hr_graph_context *graph;
    int64_t dim, layers;
    float *scale; /* [owned] a power of the degree, 0 for a vertex without edges */
    double reach; /* bound of a sum, over the largest entry of the rows that go in; on an exact graph */
    hr_panels panels;
    wave *wave;
    int waves;
};

/* A run and its matrices. */
typedef struct run {
    hr_propagation *propagation;
    const float *x;
    float *out;
    double unit; /* of exact sums */
} run;

/* Bytes of a panel's lines that are columns. */
static size_t line_bytes(const hr_panels *panels, int panel)
{
    return (size_t)hr_panel_cols(panels, panel) * (panels->exact ? sizeof(double) : sizeof(float));
}

static hr_status make_waves(hr_propagation *p, hr_wire wire, hr_error *err)
{
    hr_status status = HR_OK;
    const int threads = omp_get_max_threads(), panels = p->panels.count;
    const int width = threads < panels ? threads : panels;
    HR_ALLOC(p->wave, (panels + width - 1) / width);
    for (int first = 0; first < panels; first += width) {
        wave *w = &p->wave[p->waves++];
        w->first = first;
        w->count = panels - first < width ? panels - first : width;
        w->width = (int64_t)(w->count - 1) * HR_LANES +
                   (int64_t)(line_bytes(&p->panels, first + w->count - 1) / sizeof(float));
        HR_TRY(hr_halo_channel_make(p->graph->halo, wire, w->width, &w->channel, err));
    }
done:
    return status;
}

/* S with other powers p and 1 - p is the one with square roots, which makes no column longer, times u^(1/2 -
 * p) on the users' side and m^(p - 1/2) on the movies': one of the two is at most 1, the other this. */
static double longest_step(const hr_shard *shard, double user_power)
{
    return pow(fmax((double)shard->users, (double)shard->movies), fabs(user_power - 0.5));
}

/* Horner's iterates are no longer than 1 + s + … + s^layers times x, column by column, for S makes none
 * longer than s times itself; and a sum over d entries is at most sqrt(d) times their length. Doubled, as
 * entries are rounded on the way. */
static double bound_of_sums(const hr_shard *shard, int64_t layers, double user_power)
{
    const double vertices = (double)(shard->users + shard->movies),
                 longest = fmax((double)shard->users, (double)shard->movies);
    double length = 1.0;
    for (int64_t layer = 0; layer < layers; layer++)
        length = 1.0 + longest_step(shard, user_power) * length;
    return 2.0 * length * sqrt(vertices) * sqrt(longest);
}

static void fill_scale(hr_propagation *p, double user_power)
{
    const hr_shard *shard = &p->graph->shard;
    for (int64_t v = 0; v < shard->owned; v++) {
        const double power = v < shard->owned_users ? user_power : 1.0 - user_power;
        p->scale[v] = shard->degree[v] > 0 ? (float)pow((double)shard->degree[v], -power) : 0.0F;
    }
}

hr_status hr_propagation_create(hr_propagation **out, hr_graph_context *graph, int64_t dim, int64_t layers,
                                double user_power, hr_wire wire, hr_error *err)
{
    hr_status status = HR_OK;
    hr_propagation *p = NULL;
    const hr_shard *shard = &graph->shard;
    *out = NULL;
    HR_ALLOC(p, 1);
    p->graph = graph;
    p->dim = dim;
    p->layers = layers;
    HR_ALLOC(p->scale, shard->owned);
    fill_scale(p, user_power);
    p->reach = bound_of_sums(shard, layers, user_power);
    HR_TRY(hr_panels_create(&p->panels, shard, dim, graph->exact, err));
    HR_TRY(make_waves(p, wire, err));
    *out = p;
done:
    if (status != HR_OK)
        hr_propagation_destroy(p);
    return status;
}

void hr_propagation_destroy(hr_propagation *p)
{
    if (!p)
        return;
    free(p->wave);
    hr_panels_free(&p->panels);
    free(p->scale);
    free(p);
}

/* A line to propagate in place of a sum, z = scale (x + scale sum). `first`: there are no sums yet. */
static inline __attribute__((always_inline)) void next_line(const run *r, bool exact, bool first,
                                                            const float *x, size_t bytes, float scale,
                                                            const hr_f32x16 *sum, hr_f32x16 *z)
{
    if (exact) {
        const double by = (double)scale, shift = hr_exact_shift(r->unit);
        hr_f64x8 row;
        hr_widen(&row, x, bytes);
        if (!first)
            row += by * (hr_f64x8)*sum;
        *z = (hr_f32x16)(by * row + shift - shift);
    } else {
        hr_f32x16 row;
        hr_lanes_load(&row, x, bytes);
        *z = scale * (first ? row : row + scale * *sum);
    }
}

/* The next rows of a panel to propagate, and movies' sums set to zero. */
static inline __attribute__((always_inline)) void next_rows(const run *r, bool exact, int panel,
                                                            int64_t layer)
{
    const hr_propagation *p = r->propagation;
    const hr_panel *rows = &p->panels.panel[panel];
    const int64_t users = p->graph->shard.owned_users, owned = p->graph->shard.owned;
    const size_t bytes = (size_t)hr_panel_cols(&p->panels, panel) * sizeof(float);
    const float *restrict x = r->x + panel * p->panels.lanes;
    for (int64_t v = 0; v < users; v++)
        next_line(r, exact, layer == 0, x + v * p->dim, bytes, p->scale[v], &rows->user[v], &rows->user[v]);
    for (int64_t v = users; v < owned; v++) {
        hr_movie_line *line = &rows->movie[v - users];
        next_line(r, exact, layer == 0, x + v * p->dim, bytes, p->scale[v], &line->y, &line->x);
        line->y = (hr_f32x16){0};
    }
}

/* What a panel ends with: out = (x + scale sum) / (layers + 1). */
static inline __attribute__((always_inline)) void last_rows(const run *r, bool exact, int panel)
{
    const hr_propagation *p = r->propagation;
    const hr_panel *rows = &p->panels.panel[panel];
    const int64_t users = p->graph->shard.owned_users, owned = p->graph->shard.owned;
    const size_t bytes = (size_t)hr_panel_cols(&p->panels, panel) * sizeof(float);
    const int64_t first = panel * p->panels.lanes;
    const float share = 1.0F / (float)(p->layers + 1);
    for (int64_t v = 0; v < owned; v++) {
        const hr_f32x16 sum = v < users ? rows->user[v] : rows->movie[v - users].y;
        const float *x = r->x + v * p->dim + first;
        float *out = r->out + v * p->dim + first;
        if (exact) {
            hr_f64x8 row;
            hr_widen(&row, x, bytes);
            row += (double)p->scale[v] * (hr_f64x8)sum;
            row *= (double)share;
            hr_narrow(out, &row, bytes);
        } else {
            hr_f32x16 row;
            hr_lanes_load(&row, x, bytes);
            row = share * (row + p->scale[v] * sum);
            hr_lanes_store(out, &row, bytes);
        }
    }
}

/* The two, compiled for floats and for doubles. */
HR_SIMD static void next_floats(const run *r, int panel, int64_t layer)
{
    next_rows(r, false, panel, layer);
}

HR_SIMD static void next_doubles(const run *r, int panel, int64_t layer)
{
    next_rows(r, true, panel, layer);
}

HR_SIMD static void last_floats(const run *r, int panel)
{
    last_rows(r, false, panel);
}

HR_SIMD static void last_doubles(const run *r, int panel)
{
    last_rows(r, true, panel);
}

/* Owned rows that are ghosts elsewhere, onto the owners' side of the wave's channel. */
HR_SIMD static void pack_sent(const hr_propagation *p, const wave *w, float *side, int panel)
{
    const int32_t *row = NULL;
    const int64_t sent = hr_halo_sent(p->graph->halo, &row), users = p->graph->shard.owned_users;
    const hr_panel *rows = &p->panels.panel[panel];
    float *to = side + (panel - w->first) * HR_LANES;
    const size_t bytes = line_bytes(&p->panels, panel);
    for (int64_t i = 0; i < sent; i++)
        hr_lanes_store(to + i * w->width,
                       row[i] < users ? &rows->user[row[i]] : &rows->movie[row[i] - users].x, bytes);
}

/* Ghost rows, from where they arrived: pieces follow one another as rows do, and so do slots. */
HR_SIMD static void unpack_ghosts(const hr_propagation *p, const wave *w, int panel)
{
    const hr_shard *shard = &p->graph->shard;
    const hr_panel *rows = &p->panels.panel[panel];
    const size_t bytes = line_bytes(&p->panels, panel);
    int64_t u = shard->owned_users, m = shard->owned - shard->owned_users;
    for (int i = 0; i < hr_halo_pieces(w->channel); i++) {
        const hr_halo_piece piece = hr_halo_arrived(w->channel, i);
        const int64_t first = shard->owned + piece.first, end = first + piece.rows;
        const float *from = piece.row + (panel - w->first) * HR_LANES;
        for (; u < shard->user_slots && shard->user_row[u] < end; u++)
            hr_lanes_load(&rows->user[u], from + (shard->user_row[u] - first) * w->width, bytes);
        for (; m < shard->movie_slots && shard->movie_row[m] < end; m++) {
            hr_lanes_load(&rows->movie[m].x, from + (shard->movie_row[m] - first) * w->width, bytes);
            rows->movie[m].y = (hr_f32x16){0};
        }
    }
}

/* Ghosts' sums, onto the ghosts' side. */
HR_SIMD static void pack_ghosts(const hr_propagation *p, const wave *w, float *side, int panel)
{
    const hr_shard *shard = &p->graph->shard;
    const hr_panel *rows = &p->panels.panel[panel];
    float *to = side + (panel - w->first) * HR_LANES;
    const size_t bytes = line_bytes(&p->panels, panel);
    for (int64_t u = shard->owned_users; u < shard->user_slots; u++)
        hr_lanes_store(to + (shard->user_row[u] - shard->owned) * w->width, &rows->user[u], bytes);
    for (int64_t m = shard->owned - shard->owned_users; m < shard->movie_slots; m++)
        hr_lanes_store(to + (shard->movie_row[m] - shard->owned) * w->width, &rows->movie[m].y, bytes);
}

/* The sums that arrived, added to owned rows in order of rank. */
HR_SIMD static void add_arrived(const hr_propagation *p, const wave *w, int panel)
{
    const int32_t *row = NULL;
    hr_halo_sent(p->graph->halo, &row);
    const int64_t users = p->graph->shard.owned_users;
    const hr_panel *rows = &p->panels.panel[panel];
    const size_t bytes = line_bytes(&p->panels, panel);
    for (int i = 0; i < hr_halo_pieces(w->channel); i++) {
        const hr_halo_piece piece = hr_halo_arrived(w->channel, i);
        const float *from = piece.row + (panel - w->first) * HR_LANES;
        for (int64_t s = 0; s < piece.rows; s++) {
            const int32_t v = row[piece.first + s];
            hr_f32x16 *sum = v < users ? &rows->user[v] : &rows->movie[v - users].y;
            hr_f32x16 arrived;
            hr_lanes_load(&arrived, from + s * w->width, bytes);
            hr_line_add(p->panels.exact, sum, &arrived);
        }
    }
}

/* Makes the rows of layer `layer` and sends them on their way. */
static void send_rows(const run *r, const wave *w, int64_t layer)
{
    hr_propagation *p = r->propagation;
    double start = hr_seconds();
    float *side = hr_halo_channel_sent(w->channel);
#pragma omp parallel for schedule(static) num_threads(w->count)
    for (int panel = w->first; panel < w->first + w->count; panel++) {
        (p->panels.exact ? next_doubles : next_floats)(r, panel, layer);
        pack_sent(p, w, side, panel);
    }
    start = hr_timing_add(&p->graph->timing, HR_TIME_COMPUTE, start);
    hr_halo_start_scatter(w->channel, w->width);
    hr_timing_add(&p->graph->timing, HR_TIME_HALO, start);
}

/* Waits for the ghosts' rows of a wave and begins to walk its edges. */
static hr_status begin_walk(const run *r, const wave *w, hr_error *err)
{
    hr_status status = HR_OK;
    hr_propagation *p = r->propagation;
    double start = hr_seconds();
    HR_TRY(hr_halo_finish(w->channel, err));
    start = hr_timing_add(&p->graph->timing, HR_TIME_HALO, start);
#pragma omp parallel for schedule(static) num_threads(w->count)
    for (int panel = w->first; panel < w->first + w->count; panel++)
        unpack_ghosts(p, w, panel);
    hr_halo_release(w->channel);
    hr_panels_sweep_half(&p->panels, w->first, w->count, HR_SWEEP_FIRST);
    hr_timing_add(&p->graph->timing, HR_TIME_COMPUTE, start);
done:
    return status;
}

/* Walks the rest, and sends the ghosts' sums. */
static void end_walk(const run *r, const wave *w)
{
    hr_propagation *p = r->propagation;
    double start = hr_seconds();
    float *side = hr_halo_channel_ghosts(w->channel);
    hr_panels_sweep_half(&p->panels, w->first, w->count, HR_SWEEP_SECOND);
#pragma omp parallel for schedule(static) num_threads(w->count)
    for (int panel = w->first; panel < w->first + w->count; panel++)
        pack_ghosts(p, w, side, panel);
    start = hr_timing_add(&p->graph->timing, HR_TIME_COMPUTE, start);
    hr_halo_start_reduce(w->channel, w->width);
    hr_timing_add(&p->graph->timing, HR_TIME_HALO, start);
}

/* Adds what other ranks summed of layer `layer`, and sends on their way the wave's rows of the next layer or,
 * after the last, those of the wave that takes its place, if there is one. */
static hr_status sum_wave(const run *r, const wave *w, int64_t layer, const wave *next, hr_error *err)
{
    hr_status status = HR_OK;
    hr_propagation *p = r->propagation;
    double start = hr_seconds();
    HR_TRY(hr_halo_finish(w->channel, err));
    start = hr_timing_add(&p->graph->timing, HR_TIME_HALO, start);
    const bool last = layer + 1 == p->layers;
#pragma omp parallel for schedule(static) num_threads(w->count)
    for (int panel = w->first; panel < w->first + w->count; panel++) {
        add_arrived(p, w, panel);
        if (last)
            (p->panels.exact ? last_doubles : last_floats)(r, panel);
    }
    hr_halo_release(w->channel);
    hr_timing_add(&p->graph->timing, HR_TIME_COMPUTE, start);
    if (!last)
        send_rows(r, w, layer + 1);
    else if (next)
        send_rows(r, next, 0);
done:
    return status;
}

/* All panels through all layers where there is nobody to exchange with: each thread takes one at a time and
 * waits for no other. */
static void run_alone(const run *r)
{
    hr_propagation *p = r->propagation;
    const double start = hr_seconds();
#pragma omp parallel for schedule(dynamic, 1)
    for (int panel = 0; panel < p->panels.count; panel++) {
        for (int64_t layer = 0; layer < p->layers; layer++) {
            (p->panels.exact ? next_doubles : next_floats)(r, panel, layer);
            hr_panels_sweep(&p->panels, panel, 1, NULL);
        }
        (p->panels.exact ? last_doubles : last_floats)(r, panel);
    }
    hr_timing_add(&p->graph->timing, HR_TIME_COMPUTE, start);
}

static void copy_rows(const run *r)
{
    const int64_t values = r->propagation->graph->shard.owned * r->propagation->dim;
    for (int64_t i = 0; i < values; i++)
        r->out[i] = r->x[i];
}

/* The unit of this run's sums, the same on all ranks. */
static hr_status find_unit(run *r, hr_error *err)
{
    const hr_propagation *p = r->propagation;
    double largest = 0.0;
    const hr_status status =
        hr_exact_largest(&p->graph->grid.parts, r->x, p->graph->shard.owned * p->dim, &largest, err);
    r->unit = hr_exact_unit(p->reach * largest);
    return status;
}

/* Walk number t of a run: of which wave, of which layer. */
typedef struct turn {
    int wave;
    int64_t layer;
} turn;

/* `together` waves take turns until they are through all layers, then the next ones do; the last may be
 * alone. */
static turn turn_of(const hr_propagation *p, int together, int64_t t)
{
    const int first = (int)(t / (together * p->layers)) * together;
    const int members = p->waves - first < together ? p->waves - first : together;
    const int64_t within = t - first * p->layers;
    return (turn){first + (int)(within % members), within / members};
}

static hr_status sum_turn(const run *r, int together, int64_t t, hr_error *err)
{
    const hr_propagation *p = r->propagation;
    const turn done = turn_of(p, together, t);
    const int next = done.wave + together;
    return sum_wave(r, &p->wave[done.wave], done.layer, next < p->waves ? &p->wave[next] : NULL, err);
}

/* All waves through all layers. What a walk sends is summed up in the midst of the next one, which is of
 * another wave: so sums have half a walk to travel, and rows the other half. A wave that is alone has to
 * wait; so has the last walk, but for what is left to do for the one before it. */
static hr_status run_waves(const run *r, int together, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_propagation *p = r->propagation;
    const int64_t walks = p->layers * p->waves;
    int64_t summed = 0; /* walks that have been summed up */
    for (int w = 0; w < together && w < p->waves; w++)
        send_rows(r, &p->wave[w], 0);
    for (int64_t t = 0; t < walks; t++) {
        const int now = turn_of(p, together, t).wave;
        const bool last = t + 1 == walks;
        const bool waits = last || together == 1 || turn_of(p, together, t + 1).wave == now;
        HR_TRY(begin_walk(r, &p->wave[now], err));
        for (; summed < t && !last; summed++)
            HR_TRY(sum_turn(r, together, summed, err));
        end_walk(r, &p->wave[now]);
        for (; summed <= t && waits; summed++)
            HR_TRY(sum_turn(r, together, summed, err));
    }
done:
    return status;
}

hr_status hr_propagation_run(hr_propagation *p, const float *x, float *out, hr_error *err)
{
    hr_status status = HR_OK;
    run r = {p, x, out, 0.0};
    const int together =
        p->graph->grid.parts.size > 1 ? 2 : 1; /* a third would push the others out of the cache */
    if (p->panels.exact)
        HR_TRY(find_unit(&r, err));
    if (p->layers == 0)
        copy_rows(&r);
    else if (p->graph->grid.parts.size == 1 && p->panels.groups == 1)
        run_alone(&r);
    else
        HR_TRY(run_waves(&r, together, err));
done:
    return status;
}
