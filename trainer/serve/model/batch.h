/* Lists of several users at once, by one product of their rows with all movies'. */
#ifndef HR_TRAINER_SERVE_MODEL_BATCH_H
#define HR_TRAINER_SERVE_MODEL_BATCH_H

#include "trainer/serve/model/question.h"

/* The lists of up to HR_LIST_USERS questions. Zero-initialise; free with hr_batch_free. */
typedef struct hr_batch {
    hr_user_block users;
    hr_lists lists;
} hr_batch;

void hr_batch_free(hr_batch *batch);

/* How lists are made, beside the rules of each. */
typedef struct hr_batch_way {
    const hr_mixer
        *mixer; /* what scores are mixed of instead of the model's own; NULL: as the model has it */
    bool whole; /* whether all that is known of the users is read, for explanations */
    hr_lists_workspace *workspace; /* of the calling thread, for a scorer with this mixer or without */
} hr_batch_way;

/* Answers questions of known users, or one of a newcomer, whose block is moved into the batch. HR_INPUT where a file is damaged;
 * HR_MEMORY. */
hr_status hr_batch_make(hr_batch *batch, const hr_snapshot *snapshot, hr_question *const *question, int count,
                        const hr_batch_way *way, hr_error *err);

#endif
