#include "trainer/models/model.h"

#include "trainer/models/als.h"
#include "trainer/models/content.h"
#include "trainer/models/gat.h"
#include "trainer/models/lightgcn.h"
#include "trainer/models/mf.h"
#include "trainer/models/ncf.h"
#include "trainer/models/popular.h"
#include "trainer/models/sage.h"
#include "trainer/models/toprated.h"

#include <stdio.h>
#include <string.h>

/* Adding a model is adding its file and its line here. */
const hr_model *const hr_models[] = {
    &hr_lightgcn, &hr_mf,     &hr_sage,    &hr_gat,      &hr_gatv2,         &hr_ncf, &hr_als,
    &hr_ials,     &hr_hybrid, &hr_popular, &hr_toprated, &hr_content_model, NULL};

hr_status hr_model_find(const char *name, const hr_model **model, hr_error *err)
{
    char known[256] = "";
    for (int i = 0; hr_models[i]; i++) {
        if (strcmp(hr_models[i]->name, name) == 0) {
            *model = hr_models[i];
            return HR_OK;
        }
        const size_t used = strlen(known);
        snprintf(known + used, sizeof known - used, "%s%s", i ? ", " : "", hr_models[i]->name);
    }
    return hr_fail(err, HR_USAGE, "--model %s: expected one of %s", name, known);
}

bool hr_model_has_loss(const hr_model *model, hr_loss loss)
{
    for (int i = 0; i < HR_MAX_LOSSES; i++)
        if (model->losses[i] == loss)
            return true;
    return false;
}

hr_status hr_model_mlp(const hr_train_options *options, hr_mlp_shape *shape, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_model *model = NULL;
    *shape = (hr_mlp_shape){.columns = options->dim,
                            .dropout = options->dropout,
                            .bounded = options->loss == HR_LOSS_MSE,
                            .exact = options->reproducible};
    HR_TRY(hr_model_find(options->model, &model, err));
    HR_TRY(hr_mlp_parse(options->mlp, shape, err));
    if (shape->layers > 0 && model->mlp == HR_MLP_NEVER)
        HR_TRY(hr_fail(err, HR_USAGE, "--mlp %s: --model %s scores by dot products; leave it out",
                       options->mlp, model->name));
    shape->product = shape->layers > 0 ? options->dim : 0;
    if (model->mlp != HR_MLP_HALVES)
        return HR_OK;
    if (shape->layers == 0 || options->dim < 2)
        HR_TRY(hr_fail(err, HR_USAGE,
                       "--model %s needs an MLP and at least two columns, such as --mlp 64 --dim 64",
                       model->name));
    shape->product = shape->first = options->dim / 2;
done:
    return status;
}

hr_status hr_model_recipe(hr_train_options *options, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_model *model = NULL;
    const hr_train_options asked = *options;
    HR_TRY(hr_model_find(asked.model, &model, err));
    if (asked.loss != HR_LOSS_OWN && !hr_model_has_loss(model, (hr_loss)asked.loss))
        HR_TRY(hr_fail(err, HR_USAGE, "--loss: %s is not trained by it", model->name));
    hr_train_recipe(asked.recipe, options);
    strcpy(options->model, asked.model);
    options->loss = asked.loss == HR_LOSS_OWN ? (int)model->losses[0] : asked.loss;
    if (model->defaults)
        model->defaults(options);
done:
    return status;
}
