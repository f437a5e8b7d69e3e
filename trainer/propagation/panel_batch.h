/* A batch of panels: those that are swept at the same time, one a thread, and whose rows and sums are sent
 * between ranks in one message. Inside propagation.
 *
 * One layer of a batch is four steps; a step ends by starting a message, or begins by waiting for one:
 *
 *     send_rows        rows of the layer, from the sums of the last one  -> owners' rows leave
 *     begin_sweep      ghosts' rows arrive -> first half of the edges
 *     end_sweep        second half of the edges -> ghosts' sums leave
 *     sum              ghosts' sums arrive, added to the owners' -> send_rows of the next layer */
#ifndef HR_TRAINER_PROPAGATION_PANEL_BATCH_H
#define HR_TRAINER_PROPAGATION_PANEL_BATCH_H

#include "io/base/error.h"
#include "trainer/graph/graph_context.h"
#include "trainer/propagation/panel.h"
#include "trainer/propagation/propagation.h"

#include <stdint.h>

/* Panels first … first + count - 1. */
typedef struct hr_panel_batch {
    int first, count;
    int64_t width; /* of a row of the message, in floats: lines of 16, the last one maybe shorter */
    hr_halo_channel *channel;
} hr_panel_batch;

/* What a propagation (propagation.h) keeps between passes. */
struct hr_propagation {
    hr_graph_context *graph;
    int64_t dim, layers;
    float *scale; /* [owned] a power of the degree, 0 for a vertex without edges */
    double bound; /* of a sum, divided by the largest entry of x */
    hr_panels panels;
    hr_panel_batch *batch; /* [batches] */
    int batches;
};

/* One pass through all layers, and its matrices. */
typedef struct hr_propagation_pass {
    hr_propagation *propagation;
    const float *x;
    float *out;
    double unit; /* of sums in doubles */
} hr_propagation_pass;

/* Divides the panels into batches, with a channel each. Local; every rank makes the same channels in the same
 * order. HR_MEMORY. */
hr_status hr_panel_batches_create(hr_propagation *propagation, hr_wire wire, hr_error *err);

/* One panel, all on this rank: the rows of a layer to sweep, and after the last layer the rows that come out.
 * Local. */
void hr_panel_next_layer(const hr_propagation_pass *pass, int panel, int64_t layer);
void hr_panel_last_layer(const hr_propagation_pass *pass, int panel);

/* Makes the rows of layer `layer` and starts to send them to their ghosts. Local. */
void hr_panel_batch_send_rows(const hr_propagation_pass *pass, const hr_panel_batch *batch, int64_t layer);

/* Waits for the ghosts' rows and sweeps the first half of the edges. Collective. HR_COMM. */
hr_status hr_panel_batch_begin_sweep(const hr_propagation_pass *pass, const hr_panel_batch *batch,
                                     hr_error *err);

/* Sweeps the second half and starts to send the ghosts' sums to their owners. Local. */
void hr_panel_batch_end_sweep(const hr_propagation_pass *pass, const hr_panel_batch *batch);

/* Waits for the sums of other ranks and adds them; after the last layer, writes the rows that come out.
 * Collective. HR_COMM. */
hr_status hr_panel_batch_sum(const hr_propagation_pass *pass, const hr_panel_batch *batch, int64_t layer,
                             hr_error *err);

#endif
