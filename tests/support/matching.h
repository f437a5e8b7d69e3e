/* The size of a largest matching by the plainest method there is, to check the fast one against. */
#ifndef HR_TESTS_SUPPORT_MATCHING_H
#define HR_TESTS_SUPPORT_MATCHING_H

#include "partition/plan/cover.h"

#include <stdint.h>

/* Kuhn's method: an augmenting path from one left vertex after the other, O(vertices x edges). */
int64_t largest_matching(const hr_bipartite *graph);

#endif
