#include "trainer/serve/model/snapshot.h"

#include "io/base/memory.h"

static hr_status load(hr_snapshot *s, hr_error *err)
{
    const hr_comm alone = hr_comm_alone();
    hr_status status = HR_OK;
    HR_TRY(hr_load_model(&s->loaded, &alone, s->checkpoint, s->dataset, err));
    HR_TRY(hr_catalogue_read(&s->catalogue, &alone, s->dataset, err));
    HR_TRY(hr_known_movies_read(&s->known, &alone, s->dataset, err));
    HR_TRY(hr_train_figures_read(&s->train, &alone, s->loaded.source.dataset, &s->loaded.data,
                                 s->loaded.source.valid, s->loaded.scoring.predicts_ratings, err));
    HR_TRY(hr_load_fold_in(&s->loaded, err));
done:
    return status;
}

hr_status hr_snapshot_load(hr_snapshot **snapshot, const char *checkpoint, const char *dataset, hr_error *err)
{
    hr_status status = HR_OK;
    hr_snapshot *s = NULL;
    HR_ALLOC(s, 1);
    s->holders = 1;
    s->checkpoint = checkpoint;
    s->dataset = dataset;
    s->loaded_at = time(NULL);
    pthread_mutex_init(&s->files, NULL);
    HR_TRY(load(s, err));
    *snapshot = s;
    s = NULL;
done:
    hr_snapshot_release(s);
    return status;
}

void hr_snapshot_release(hr_snapshot *snapshot)
{
    if (!snapshot || atomic_fetch_sub(&snapshot->holders, 1) > 1)
        return;
    hr_train_figures_free(&snapshot->train);
    hr_known_movies_free(&snapshot->known);
    hr_catalogue_free(&snapshot->catalogue);
    hr_loaded_free(&snapshot->loaded);
    pthread_mutex_destroy(&snapshot->files);
    free(snapshot);
}
