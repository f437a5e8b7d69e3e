/* Gives every vertex an owner. */
#ifndef HR_PARTITION_CUT_CUT_H
#define HR_PARTITION_CUT_CUT_H

#include "io/base/error.h"
#include "partition/cut/graph.h"

#include <stdint.h>

/* metis: few cut edges, parts even in their users' edges and in their movies' (Karypis & Kumar 1998,
 * multilevel k-way with two constraints). block: vertices in order of number, users and movies alike cut into
 * parts of equally many edges. random: each vertex anywhere. */
typedef enum hr_cut_method { HR_CUT_METIS, HR_CUT_BLOCK, HR_CUT_RANDOM } hr_cut_method;

/* Reads a method's name; HR_USAGE, naming those there are, otherwise. */
hr_status hr_cut_parse(const char *name, hr_cut_method *method, hr_error *err);
const char *hr_cut_name(hr_cut_method method);

/* Writes owner[v], 0 <= owner[v] < parts, for each of the users + movies vertices. Deterministic for a
 * seed. HR_USAGE where parts < 1 or parts > vertices; HR_MEMORY where the graph is beyond METIS's 32-bit
 * indices (says which count, and that block and random have no such limit). One process. */
hr_status hr_cut(const hr_graph *graph, int32_t parts, hr_cut_method method, uint64_t seed, int32_t *owner,
                 hr_error *err);

#endif
