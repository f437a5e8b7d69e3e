/* The endpoints that read: movies, users, explanations, graphs, figures of data and runs, and the description of all
 * endpoints. What they say is what the command of the same name prints with --json. */
#ifndef HR_TRAINER_SERVE_API_API_H
#define HR_TRAINER_SERVE_API_API_H

#include "trainer/serve/http/route.h"
#include "trainer/serve/model/served.h"

/* The context of hr_api_routes. */
typedef struct hr_api {
    hr_served *served;
    const char *runs; /* folder of logs; NULL: none are shown */
    const hr_route_set
        *sets; /* all of the server, which /openapi.json describes; ending with routes of NULL */
} hr_api;

extern const hr_route hr_api_routes[];

#endif
