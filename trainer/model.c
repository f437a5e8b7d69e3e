#include "trainer/model.h"

#include "trainer/models/als.h"
#include "trainer/models/gat.h"
#include "trainer/models/lightgcn.h"
#include "trainer/models/mf.h"
#include "trainer/models/popular.h"
#include "trainer/models/sage.h"
#include "trainer/models/toprated.h"

#include <stdio.h>
#include <string.h>

/* Adding a model is adding its file and its line here. */
const hr_model *const hr_models[] = {&hr_lightgcn, &hr_mf,   &hr_sage,    &hr_gat,      &hr_gatv2,
                                     &hr_als,      &hr_ials, &hr_popular, &hr_toprated, NULL};

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

hr_status hr_model_recipe(hr_train_options *options, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_model *model = NULL;
    const hr_train_options asked = *options;
    HR_TRY(hr_model_find(asked.model, &model, err));
    if (asked.loss != HR_LOSS_OWN && asked.loss != (int)model->losses[0] &&
        asked.loss != (int)model->losses[1])
        HR_TRY(hr_fail(err, HR_USAGE, "--loss: %s is not trained by it", model->name));
    hr_train_recipe(asked.recipe, options);
    strcpy(options->model, asked.model);
    options->loss = asked.loss == HR_LOSS_OWN ? (int)model->losses[0] : asked.loss;
    if (model->defaults)
        model->defaults(options);
done:
    return status;
}
