/* How long a step of LightGCN takes on ranks that are not here: what its parts ask for, times what each thing
 * costs.
 *
 * Of a part with E edges, V owned rows, G ghosts, S owned rows that are ghosts elsewhere and a share s of the
 * samples, with d columns a rank (dim over the C column groups), L layers, a batch of B and a pool of N
 * movies, a step takes
 *
 *     edges        2 L d E edge
 *     rows         2 L d (V + G) row
 *     samples      s B sample
 *     batch        (1 - s) B draw  +  N d pool: every rank draws all samples and has all of the pool
 *     optimiser    d V value  +  d (V + G) clear
 *     messages     (4 L W + 2) (latency + (m - 1) gap)  +  m gap
 *     bytes        max(S, G) (4 L d w + 4 (2 d + 1)) byte
 *     pool         rows of N d floats gathered, sums of N (d + 1) scattered, and the loss
 *     scores       (C - 1) / C s B (4 (q + 1) (byte + add) + 20 byte)  +  3 log2(C) latency a chunk of
 * samples
 *
 * seconds, and a step ends with its slowest part. Messages: forward and backward, each layer scatters and
 * reduces, in W waves of as many panels as a rank has threads; then rows for the loss, and their gradients
 * beside their counts; each time m messages, the larger of those sent and those received, are under way
 * together. Bytes: a scatter sends S rows and receives G, a reduce the other way, both ways at once; w bytes
 * a float of propagated rows. Nothing is taken to be hidden: rows and sums each travel while half
 * a wave is walked, but MPI carries long messages on only while it is called.
 *
 * Scores: column groups sum the q + 1 scores of a sample to the one that judges it, which hands its judgement
 * round. Each group has all of its part's samples, which count whole, though it scores fewer columns of them.
 *
 * Pool: owners' rows reach all of P parts, and sums of all parts reach the owners, by what Open MPI 4.1
 * chooses at these lengths (the algorithms: Thakur, Rabenseifner & Gropp, IJHPCA 2005):
 *
 *     gathered     log2(P) latency  +  (P - 1) n byte          Bruck's
 *     scattered    stages latency   +  (P - 1) n (byte + add)  a ring of P - 1 stages, from 64 ranks on
 *                                                                  a butterfly of log2(P)
 *
 * with logarithms rounded up, n being the bytes of the part that owns most: all wait for it at each stage of
 * a ring. */
#ifndef HR_TRAINER_SCALING_POSTAL_MODEL_H
#define HR_TRAINER_SCALING_POSTAL_MODEL_H

#include "io/comm/link.h"
#include "partition/plan/grid.h"
#include "trainer/config/train_options.h"
#include "trainer/scaling/part_load.h"

#include <stdint.h>

/* Seconds that a rank's threads together take. */
typedef struct hr_compute_rates {
    double edge;   /* an edge and column of a layer */
    double row;    /* a row and column of a layer */
    double sample; /* a sample of this rank: drawn, scored, its gradient */
    double draw;   /* a sample of another rank */
    double pool;   /* a float of the pool's rows, gathered and given back */
    double value;  /* a parameter moved */
    double clear;  /* a float of the gradient cleared */
    double add;    /* a byte of floats added to others, in a sum over ranks */
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

/* Words for the terms, as JSON has them. */
extern const char *const hr_step_term_names[HR_TERMS];

typedef struct hr_step_time {
    double term[HR_TERMS];
    double total; /* their sum */
} hr_step_time;

/* Seconds until `ranks` ranks have all of what each had a share of, and until each has its share of sums of
 * floats. `most`: bytes of the largest share. */
double hr_gather_seconds(const hr_machine *machine, int32_t ranks, double most);
double hr_scatter_sums_seconds(const hr_machine *machine, int32_t ranks, double most);

/* A step of the slowest rank of a grid; loads [shape.parts]. Of the options dim, layers, halo, batch, pool
 * and negatives count; the loss is BPR, pool is not 0. */
hr_step_time hr_postal_step(const hr_part_load *loads, hr_grid_shape shape, const hr_train_options *options,
                            const hr_machine *machine);

/* Bytes that all ranks together send in a step, for rows, pool and scores: what a run's log
 * counts. */
int64_t hr_postal_bytes(const hr_part_load *loads, hr_grid_shape shape, const hr_train_options *options);

#endif
