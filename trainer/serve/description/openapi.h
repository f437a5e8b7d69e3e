/* The description of a server's routes that programs read: OpenAPI 3.1, https://spec.openapis.org/oas/v3.1.0. */
#ifndef HR_TRAINER_SERVE_DESCRIPTION_OPENAPI_H
#define HR_TRAINER_SERVE_DESCRIPTION_OPENAPI_H

#include "io/base/error.h"
#include "trainer/serve/http/route.h"

#include <jansson.h>

/* Makes the document of all routes of the sets, which end with routes of NULL: parameters from their tables, answers from their
 * shapes (shape.h). The caller frees *document with json_decref. HR_INPUT for a shape that is none; HR_MEMORY. */
hr_status hr_openapi_make(const hr_route_set *sets, json_t **document, hr_error *err);

#endif
