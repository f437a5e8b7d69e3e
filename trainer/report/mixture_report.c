#include "trainer/report/mixture_report.h"

#include "io/base/json.h"
#include "io/base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void hr_mixture_text(const hr_evaluated_model *r)
{
    const hr_mixture_choice *c = &r->choice;
    char path[HR_ESCAPED_LENGTH];
    if (!hr_mixing_asked(&r->loaded.mixing))
        return;
    printf("mixture %s of", r->loaded.scoring.mixture);
    for (int i = 0; i <= r->loaded.others; i++) {
        const char *text = hr_h5_path(hr_loaded_model(&r->loaded, i)->source.checkpoint);
        printf("%s %s", i > 0 ? "," : "", hr_escape(path, sizeof path, text, (int64_t)strlen(text)));
    }
    printf("\n");
    if (c->count > 0)
        printf("%16s recall@%-3" PRId64 "  ndcg@%-3" PRId64
               " of the validation part, which it is chosen by\n",
               "shares", c->k, c->k);
    for (int i = 0; i < c->count; i++)
        printf("%16s %10.4f %9.4f%s\n", c->tried[i].shares, c->tried[i].recall, c->tried[i].ndcg,
               i == c->best ? "  best" : "");
}

void hr_mixture_to_json(const hr_evaluated_model *r, json_t *object)
{
    if (!hr_mixing_asked(&r->loaded.mixing))
        return;
    const hr_mixture_choice *c = &r->choice;
    json_t *models = json_array(), *tried = json_array();
    for (int i = 0; i <= r->loaded.others; i++)
        json_array_append_new(models,
                              hr_json_string(hr_h5_path(hr_loaded_model(&r->loaded, i)->source.checkpoint)));
    for (int i = 0; i < c->count; i++) {
        json_t *one = json_pack("{s:s}", "shares", c->tried[i].shares);
        hr_json_set_at(one, "recall", c->k, c->tried[i].recall);
        hr_json_set_at(one, "ndcg", c->k, c->tried[i].ndcg);
        json_array_append_new(tried, one);
    }
    json_object_set_new(
        object, "mixture",
        json_pack("{s:o, s:s, s:o}", "models", models, "shares", r->loaded.scoring.mixture, "tried", tried));
}
