#include "io/base/json.h"
#include "trainer/config/train_options.h"
#include "trainer/many_models/side_reports.h"

#include <math.h>

static void set_number(json_t *object, const char *name, double value)
{
    json_object_set_new(object, name, isnan(value) ? json_null() : json_real(value));
}

static json_t *difference_json(const hr_side_figures *figures, int f)
{
    const hr_difference *d = &figures->at[f].difference;
    json_t *object = json_pack("{s:f}", "difference", d->of.value);
    if (!isnan(d->of.low))
        json_object_set_new(object, "interval", json_pack("[f, f]", d->of.low, d->of.high));
    set_number(object, "chance", d->chance);
    json_object_set_new(object, "is_chance", json_boolean(hr_side_is_chance(figures, f)));
    return object;
}

/* Where each member of a model's object goes. */
typedef struct members {
    json_t *figures, *intervals, *spread, *differences;
} members;

static void add_figures(const hr_side *side, const hr_side_figures *figures, bool is_best, const members *to)
{
    for (int f = 0; f < figures->table.figures; f++) {
        const char *name = figures->table.figure[f].name;
        const hr_estimate *e = &figures->at[f].of;
        if (isnan(e->value))
            continue;
        json_object_set_new(to->figures, name, json_real(e->value));
        if (!isnan(e->low))
            json_object_set_new(to->intervals, name, json_pack("[f, f]", e->low, e->high));
        if (side->seeds > 1)
            json_object_set_new(to->spread, name,
                                json_pack("[f, f]", figures->at[f].least, figures->at[f].most));
        if (!is_best)
            json_object_set_new(to->differences, name, difference_json(figures, f));
    }
}

static json_t *side_json(const hr_side_by_side *s, int i)
{
    const hr_side *side = &s->side[i];
    const hr_cutoffs *cutoffs = &s->m->evaluation.cutoffs;
    const members to = {json_object(), json_object(), json_object(), json_object()};
    add_figures(side, &side->rankings, i == 0, &to);
    add_figures(side, &side->errors, i == s->best_errors, &to);
    for (int k = 0; k < cutoffs->count; k++)
        hr_json_set_at(to.figures, "coverage", cutoffs->k[k], side->coverage[k]);
    json_t *object = json_pack("{s:s, s:b, s:I, s:o, s:o, s:o, s:o}", "model", side->entry->name, "compared",
                               1, "seeds", (json_int_t)side->seeds, "figures", to.figures, "intervals",
                               to.intervals, "spread", to.spread, "differences", to.differences);
    set_number(object, "seconds_train", side->seconds_train);
    set_number(object, "seconds_score", side->seconds_score);
    set_number(object, "peak_memory", side->peak_memory);
    json_object_set_new(object, "ranks", side->ranks > 0 ? json_integer(side->ranks) : json_null());
    json_object_set_new(object, "options", hr_options_to_json(hr_train_table, &side->entry->options));
    return object;
}

static json_t *models_json(const hr_side_by_side *s)
{
    json_t *models = json_array();
    for (int i = 0; i < s->count; i++)
        json_array_append_new(models, side_json(s, i));
    for (int i = 0; i < s->entries->count; i++) {
        const hr_entry *e = &s->entries->entry[i];
        if (*e->reason)
            json_array_append_new(models, json_pack("{s:s, s:b, s:o}", "model", e->name, "compared", 0,
                                                    "reason", hr_json_string(e->reason)));
    }
    return models;
}

hr_status hr_side_json(const hr_side_by_side *s, FILE *out, hr_error *err)
{
    const hr_many_models *m = s->m;
    json_t *k = json_array();
    for (int i = 0; i < m->evaluation.cutoffs.count; i++)
        json_array_append_new(k, json_integer((json_int_t)m->evaluation.cutoffs.k[i]));
    json_t *object = json_pack(
        "{s:s, s:b, s:o, s:s, s:s, s:o, s:I, s:o, s:I, s:I, s:I}", "format", HR_SIDE_FORMAT, "is_complete", 1,
        "dataset", hr_json_string(m->dataset), "fingerprint", m->data.fingerprint, "split",
        m->evaluation.split_name, "split_rule", hr_json_string(m->data.split), "split_seed",
        (json_int_t)m->data.split_seed, "k", k, "sample_users", (json_int_t)m->evaluation.users, "replicates",
        (json_int_t)m->replicates, "seeds", (json_int_t)m->seeds);
    json_object_set_new(object, "by",
                        s->count > 0 ? json_string(s->side[0].rankings.table.figure[s->deciding].name)
                                     : json_null());
    json_object_set_new(object, "best", s->count > 0 ? json_string(s->side[0].entry->name) : json_null());
    json_object_set_new(object, "best_of_ratings",
                        s->best_errors >= 0 ? json_string(s->side[s->best_errors].entry->name) : json_null());
    json_object_set_new(object, "models", models_json(s));
    const hr_status status = hr_json_print(object, "the comparison", out, err);
    json_decref(object);
    return status;
}
