#include "trainer/comparison/evaluated_model.h"

#include "io/base/memory.h"
#include "trainer/evaluation/evaluate.h"
#include "trainer/fold_in/held_out_users.h"

#include <inttypes.h>

/* HR_INPUT where the dataset has no such part to evaluate on. */
static hr_status check_split(const hr_evaluated_model *m, const char *dataset, hr_error *err)
{
    const hr_split split = m->call->split;
    if (m->loaded.data.splits[split] > 0 || (split == HR_VALID && m->loaded.scoring.valid > 0.0))
        return HR_OK;
    return hr_fail(err, HR_INPUT, "%s: has no %s part to evaluate on", dataset,
                   split == HR_VALID ? "validation" : "test");
}

static bool asks_full(const hr_evaluation_call *call)
{
    for (int i = 0; i < call->protocols.count; i++)
        if (call->protocols.list[i].kind == HR_PROTOCOL_FULL)
            return true;
    return false;
}

/* Only lists of full ranking can be re-ranked. */
static hr_status check_diversity(const hr_evaluated_model *m, const char *dataset, hr_error *err)
{
    if (m->call->diversity == 0.0)
        return HR_OK;
    if (!asks_full(m->call))
        return hr_fail(err, HR_USAGE,
                       "--diversity re-ranks the lists of full ranking, which --protocol leaves out");
    return hr_mmr_check(&m->known.similarity, dataset, err);
}

/* HR_INPUT where no user who was drawn has anything held out. Collective. */
static hr_status check_users(const hr_evaluated_model *m, const hr_comm *comm, hr_error *err)
{
    const hr_ratings *r = &m->loaded.ratings;
    int64_t held_out = 0;
    if (m->call->users == 0)
        return HR_OK;
    for (int64_t i = 0; i < r->count; i++)
        held_out += r->split[i] == (uint8_t)m->call->split;
    hr_status status = hr_sum_i64(comm, &held_out, 1, err);
    if (status == HR_OK && held_out == 0)
        status = hr_fail(err, HR_INPUT,
                         "--users %" PRId64
                         ": nobody of those drawn has a held-out rating; ask for more users or "
                         "another --seed",
                         m->call->users);
    return status;
}

static hr_status mark_popular(hr_evaluated_model *m, hr_error *err)
{
    const hr_train_figures *train = &m->loaded.train;
    int32_t *count = NULL;
    hr_status status = HR_OK;
    HR_ALLOC(count, train->movies);
    HR_ALLOC(m->is_popular, train->movies);
    for (int64_t i = 0; i < train->movies; i++)
        count[i] = (int32_t)train->of_movie[i];
    HR_TRY(
        hr_popular_mark(count, train->movies, m->call->popular_share, m->is_popular, &m->popular_least, err));
done:
    free(count);
    return status;
}

/* Ranks all movies for all users, and measures the lists. Collective. */
static hr_status rank_fully(hr_evaluated_model *m, const hr_comm *comm, hr_error *err)
{
    const hr_evaluation_call *call = m->call;
    hr_list_tally lists = {0};
    const hr_mmr mmr = {call->diversity, &m->known.similarity};
    const hr_evaluation asked = {.split = call->split,
                                 .cutoffs = &call->cutoffs,
                                 .auc = true,
                                 .mmr = call->diversity > 0.0 ? &mmr : NULL,
                                 .lists = &lists,
                                 .figures = &m->figures};
    hr_status status = HR_OK;
    HR_TRY(hr_agree(comm, mark_popular(m, err), NULL, err));
    m->figures.is_popular = m->is_popular;
    m->figures.keeps_lists = call->keeps_lists;
    HR_TRY(hr_list_tally_create(&lists, comm, &m->loaded.train, &call->cutoffs, &m->known.similarity, err));
    const double start = hr_seconds();
    HR_TRY(hr_evaluate(comm, &m->loaded.scorer, &asked, &m->metrics, err));
    m->seconds = hr_seconds() - start;
    HR_TRY(hr_list_tally_finish(&lists, comm, m->lists, err));
    m->has_full = true;
done:
    hr_list_tally_free(&lists);
    return status;
}

/* Errors of ratings, of all users together and of each who is in the figures. */
static hr_status measure_errors(hr_evaluated_model *m, const hr_comm *comm, hr_error *err)
{
    const hr_ratings *r = &m->loaded.ratings;
    hr_status status = HR_OK;
    hr_user_errors *users = hr_alloc(r->users, sizeof *users);
    if (!users)
        status = hr_fail_memory(err, r->users, sizeof *users, "errors");
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_rating_errors_measure(comm, &m->loaded.scorer, m->call->split, &m->loaded.train, users,
                                    &m->errors, err));
    m->has_errors = true;
    for (int64_t i = 0; i < m->figures.count; i++) {
        hr_user_figure *figure = &m->figures.figure[i];
        const hr_user_errors *its = &users[figure->user - r->first_user];
        figure->ratings = its->ratings;
        figure->squared = its->squared;
        figure->absolute = its->absolute;
    }
done:
    free(users);
    return status;
}

/* Segments and intervals. */
static hr_status estimate(hr_evaluated_model *m, const hr_comm *comm, hr_error *err)
{
    const hr_evaluation_call *call = m->call;
    hr_status status =
        hr_figure_table_create(&m->table, &m->figures, &call->cutoffs, call->new_below, m->has_errors, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_estimate_figures(comm, &m->table, call->replicates, call->seed, m->estimate, err));
done:
    return status;
}

hr_status hr_evaluate_model(hr_evaluated_model *m, const hr_comm *comm, const char *checkpoint,
                            const char *dataset, const hr_evaluation_call *call, hr_error *err)
{
    hr_status status = HR_OK;
    m->call = call;
    m->loaded.sample_users = call->users;
    m->loaded.sample_seed = call->seed;
    m->loaded.mixing = call->mixing;
    HR_TRY(hr_load_scorer(&m->loaded, comm, checkpoint, dataset, err));
    HR_TRY(check_split(m, dataset, err));
    HR_TRY(check_users(m, comm, err));
    HR_TRY(hr_known_movies_read(&m->known, comm, dataset, err));
    HR_TRY(check_diversity(m, dataset, err));
    if (call->chooses_mixture)
        HR_TRY(hr_mixture_choose(&m->choice, comm, &m->loaded, &call->cutoffs, err));
    for (int i = 0; i < call->protocols.count; i++)
        if (call->protocols.list[i].kind == HR_PROTOCOL_FULL)
            HR_TRY(rank_fully(m, comm, err));
        else
            HR_TRY(hr_sampled_evaluate(comm, &m->loaded.scorer, call->split, &call->cutoffs,
                                       call->protocols.list[i].negatives, call->seed, &m->sampled[i], err));
    if (m->loaded.scoring.predicts_ratings)
        HR_TRY(measure_errors(m, comm, err));
    if (m->has_full)
        HR_TRY(estimate(m, comm, err));
done:
    return status;
}

void hr_evaluated_model_free(hr_evaluated_model *m)
{
    hr_figure_table_free(&m->table);
    hr_user_figures_free(&m->figures);
    free(m->is_popular);
    hr_known_movies_free(&m->known);
    hr_loaded_free(&m->loaded);
}
