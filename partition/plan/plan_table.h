/* What a plan is worth, as numbers and as a table for people. */
#ifndef HR_PARTITION_PLAN_PLAN_TABLE_H
#define HR_PARTITION_PLAN_PLAN_TABLE_H

#include "io/base/error.h"
#include "partition/plan/plan.h"

#include <stdint.h>
#include <stdio.h>

/* Numbers of a plan that a partition file keeps. */
typedef struct hr_plan_summary {
    int32_t parts;
    int64_t users, movies, edges;
    int64_t cut_edges;     /* edges whose ends have different owners */
    int64_t ghosts;        /* over all parts; rows exchanged per layer are twice this, out and back */
    int64_t matching;      /* proves that ghosts is the minimum: they are equal */
    int64_t usual_halo;    /* rows one way of the usual halo: every neighbour copied */
    double edge_balance;   /* largest part's edges over the mean */
    double vertex_balance; /* likewise of owned vertices */
} hr_plan_summary;

void hr_plan_summarise(const hr_plan *plan, hr_plan_summary *summary);

/* Bytes that all ranks together send in one layer, forward, at `dim` columns: scatter and reduce. */
int64_t hr_plan_layer_bytes(const hr_plan_summary *summary, int64_t dim);

/* Prints the table: one line a figure with its meaning, then, where `plan` is not NULL, one line a part
 * (owned users and movies, ghosts, edges). */
void hr_plan_print(const hr_plan_summary *summary, const hr_plan *plan, int64_t dim, FILE *out);

#endif
