/* The endpoints that read: movies, users, explanations, graphs, figures of data and runs, and the description of all
 * endpoints. What they say is what the command of the same name prints with --json. */
#ifndef HR_TRAINER_SERVE_API_API_H
#define HR_TRAINER_SERVE_API_API_H

#include "trainer/serve/http/route.h"
#include "trainer/serve/model/served.h"

#include <jansson.h>

/* Finds a movie that is in no dataset yet, such as one that a visitor has added. *description receives {"movie", "title", "year", …},
 * the caller's; it stays NULL where there is none. HR_IO, HR_MEMORY. */
typedef hr_status hr_find_added(void *context, const char *id, json_t **description, hr_error *err);

/* The context of hr_api_routes. */
typedef struct hr_api {
    hr_served *served;
    const char *runs; /* folder of logs; NULL: none are shown */
    const hr_route_set
        *sets; /* all of the server, which /openapi.json describes; ending with routes of NULL */
    hr_find_added *find_added; /* NULL: there are none */
    void *added;               /* its context */
} hr_api;

extern const hr_route hr_api_routes[];

#endif
