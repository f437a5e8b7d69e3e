/* The text of a JSON value that is large, or costs much to make, kept after it is made. */
#ifndef HR_TRAINER_SERVE_API_KEPT_TEXT_H
#define HR_TRAINER_SERVE_API_KEPT_TEXT_H

#include "io/base/error.h"
#include "trainer/serve/api/lazy.h"
#include "trainer/serve/http/answer.h"

#include <jansson.h>

/* Begin with hr_kept_text_begin; free with hr_kept_text_end. */
typedef struct hr_kept_text {
    hr_lazy lazy;
    char *text;
} hr_kept_text;

void hr_kept_text_begin(hr_kept_text *kept);
void hr_kept_text_end(hr_kept_text *kept);

/* Makes a value, which is the caller's also after a failure. */
typedef hr_status hr_make_json(void *context, json_t **value, hr_error *err);

/* Answers with a copy of the text, which is made first where there is none. What `make` returns; HR_MEMORY. */
hr_status hr_kept_text_answer(hr_kept_text *kept, hr_make_json *make, void *context, hr_answer *answer,
                              hr_error *err);

#endif
