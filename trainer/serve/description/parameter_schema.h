/* Parameters of routes as OpenAPI describes them. All values are to be checked as io/base/json.h says. */
#ifndef HR_TRAINER_SERVE_DESCRIPTION_PARAMETER_SCHEMA_H
#define HR_TRAINER_SERVE_DESCRIPTION_PARAMETER_SCHEMA_H

#include "trainer/serve/http/route.h"

#include <jansson.h>

/* The list of those in path and query; of a table that ends with a name of NULL, or NULL. */
json_t *hr_parameters_json(const hr_parameter *parameters);

/* The schema of the object that a body is; NULL where no parameter is there. */
json_t *hr_body_schema(const hr_parameter *parameters);

#endif
