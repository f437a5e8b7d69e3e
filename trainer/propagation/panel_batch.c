#include "trainer/propagation/panel_batch.h"

#include "io/base/memory.h"
#include "trainer/kernels/panel_messages.h"
#include "trainer/kernels/panel_rows.h"

#include <omp.h>

hr_status hr_panel_batches_create(hr_propagation *p, hr_wire wire, hr_error *err)
{
    hr_status status = HR_OK;
    const int threads = omp_get_max_threads(), panels = p->panels.count;
    const int width = threads < panels ? threads : panels;
    HR_ALLOC(p->batch, (panels + width - 1) / width);
    for (int first = 0; first < panels; first += width) {
        hr_panel_batch *b = &p->batch[p->batches++];
        b->first = first;
        b->count = panels - first < width ? panels - first : width;
        b->width = (int64_t)(b->count - 1) * HR_LANES +
                   (int64_t)(hr_panel_line_bytes(&p->panels, first + b->count - 1) / sizeof(float));
        HR_TRY(hr_halo_channel_make(p->graph->halo, wire, b->width, &b->channel, err));
    }
done:
    return status;
}

static hr_panel_layer layer_of(const hr_propagation_pass *pass, int panel)
{
    const hr_propagation *p = pass->propagation;
    return (hr_panel_layer){.doubles = p->panels.doubles,
                            .user = p->panels.panel[panel].user,
                            .movie = p->panels.panel[panel].movie,
                            .users = p->graph->shard.owned_users,
                            .rows = p->graph->shard.owned,
                            .stride = p->dim,
                            .columns = hr_panel_cols(&p->panels, panel),
                            .scale = p->scale,
                            .unit = pass->unit};
}

void hr_panel_next_layer(const hr_propagation_pass *pass, int panel, int64_t layer)
{
    const hr_panel_layer lines = layer_of(pass, panel);
    hr_panel_layer_next(&lines, layer == 0, pass->x + panel * pass->propagation->panels.lanes);
}

void hr_panel_last_layer(const hr_propagation_pass *pass, int panel)
{
    const hr_propagation *p = pass->propagation;
    const hr_panel_layer lines = layer_of(pass, panel);
    const int64_t first = panel * p->panels.lanes;
    hr_panel_layer_last(&lines, 1.0F / (float)(p->layers + 1), pass->x + first, pass->out + first);
}

static hr_panel_message message_of(const hr_propagation *p, const hr_panel_batch *batch, int panel)
{
    const hr_shard *shard = &p->graph->shard;
    return (hr_panel_message){.doubles = p->panels.doubles,
                              .user = p->panels.panel[panel].user,
                              .movie = p->panels.panel[panel].movie,
                              .users = shard->user_slots,
                              .movies = shard->movie_slots,
                              .owned_users = shard->owned_users,
                              .owned = shard->owned,
                              .user_row = shard->user_row,
                              .movie_row = shard->movie_row,
                              .width = batch->width,
                              .bytes = hr_panel_line_bytes(&p->panels, panel)};
}

/* Where a panel's columns begin in the rows of its batch's message. */
static int64_t first_column(const hr_panel_batch *batch, int panel)
{
    return (int64_t)(panel - batch->first) * HR_LANES;
}

void hr_panel_batch_send_rows(const hr_propagation_pass *pass, const hr_panel_batch *batch, int64_t layer)
{
    hr_propagation *p = pass->propagation;
    double start = hr_seconds();
    float *side = hr_halo_channel_sent(batch->channel);
    const int32_t *row = NULL;
    const int64_t sent = hr_halo_sent(p->graph->halo, &row);
#pragma omp parallel for schedule(static) num_threads(batch->count)
    for (int panel = batch->first; panel < batch->first + batch->count; panel++) {
        const hr_panel_message message = message_of(p, batch, panel);
        hr_panel_next_layer(pass, panel, layer);
        hr_panel_pack_owned(&message, row, sent, side + first_column(batch, panel));
    }
    start = hr_timing_add(&p->graph->timing, HR_TIME_COMPUTE, start);
    hr_halo_start_scatter(batch->channel, batch->width);
    hr_timing_add(&p->graph->timing, HR_TIME_HALO, start);
}

/* Ghosts' rows of a panel, from all pieces that arrived. Pieces have the order of rows, and so do lines. */
static void unpack_ghosts(const hr_propagation *p, const hr_panel_batch *batch, int panel)
{
    const hr_shard *shard = &p->graph->shard;
    const hr_panel_message message = message_of(p, batch, panel);
    int64_t next[2] = {shard->owned_users, shard->owned - shard->owned_users};
    for (int i = 0; i < hr_halo_pieces(batch->channel); i++) {
        const hr_halo_piece piece = hr_halo_arrived(batch->channel, i);
        hr_panel_unpack_ghosts(&message, piece.first, piece.rows, piece.row + first_column(batch, panel),
                               next);
    }
}

hr_status hr_panel_batch_begin_sweep(const hr_propagation_pass *pass, const hr_panel_batch *batch,
                                     hr_error *err)
{
    hr_status status = HR_OK;
    hr_propagation *p = pass->propagation;
    double start = hr_seconds();
    HR_TRY(hr_halo_finish(batch->channel, err));
    start = hr_timing_add(&p->graph->timing, HR_TIME_HALO, start);
#pragma omp parallel for schedule(static) num_threads(batch->count)
    for (int panel = batch->first; panel < batch->first + batch->count; panel++)
        unpack_ghosts(p, batch, panel);
    hr_halo_release(batch->channel);
    hr_panels_sweep_half(&p->panels, batch->first, batch->count, HR_SWEEP_FIRST);
    hr_timing_add(&p->graph->timing, HR_TIME_COMPUTE, start);
done:
    return status;
}

void hr_panel_batch_end_sweep(const hr_propagation_pass *pass, const hr_panel_batch *batch)
{
    hr_propagation *p = pass->propagation;
    double start = hr_seconds();
    float *side = hr_halo_channel_ghosts(batch->channel);
    hr_panels_sweep_half(&p->panels, batch->first, batch->count, HR_SWEEP_SECOND);
#pragma omp parallel for schedule(static) num_threads(batch->count)
    for (int panel = batch->first; panel < batch->first + batch->count; panel++) {
        const hr_panel_message message = message_of(p, batch, panel);
        hr_panel_pack_ghosts(&message, side + first_column(batch, panel));
    }
    start = hr_timing_add(&p->graph->timing, HR_TIME_COMPUTE, start);
    hr_halo_start_reduce(batch->channel, batch->width);
    hr_timing_add(&p->graph->timing, HR_TIME_HALO, start);
}

/* Adds the sums that arrived to those of owned rows, in order of rank. */
static void add_arrived(const hr_propagation *p, const hr_panel_batch *batch, int panel)
{
    const int32_t *row = NULL;
    const hr_panel_message message = message_of(p, batch, panel);
    hr_halo_sent(p->graph->halo, &row);
    for (int i = 0; i < hr_halo_pieces(batch->channel); i++) {
        const hr_halo_piece piece = hr_halo_arrived(batch->channel, i);
        hr_panel_add_owned(&message, row + piece.first, piece.rows, piece.row + first_column(batch, panel));
    }
}

hr_status hr_panel_batch_sum(const hr_propagation_pass *pass, const hr_panel_batch *batch, int64_t layer,
                             hr_error *err)
{
    hr_status status = HR_OK;
    hr_propagation *p = pass->propagation;
    double start = hr_seconds();
    HR_TRY(hr_halo_finish(batch->channel, err));
    start = hr_timing_add(&p->graph->timing, HR_TIME_HALO, start);
#pragma omp parallel for schedule(static) num_threads(batch->count)
    for (int panel = batch->first; panel < batch->first + batch->count; panel++) {
        add_arrived(p, batch, panel);
        if (layer + 1 == p->layers)
            hr_panel_last_layer(pass, panel);
    }
    hr_halo_release(batch->channel);
    hr_timing_add(&p->graph->timing, HR_TIME_COMPUTE, start);
done:
    return status;
}
