/* Shapes of JSON values, in a short notation that route tables have (trainer/serve/http/route.h), as JSON schemas.
 *
 *     {movie: id, title: text, year?: integer, similar: [{movie: id, score: number}], parts: {*: number}, mean: number|null}
 *
 *   id                   an integer or a text, as the dataset's ids are
 *   text integer number  of JSON; flag is true or false; any is anything
 *   {name: T, name?: T}  an object of these members; with ? it may be missing
 *   {*: T}               an object of any members
 *   [T]                  a list
 *   T|null               */
#ifndef HR_TRAINER_SERVE_DESCRIPTION_SHAPE_H
#define HR_TRAINER_SERVE_DESCRIPTION_SHAPE_H

#include "io/base/error.h"

#include <jansson.h>

/* Makes the schema (JSON Schema 2020-12) of a shape; the caller frees *schema with json_decref. HR_INPUT, naming the place,
 * for what is no shape; HR_MEMORY. */
hr_status hr_shape_schema(const char *shape, json_t **schema, hr_error *err);

#endif
