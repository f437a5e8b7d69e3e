/* The networks that a prediction is made for: given, measured or taken for granted. */
#ifndef HR_TRAINER_SCALING_NETWORKS_H
#define HR_TRAINER_SCALING_NETWORKS_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/comm/link.h"

enum { HR_MAX_NETWORKS = 8 };

typedef struct hr_networks {
    hr_link link[HR_MAX_NETWORKS];
    int count;
} hr_networks;

/* Networks of lists like "2e-5,2e-6": seconds of a message, of each further one under way, and of a byte.
 * Lists are equally long; one may be empty. Without alpha or without beta what is missing is measured between
 * the first two ranks, or, where there is one rank, that of Ethernet of 10 Gbit/s, and says so; without gap
 * it is as alpha, where that is given. Collective. HR_USAGE for what is no number above 0, for lists of
 * different lengths and for more than HR_MAX_NETWORKS; errors as hr_link_measure. */
hr_status hr_networks_find(const hr_comm *comm, const char *alpha, const char *gap, const char *beta,
                           hr_networks *networks, hr_error *err);

#endif
