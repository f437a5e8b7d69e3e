#include "trainer/model.h"

#include "trainer/lightgcn.h"

#include <stdio.h>
#include <string.h>

/* Adding a model is adding its file and its line here. */
const hr_model *const hr_models[] = {&hr_lightgcn, NULL};

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
