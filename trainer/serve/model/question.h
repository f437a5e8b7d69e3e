/* What a request for a list asks: of whom, and by which rules. */
#ifndef HR_TRAINER_SERVE_MODEL_QUESTION_H
#define HR_TRAINER_SERVE_MODEL_QUESTION_H

#include "trainer/lists/newcomer.h"
#include "trainer/lists/rank_tile.h"
#include "trainer/serve/http/request.h"
#include "trainer/serve/model/snapshot.h"

#include <stdbool.h>
#include <stdint.h>

/* Says who asks, where a request does not: appends the movies of somebody whom the program knows otherwise, a visitor, to the
 * newcomer; nobody's is left empty. */
typedef hr_status hr_who_asks(void *context, const hr_request *request, const hr_catalogue *catalogue,
                              hr_newcomer *newcomer, hr_error *err);

/* Zero-initialise; free with hr_question_free. */
typedef struct hr_question {
    int64_t user;           /* number of a known user; -1: a newcomer */
    hr_user_block newcomer; /* of one */
    uint8_t *allowed;       /* what rules.allowed is, or NULL */
    uint8_t *opened; /* what rules.stays is: movies that a newcomer has opened and not rated; or NULL */
    hr_list_rules rules;
} hr_question;

/* Parameters of a request for a list; those of the query, and the same as members of a JSON body. */
extern const hr_parameter hr_question_query[], hr_question_body[];

/* Takes a request apart; false, with a problem as the answer, where it cannot be answered: it names the parameter. */
bool hr_question_read(hr_question *question, const hr_request *request, hr_snapshot *snapshot,
                      hr_who_asks *who_asks, void *who, hr_answer *answer);
void hr_question_free(hr_question *question);

#endif
