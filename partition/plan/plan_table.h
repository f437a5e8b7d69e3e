/* Figures of a plan, their table for people, and whether a file's arrays agree with them. */
#ifndef HR_PARTITION_PLAN_PLAN_TABLE_H
#define HR_PARTITION_PLAN_PLAN_TABLE_H

#include "io/base/error.h"
#include "io/hdf5/h5.h"
#include "partition/plan/plan.h"

#include <stdint.h>
#include <stdio.h>

/* Figures of a plan that a partition file keeps. */
typedef struct hr_plan_summary {
    int32_t parts;
    int64_t users, movies, edges;
    int64_t cut_edges;     /* edges whose ends have different owners */
    int64_t ghosts;        /* of all parts; a layer exchanges twice as many rows, scatter and reduce */
    int64_t matching;      /* sum over pairs of parts of maximum matchings; ghosts are minimal if equal */
    int64_t usual_halo;    /* ghosts of the usual halo, in which every neighbour is copied */
    double edge_balance;   /* edges of the largest part over the mean */
    double vertex_balance; /* likewise of owned vertices */
} hr_plan_summary;

void hr_plan_summarise(const hr_plan *plan, hr_plan_summary *summary);

/* Bytes that all ranks together send in one layer of a forward pass at `dim` columns, by a scatter and a
 * reduce. */
int64_t hr_plan_layer_bytes(const hr_plan_summary *summary, int64_t dim);

/* Prints the table: one line a figure with its meaning, then, where `plan` is not NULL, one line a part
 * (owned users and movies, ghosts, edges). */
void hr_plan_print(const hr_plan_summary *summary, const hr_plan *plan, int64_t dim, FILE *out);

/* Compares lengths of all arrays of a partition file with the offsets over parts, and these with the summary, before any
 * size is believed; reads what grows with the parts alone. HR_INPUT with the first that does not fit. Local. What is in
 * the arrays is checked by who reads them: hr_shard_read and, over all parts together, hr_graph_verify. */
hr_status hr_plan_summary_check(hr_h5 *file, const hr_plan_summary *summary, hr_error *err);

#endif
