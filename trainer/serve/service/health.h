/* Whether a service is alive, and how it is: /healthz, /readyz, /metrics. */
#ifndef HR_TRAINER_SERVE_SERVICE_HEALTH_H
#define HR_TRAINER_SERVE_SERVICE_HEALTH_H

#include "trainer/serve/http/metrics.h"
#include "trainer/serve/model/served.h"

#include <stdatomic.h>

/* The context of the routes. */
typedef struct hr_health {
    hr_served *served;
    const hr_metrics *metrics;
    atomic_bool draining; /* it takes no new work: not ready any more */
} hr_health;

extern const hr_route hr_health_routes[];

#endif
