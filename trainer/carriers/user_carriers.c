#include "trainer/carriers/user_carriers.h"

#include "io/base/memory.h"
#include "trainer/carriers/combined_carriers.h"
#include "trainer/carriers/layer_carriers.h"
#include "trainer/carriers/solved_carriers.h"
#include "trainer/fold_in/layers.h"
#include "trainer/fold_in/method.h"
#include "trainer/models/model.h"

#include <string.h>

static bool is_one_of(const hr_explained_model *model, const char *const *names)
{
    for (; *names; names++)
        if (hr_explained_is(model, *names))
            return true;
    return false;
}

bool hr_carriers_exist(const hr_explained_model *model)
{
    static const char *const without[] = {"popular", "toprated", "content", NULL};
    return !is_one_of(model, without) && !model->config->table->by_ratings;
}

bool hr_carriers_read_parameter(const hr_explained_model *model)
{
    static const char *const layered[] = {"lightgcn", "sage", "gat", "gatv2", NULL};
    return is_one_of(model, layered);
}

static bool is_solved(const hr_explained_model *model)
{
    static const char *const solved[] = {"als", "ials", NULL};
    return is_one_of(model, solved) || (hr_explained_is(model, "mf") && model->config->predicts_ratings);
}

/* Of the last layer, whose inputs of the user are computed of the movies' below.
 *   row  [dim] the user's row of layer 0, in which the inputs are left */
static hr_status last_layer(hr_carriers *carriers, const hr_explained_model *model, const hr_subject *subject,
                            float *row, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_fold_in *f = model->fold_in;
    const int64_t layers = model->config->layers, matrix = model->movies * carriers->dim;
    const hr_known_ratings known = {subject->movie, model->config->predicts_ratings ? NULL : subject->value,
                                    subject->count};
    hr_fold_in_workspace workspace = {0};
    hr_layer_inputs inputs = {.user = row};
    if (hr_explained_is(model, "lightgcn")) {
        inputs.movies = f->array;
    } else {
        HR_TRY(hr_fold_in_workspace_create(&workspace, f, subject->count, err));
        hr_fold_in_layers(f, &workspace, &known, layers - 1, row);
        inputs.movies = f->array + (layers - 1) * matrix;
        inputs.weights = f->array + f->arrays.first_weight + f->arrays.weights / layers * (layers - 1);
    }
    HR_TRY(hr_layer_carriers(carriers, model, subject, &inputs, err));
done:
    hr_fold_in_workspace_free(&workspace);
    return status;
}

static hr_status layers(hr_carriers *carriers, const hr_explained_model *model, const hr_subject *subject,
                        const float *parameter, hr_error *err)
{
    hr_status status = HR_OK;
    float *row = NULL;
    HR_ALLOC(row, carriers->dim);
    memcpy(row, parameter, (size_t)carriers->dim * sizeof *row);
    HR_TRY(last_layer(carriers, model, subject, row, err));
    if (subject->is_unseen && !carriers->normalised)
        hr_carriers_set_rest(carriers, model, subject->row);
done:
    free(row);
    return status;
}

hr_status hr_carriers_find(hr_carriers *carriers, const hr_explained_model *model, const hr_subject *subject,
                           const float *parameter, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_carriers_create(carriers, subject->count, model->config->dim, err));
    if (hr_carriers_read_parameter(model) && model->config->layers > 0)
        HR_TRY(layers(carriers, model, subject, parameter, err));
    else if (is_solved(model))
        HR_TRY(hr_solved_carriers(carriers, model, subject, err));
    else
        HR_TRY(hr_combined_carriers(carriers, model, subject, err));
done:
    return status;
}
