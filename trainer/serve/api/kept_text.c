#include "trainer/serve/api/kept_text.h"

#include "io/base/json.h"
#include "io/base/memory.h"

#include <string.h>

/* What hr_lazy_make is given. */
typedef struct job {
    hr_kept_text *kept;
    hr_make_json *make;
    void *context;
} job;

void hr_kept_text_begin(hr_kept_text *kept)
{
    kept->text = NULL;
    hr_lazy_begin(&kept->lazy);
}

void hr_kept_text_end(hr_kept_text *kept)
{
    free(kept->text);
    hr_lazy_end(&kept->lazy);
}

static hr_status make_text(void *context, hr_error *err)
{
    hr_status status = HR_OK;
    const job *j = context;
    json_t *value = NULL;
    HR_TRY(j->make(j->context, &value, err));
    HR_TRY(hr_json_text(value, JSON_REAL_PRECISION(8), "an answer", &j->kept->text, err));
done:
    json_decref(value);
    return status;
}

hr_status hr_kept_text_answer(hr_kept_text *kept, hr_make_json *make, void *context, hr_answer *answer,
                              hr_error *err)
{
    hr_status status = HR_OK;
    job j = {kept, make, context};
    char *copy = NULL;
    HR_TRY(hr_lazy_make(&kept->lazy, make_text, &j, err));
    const size_t length = strlen(kept->text);
    HR_ALLOC(copy, (int64_t)length + 2);
    memcpy(copy, kept->text, length);
    copy[length] = '\n';
    hr_answer_bytes(answer, "application/json", copy, length + 1);
done:
    return status;
}
