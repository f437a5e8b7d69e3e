/* The postal model: how long a step of LightGCN takes on more ranks than are at hand. It sums what each
 * part of a plan computes and sends, times what each costs.
 *
 * A part has
 *
 *     E       edges
 *     V, G    owned rows, ghosts
 *     S       owned rows that are ghosts of other parts
 *     s       share of the samples
 *     m       messages of an exchange: the larger number of those sent and those received
 *
 * and a run has
 *
 *     P, C    parts, column groups
 *     d       columns of a rank: dim / C
 *     L       layers
 *     W       batches of panels: panels / threads, rounded up
 *     w       bytes of a number that propagation sends: 4, or 2 with --halo bf16
 *     B, N    samples of a step, movies of its pool
 *     q       candidates of a sample, in whole candidate blocks
 *
 * With the members of hr_compute_rates and hr_link as costs, the terms of a step are, in seconds,
 *
 *     edges      2 L d E edge
 *     rows       2 L d (V + G) row
 *     samples    s B sample
 *     batch      (1 - s) B draw + N d pool
 *     optimiser  d V value + d (V + G) clear
 *     messages   (4 L W + 2) (latency + (m - 1) gap) + m gap
 *     bytes      max(S, G) (4 L d w + 4 (2 d + 1)) byte
 *     pool       gathered(4 N d) + scattered(4 N (d + 1)) + log2(P C) latency
 *     scores     (C - 1) / C s B (4 (q + 1) (byte + add) + 20 byte) + 3 log2(C) latency a chunk of samples
 *
 * with logarithms rounded up. A step takes as long as that of its slowest part.
 *
 * batch: every rank draws all samples of a step and holds all rows of its pool.
 *
 * messages: forward and backward, each layer scatters and reduces each batch of panels. Two more exchanges
 * bring rows for the loss and reduce their gradients, with the number of uses of each row in m further
 * messages. The m messages of an exchange are under way at the same time.
 *
 * bytes: a scatter sends S rows and receives G at the same time, a reduce the other way. No communication is
 * taken to overlap computing: MPI makes progress with long messages only while it is called.
 *
 * scores: column groups sum the q + 1 scores of a sample on one of them, which computes the sample gradient and
 * sends it to the others. Every group has all samples of its part, and fewer columns of them.
 *
 * pool: rows are gathered from their owners by all parts, and sums of all parts are scattered to the owners.
 * Open MPI 4.1 does so, at these lengths, by the algorithms of Thakur, Rabenseifner and Gropp (IJHPCA 2005):
 *
 *     gathered(b)   log2(P) latency + (P - 1) n byte           Bruck
 *     scattered(b)  stages latency + (P - 1) n (byte + add)    a ring of P - 1 stages; from 64 ranks on a
 *                                                              butterfly of log2(P) stages
 *
 * where n are the bytes, of b, of the part that owns most: all parts wait for it at each stage. */
#ifndef HR_TRAINER_SCALING_POSTAL_MODEL_H
#define HR_TRAINER_SCALING_POSTAL_MODEL_H

#include "io/comm/link.h"
#include "partition/plan/grid.h"
#include "trainer/config/train_config.h"
#include "trainer/scaling/part_load.h"

#include <stdint.h>

/* Seconds that all threads of a rank together take for one of each. */
typedef struct hr_compute_rates {
    double edge;   /* column of an edge in a layer */
    double row;    /* column of a row in a layer */
    double sample; /* sample of this rank: draw, scores, gradient */
    double draw;   /* sample of another rank: draw */
    double pool;   /* float of the pool's rows and of their gradients, packed and unpacked */
    double value;  /* parameter, in the optimiser */
    double clear;  /* float of the gradient, set to 0 */
    double add;    /* byte of floats, in a sum over ranks */
} hr_compute_rates;

/* A rank and its network. */
typedef struct hr_machine {
    hr_compute_rates rates;
    hr_link link;
    int threads; /* of a rank */
} hr_machine;

typedef enum hr_step_term {
    HR_TERM_EDGES,
    HR_TERM_ROWS,
    HR_TERM_SAMPLES,
    HR_TERM_BATCH,
    HR_TERM_OPTIMISER,
    HR_TERM_MESSAGES,
    HR_TERM_BYTES,
    HR_TERM_POOL,
    HR_TERM_SCORES,
    HR_TERMS
} hr_step_term;

/* Names of the terms, in JSON. */
extern const char *const hr_step_term_names[HR_TERMS];

typedef struct hr_step_time {
    double term[HR_TERMS];
    double total; /* their sum */
} hr_step_time;

/* Seconds of the two collectives above, on `ranks` ranks: all gather what each has a share of, and each
 * receives its share of sums of floats. `most`: bytes of the largest share. */
double hr_gather_seconds(const hr_machine *machine, int32_t ranks, double most);
double hr_scatter_sums_seconds(const hr_machine *machine, int32_t ranks, double most);

/* A step of the slowest rank of a grid; loads [shape.parts]. Of the options dim, layers, halo, batch, pool
 * and negatives count; the loss is BPR, pool is not 0. */
hr_step_time hr_postal_step(const hr_part_load *loads, hr_grid_shape shape, const hr_train_config *config,
                            const hr_machine *machine);

/* Bytes that all ranks together send in a step, for rows, pool and scores: what a run's log
 * counts. */
int64_t hr_postal_bytes(const hr_part_load *loads, hr_grid_shape shape, const hr_train_config *config);

#endif
