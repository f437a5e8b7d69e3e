/* What the endpoints of this room have in common; no other room includes this. */
#ifndef HR_TRAINER_SERVE_API_ENDPOINT_H
#define HR_TRAINER_SERVE_API_ENDPOINT_H

#include "trainer/serve/api/api.h"
#include "trainer/serve/api/facts.h"
#include "trainer/serve/http/request.h"

/* Answers a request from the facts of one model. */
typedef hr_status hr_endpoint(hr_facts *facts, const hr_request *request, hr_answer *answer, hr_error *err);

/* Calls an endpoint with the facts of the model that is served now, which stays until it returns. HR_USAGE and HR_INPUT that it
 * returns are refusals (hr_endpoint_refuse).
 *   context  an hr_api */
hr_status hr_endpoint_call(void *context, hr_endpoint *endpoint, const hr_request *request, hr_answer *answer,
                           hr_error *err);

/* Of /movies and /movies/{id}: whether they have not been asked for since the model was loaded. The first who asks reads all
 * ratings. */
hr_takes_long hr_movies_take_long, hr_movie_takes_long;

/* A parameter's text; "" where it was not given. */
const char *hr_text_or_empty(const hr_request *request, const char *name);

/* The movie that the parameter names, by id or title; false, with the problem 404 as the answer, where none is meant. */
bool hr_endpoint_movie(const hr_facts *facts, const hr_request *request, const char *name, int64_t *movie,
                       hr_answer *answer);

/* The user that the parameter names; likewise. */
bool hr_endpoint_user(const hr_facts *facts, const hr_request *request, const char *name, int64_t *user,
                      hr_answer *answer);

/* What a function returned that checks what was asked for: HR_USAGE and HR_INPUT become the problem 422, in the words of the
 * service: no dashes before options, no paths of files. Its field is the parameter that the message names first, else
 * `field`, which may be NULL. HR_OK is returned then; other statuses stay. For endpoints that know the field. */
hr_status hr_endpoint_refuse(const hr_facts *facts, const hr_request *request, const char *field,
                             hr_status status, hr_answer *answer, hr_error *err);

/* The answers of the room's routes (routes.c). */
hr_handle hr_api_similar, hr_api_tags, hr_api_top, hr_api_latest, hr_api_popular, hr_api_movies, hr_api_movie,
    hr_api_users, hr_api_user, hr_api_explain, hr_api_graph, hr_api_map, hr_api_stats, hr_api_model,
    hr_api_insights, hr_api_evaluation, hr_api_runs, hr_api_run, hr_api_openapi;

#endif
