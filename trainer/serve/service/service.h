/* A trained model served over HTTP: loaded, asked, replaced, until a signal ends it. */
#ifndef HR_TRAINER_SERVE_SERVICE_SERVICE_H
#define HR_TRAINER_SERVE_SERVICE_SERVICE_H

#include "io/base/error.h"
#include "trainer/scoring/mixing.h"
#include "trainer/serve/server/server.h"
#include "trainer/serve/visitors/visitors.h"

/* Texts outlive the call. */
typedef struct hr_service_config {
    const char *checkpoint, *dataset;
    hr_mixing mixing;        /* other models, and shares */
    const char *runs;        /* folder of logs that are shown; "": none */
    bool allow_training;     /* whether visitors may start runs, with files in that folder */
    hr_server_config server; /* but for sets and metrics, which the service has */
    hr_visitors_config visitors;
    double drain_seconds; /* that requests have to end after SIGTERM or SIGINT */
    bool json;            /* whether it says where as JSON */
} hr_service_config;

/* Serves until SIGTERM or SIGINT, and says where: on standard error, or as a JSON object of url and port on standard output. Errors of the server's start and of the model's loading. */
hr_status hr_service_run(const hr_service_config *config, hr_error *err);

#endif
