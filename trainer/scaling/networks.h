/* The networks that a prediction is made for: given, measured or assumed. */
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

/* Networks of three lists like "2e-5,2e-6", one element for each network: seconds of a message (alpha), of each
 * further message that is under way at the same time (gap), and of a byte (beta). An empty list stands for
 * what is not given. Then alpha and beta are measured between the first two ranks or, on one rank, assumed to
 * be those of Ethernet of 10 Gbit/s, which is logged; gap is as alpha where that is given, else measured or
 * assumed with it. Collective. HR_USAGE for a malformed list, lists of different lengths and more than
 * HR_MAX_NETWORKS; errors as hr_link_measure. */
hr_status hr_networks_find(const hr_comm *comm, const char *alpha, const char *gap, const char *beta,
                           hr_networks *networks, hr_error *err);

#endif
