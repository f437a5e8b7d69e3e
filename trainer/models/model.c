#include "trainer/models/model.h"

#include "trainer/models/als.h"
#include "trainer/models/content.h"
#include "trainer/models/ease.h"
#include "trainer/models/filter.h"
#include "trainer/models/gat.h"
#include "trainer/models/itemknn.h"
#include "trainer/models/lightgcn.h"
#include "trainer/models/mf.h"
#include "trainer/models/ncf.h"
#include "trainer/models/popular.h"
#include "trainer/models/rp3beta.h"
#include "trainer/models/sage.h"
#include "trainer/models/toprated.h"

#include <stdio.h>
#include <string.h>

/* Adding a model is adding its file and its line here. */
const hr_model *const hr_models[] = {
    &hr_lightgcn, &hr_mf,      &hr_sage,         &hr_gat,           &hr_gatv2,   &hr_ncf,
    &hr_als,      &hr_ials,    &hr_filter_model, &hr_ease,          &hr_itemknn, &hr_rp3beta,
    &hr_hybrid,   &hr_popular, &hr_toprated,     &hr_content_model, NULL};

hr_status hr_model_find(const char *name, const hr_model **model, hr_error *err)
{
    return hr_model_find_of("--model", name, model, err);
}

hr_status hr_model_find_of(const char *option, const char *name, const hr_model **model, hr_error *err)
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
    return hr_fail(err, HR_USAGE, "%s %s: expected one of %s", option, name, known);
}

bool hr_model_has_loss(const hr_model *model, hr_loss loss)
{
    for (int i = 0; i < HR_MAX_LOSSES; i++)
        if (model->losses[i] == loss)
            return true;
    return false;
}
