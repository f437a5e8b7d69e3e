#include "trainer/comparison/compared_models.h"

#include "io/base/memory.h"

#include <math.h>

/* Makes tables of the figures that both have. */
static hr_status share_figures(const hr_comm *comm, hr_evaluated_model *first, hr_evaluated_model *second,
                               hr_error *err)
{
    hr_status status = HR_OK;
    const hr_evaluation_call *call = first->call;
    hr_evaluated_model *both[] = {first, second};
    if (first->has_errors == second->has_errors)
        return HR_OK;
    for (int i = 0; i < 2 && status == HR_OK; i++) {
        hr_figure_table_free(&both[i]->table);
        status = hr_figure_table_create(&both[i]->table, &both[i]->figures, &call->cutoffs, call->new_below,
                                        false, err);
    }
    return hr_agree(comm, status, NULL, err);
}

/* Whether both have the same users, with as much held out. */
static bool have_same_users(const hr_user_figures *a, const hr_user_figures *b)
{
    if (a->count != b->count)
        return false;
    for (int64_t i = 0; i < a->count; i++)
        if (a->figure[i].user != b->figure[i].user || a->figure[i].held != b->figure[i].held)
            return false;
    return true;
}

static int find_deciding(const hr_figure_table *table)
{
    int deciding = 0;
    for (int f = 0; f < table->figures; f++) {
        const hr_figure *figure = &table->figure[f];
        if (figure->is_root)
            return f;
        if (figure->segment == HR_SEGMENT_ALL && figure->name[0] == 'n') /* ndcg, at ascending k */
            deciding = f;
    }
    return deciding;
}

hr_status hr_compare_models(hr_compared_models *c, const hr_comm *comm, hr_evaluated_model *first,
                            hr_evaluated_model *second, hr_error *err)
{
    hr_status status = HR_OK;
    *c = (hr_compared_models){.first = first, .second = second, .table = &first->table};
    if (first->loaded.scoring.valid != second->loaded.scoring.valid ||
        !have_same_users(&first->figures, &second->figures))
        status =
            hr_fail(err, HR_USAGE,
                    "the two models hold out other ratings (--valid %g and %g of train); compare models that "
                    "were trained on one split",
                    first->loaded.scoring.valid, second->loaded.scoring.valid);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(share_figures(comm, first, second, err));
    c->deciding = find_deciding(c->table);
    HR_TRY(hr_compare_figures(comm, &first->table, &second->table, first->call->replicates, first->call->seed,
                              c->difference, err));
done:
    return status;
}

int hr_compared_sign(const hr_compared_models *c)
{
    const hr_difference *d = &c->difference[c->deciding];
    if (!(d->chance < HR_CHANCE_LIMIT) || d->of.value == 0.0)
        return 0;
    const bool is_larger = d->of.value > 0.0;
    return is_larger != c->table->figure[c->deciding].is_error ? 1 : -1;
}
