/* Users of whom a server tells nothing: visitors whose ratings became part of the dataset (io/visitors/visitors_file.h). Their ids
 * follow one another, so that anybody could ask for each. */
#ifndef HR_TRAINER_SERVE_MODEL_HIDDEN_USERS_H
#define HR_TRAINER_SERVE_MODEL_HIDDEN_USERS_H

#include "io/dataset/ids.h"

#include <jansson.h>
#include <stdbool.h>

/* Whether the id, or that of user number `index`, is a visitor's. */
bool hr_is_hidden_user(const char *id);
bool hr_hides_user(const hr_ids *ids, int64_t index);

/* Makes null of visitors' ids in the paths of an explanation (explain/explanation.h), which lead through other users. */
void hr_hide_users_of_paths(json_t *explanation);

#endif
