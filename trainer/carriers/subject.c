#include "trainer/carriers/subject.h"

#include "io/base/memory.h"
#include "trainer/models/model.h"

#include <string.h>

bool hr_explained_is(const hr_explained_model *model, const char *name)
{
    return strcmp(model->config->table->name, name) == 0;
}

bool hr_explained_has_biases(const hr_explained_model *model)
{
    static const char *const with_columns[] = {"mf", "sage", "gat", "gatv2"};
    bool has = hr_explained_is(model, "als") && model->config->has_biases;
    for (size_t i = 0; i < sizeof with_columns / sizeof *with_columns; i++)
        has = has || (hr_explained_is(model, with_columns[i]) && !model->config->has_mlp);
    return has;
}

/* Whether an equation of the model has movies that the user dislikes. */
static bool reads_dislikes(const hr_explained_model *model)
{
    return model->config->predicts_ratings || hr_explained_is(model, "ials");
}

hr_status hr_subject_create(hr_subject *subject, const hr_explained_model *model, const hr_user_block *block,
                            int64_t index, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_ratings *r = &block->ratings;
    const int64_t first = r->ptr[index], end = r->ptr[index + 1];
    subject->row = block->row[model->number] + index * model->config->dim;
    HR_ALLOC(subject->movie, end - first);
    HR_ALLOC(subject->value, end - first);
    HR_ALLOC(subject->counts, end - first);
    for (int64_t i = first; i < end; i++) {
        const float value = r->value ? r->value[i] : 1.0F;
        subject->is_unseen = subject->is_unseen || r->split[i] == HR_KNOWN;
        if (!hr_split_is_known(r->split[i], HR_VALID))
            continue;
        subject->movie[subject->count] = r->movie[i];
        subject->value[subject->count] = value;
        subject->counts[subject->count] = value != 0.0F || reads_dislikes(model);
        subject->counted += subject->counts[subject->count++];
    }
done:
    return status;
}

void hr_subject_free(hr_subject *subject)
{
    free(subject->movie);
    free(subject->value);
    free(subject->counts);
    *subject = (hr_subject){0};
}
