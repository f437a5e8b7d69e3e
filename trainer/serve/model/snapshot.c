#include "trainer/serve/model/snapshot.h"

#include "io/base/memory.h"
#include "io/base/search.h"
#include "io/dataset/ids_file.h"
#include "trainer/models/model.h"
#include "trainer/serve/model/hidden_users.h"

#include <hdf5.h>
#include <malloc.h>
#include <string.h>

enum { USUAL_DEPTH = 10 };

static hr_status check_threads(hr_error *err)
{
    hbool_t safe = false;
    if (H5is_library_threadsafe(&safe) >= 0 && safe)
        return HR_OK;
    return hr_fail(
        err, HR_USAGE,
        "this HDF5 library is not built for threads; a server needs one that is, such as Debian's");
}

static hr_status check_stop(const hr_snapshot *s, hr_error *err)
{
    if (!s->stop.asked || !s->stop.asked(s->stop.context))
        return HR_OK;
    return hr_fail(err, HR_STOPPED, "%s: loading is given up", s->checkpoint);
}

/* What a pass over the ratings fills. */
static hr_status add_slice(void *context, hr_ratings *slice, hr_error *err)
{
    hr_status status = HR_OK;
    hr_snapshot *s = context;
    HR_TRY(check_stop(s, err));
    hr_train_figures_add(&s->train, slice);
    HR_TRY(hr_rated_lists_add(&s->rated, slice, err));
    for (int i = 0; i <= s->loaded.others; i++) {
        const hr_loaded *l = hr_loaded_model(&s->loaded, i);
        float *row = s->user_row[i] + slice->first_user * l->model.dim;
        if (l->newcomers.fold_in.method) /* some users are held out whole */
            HR_TRY(hr_fold_in_block(&l->newcomers.fold_in, slice, row, err));
    }
done:
    return status;
}

/* One pass over the ratings, once users' rows are read. */
static hr_status read_ratings(hr_snapshot *s, hr_error *err)
{
    const hr_comm alone = hr_comm_alone();
    const hr_loaded *l = &s->loaded;
    hr_status status = HR_OK;
    HR_TRY(hr_train_figures_begin(&s->train, l->data.movies, err));
    HR_TRY(hr_rated_lists_create(&s->rated, l->data.users, l->data.movies, l->data.ratings, err));
    HR_TRY(hr_dataset_each_slice(l->source.dataset, 0, l->data.users, l->source.valid,
                                 l->scoring.predicts_ratings, add_slice, s, err));
    HR_TRY(hr_train_figures_finish(&s->train, &alone, err));
    hr_rated_lists_finish(&s->rated);
    for (int i = 0; i <= l->others; i++)
        HR_TRY(hr_loaded_check_rows(hr_loaded_model(l, i), s->user_row[i], l->data.users, err));
    s->ranking = (hr_ranking){.clips = l->scoring.predicts_ratings && l->mixer.mixture.bands == 0,
                              .lowest = s->train.lowest,
                              .highest = s->train.highest};
done:
    return status;
}

static hr_status read_users(hr_snapshot *s, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_loaded *l = &s->loaded;
    HR_TRY(hr_ids_read(l->source.dataset, "user/id", 0, l->data.users, &s->user_id, err));
    for (int i = 0; i <= l->others; i++)
        HR_TRY(hr_user_rows_read(&s->user_row[i], &hr_loaded_model(l, i)->source, 0, l->data.users, err));
done:
    return status;
}

static hr_status load(hr_snapshot *s, hr_error *err)
{
    const hr_comm alone = hr_comm_alone();
    hr_status status = HR_OK;
    HR_TRY(check_threads(err));
    HR_TRY(hr_load_model(&s->loaded, &alone, s->checkpoint, s->dataset, err));
    HR_TRY(check_stop(s, err));
    HR_TRY(hr_catalogue_read(&s->catalogue, &alone, s->dataset, err));
    HR_TRY(hr_known_movies_read(&s->known, &alone, s->dataset, err));
    HR_TRY(read_users(s, err));
    HR_TRY(read_ratings(s, err));
    HR_TRY(check_stop(s, err));
    HR_TRY(hr_load_fold_in(&s->loaded, err));
    for (int i = 0; i < s->threads; i++)
        HR_TRY(hr_lists_workspace_create(&s->workspace[i], &s->loaded.scorer, USUAL_DEPTH, err));
done:
    return status;
}

/* What loading has freed, some tens of MB, goes back to the system. */
static void give_back_memory(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

hr_status hr_snapshot_load(hr_snapshot **snapshot, const hr_snapshot_source *source, hr_error *err)
{
    hr_status status = HR_OK;
    hr_snapshot *s = NULL;
    HR_ALLOC(s, 1);
    s->holders = 1;
    s->loaded.mixing = source->mixing;
    s->threads = source->threads < HR_SNAPSHOT_THREADS ? source->threads : HR_SNAPSHOT_THREADS;
    s->loaded_at = time(NULL);
    s->stop = source->stop;
    pthread_mutex_init(&s->mutex, NULL);
    pthread_mutex_init(&s->attaching, NULL);
    s->checkpoint = strdup(source->checkpoint);
    s->dataset = strdup(source->dataset);
    if (!s->checkpoint || !s->dataset)
        HR_TRY(hr_fail(err, HR_MEMORY, "out of memory: no room for paths"));
    HR_TRY(load(s, err));
    give_back_memory();
    *snapshot = s;
    s = NULL;
done:
    hr_snapshot_release(s);
    return status;
}

static void free_snapshot(hr_snapshot *s)
{
    if (s->attached_free)
        s->attached_free(s->attached);
    hr_explainer_free(&s->explainer);
    hr_mixer_free(&s->mixer);
    for (int i = 0; i < s->threads; i++)
        hr_lists_workspace_free(&s->workspace[i]);
    hr_raters_free(&s->raters);
    hr_rated_lists_free(&s->rated);
    for (int i = 0; i < HR_MIXTURE_MODELS; i++)
        free(s->user_row[i]);
    hr_ids_free(&s->user_id);
    hr_train_figures_free(&s->train);
    hr_known_movies_free(&s->known);
    hr_catalogue_free(&s->catalogue);
    hr_loaded_free(&s->loaded);
    free(s->checkpoint);
    free(s->dataset);
    pthread_mutex_destroy(&s->attaching);
    pthread_mutex_destroy(&s->mutex);
    free(s);
}

void hr_snapshot_release(hr_snapshot *snapshot)
{
    if (snapshot && atomic_fetch_sub(&snapshot->holders, 1) == 1)
        free_snapshot(snapshot);
}

int64_t hr_snapshot_find_user(const hr_snapshot *snapshot, const char *id)
{
    return hr_is_hidden_user(id) ? HR_NOT_FOUND : hr_ids_find(&snapshot->user_id, id, (int64_t)strlen(id));
}

hr_status hr_snapshot_pass(hr_snapshot *snapshot, hr_rating_pass *pass, hr_error *err)
{
    hr_status status = HR_OK;
    hr_raters *raters = &snapshot->raters;
    pthread_mutex_lock(&snapshot->mutex);
    if (!raters->lists)
        status = hr_raters_create(raters, &snapshot->rated, err);
    if (status != HR_OK)
        hr_raters_free(raters);
    pthread_mutex_unlock(&snapshot->mutex);
    *pass = hr_raters_pass(raters);
    return status;
}

hr_status hr_snapshot_explainer(hr_snapshot *snapshot, const hr_explainer **explainer, hr_error *err)
{
    hr_rating_pass pass;
    hr_status status = hr_snapshot_pass(snapshot, &pass, err);
    if (status != HR_OK)
        return status;
    pthread_mutex_lock(&snapshot->mutex);
    if (!snapshot->explainer.loaded) {
        status = hr_explainer_create(&snapshot->explainer, &snapshot->loaded, &snapshot->catalogue, err);
        snapshot->explainer.pass = pass;
    }
    if (status != HR_OK)
        hr_explainer_free(&snapshot->explainer);
    pthread_mutex_unlock(&snapshot->mutex);
    *explainer = &snapshot->explainer;
    return status;
}

hr_status hr_snapshot_mixer(hr_snapshot *snapshot, const hr_mixer **mixer, hr_error *err)
{
    const hr_comm alone = hr_comm_alone();
    hr_status status = HR_OK;
    hr_scoring_config config = snapshot->loaded.scoring;
    const int models = 1 + snapshot->loaded.others;
    static const char *const all[HR_MIXTURE_MODELS] = {"1/1/1", "1/1/1/1", "1/1/1/1/1", "1/1/1/1/1/1"};
    snprintf(config.mixture, sizeof config.mixture, "%s", all[models - 1]);
    config.valid = 0.0; /* nothing is evaluated: all that is known may be used */
    pthread_mutex_lock(&snapshot->mutex);
    if (snapshot->mixer.mixture.bands == 0)
        status = hr_mixer_create(&snapshot->mixer, &alone, snapshot->dataset, models, &config, err);
    if (status != HR_OK)
        hr_mixer_free(&snapshot->mixer);
    pthread_mutex_unlock(&snapshot->mutex);
    *mixer = &snapshot->mixer;
    return status;
}
