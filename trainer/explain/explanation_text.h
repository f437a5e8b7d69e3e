/* Explanations as people and programs read them. */
#ifndef HR_TRAINER_EXPLAIN_EXPLANATION_TEXT_H
#define HR_TRAINER_EXPLAIN_EXPLANATION_TEXT_H

#include "io/base/error.h"
#include "trainer/catalogue/catalogue.h"
#include "trainer/explain/explanation.h"

#include <jansson.h>
#include <stdint.h>

/* A sentence, "because you rated Alien (1979) and Blade Runner (1982) high: 61 % of what your movies say for it", into
 * `text` of `size` bytes; returns text. Local. */
char *hr_explanation_sentence(const hr_explanation *explanation, const hr_catalogue *catalogue, char *text,
                              int64_t size);

/* Prints the sentence, the first `top` reasons, the parts and the best paths. Local. */
void hr_explanation_print(const hr_explanation *explanation, const hr_catalogue *catalogue, int64_t top);

/* An object with the keys movie, title, score, parts (an object of numbers), because (a list of movie, title, share,
 * rating, genres, tags) and paths (count, users, weight, best: a list of movie, title, user, weight). To be checked as
 * io/base/json.h says. Local. */
json_t *hr_explanation_json(const hr_explanation *explanation, const hr_catalogue *catalogue);

/* The same with at most `most` movies of the largest shares. */
json_t *hr_explanation_json_short(const hr_explanation *explanation, const hr_catalogue *catalogue,
                                  int64_t most);

#endif
