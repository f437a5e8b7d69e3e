#include "trainer/figures/chosen_users.h"

#include "io/base/memory.h"
#include "io/dataset/ids_file.h"

#include <stdlib.h>

/* A user, to be sorted. */
typedef struct active {
    int64_t user, ratings;
} active;

static bool is_seen(uint8_t split)
{
    return split == HR_TRAIN || split == HR_KNOWN;
}

static int least_active_first(const void *a, const void *b)
{
    const active *x = a, *y = b;
    if (x->ratings != y->ratings)
        return x->ratings < y->ratings ? -1 : 1;
    return (x->user > y->user) - (x->user < y->user);
}

hr_status hr_choose_users(const hr_run_model *model, int64_t users, int64_t **user, int64_t *count,
                          hr_error *err)
{
    hr_status status = HR_OK;
    const hr_ratings *ratings = &model->loaded.ratings;
    active *all = NULL;
    int64_t known = 0;
    HR_ALLOC(all, ratings->users);
    for (int64_t u = 0; u < ratings->users; u++) {
        all[known] = (active){u, 0};
        for (int64_t i = ratings->ptr[u]; i < ratings->ptr[u + 1]; i++)
            all[known].ratings += is_seen(ratings->split[i]);
        known += all[known].ratings > 0;
    }
    qsort(all, (size_t)known, sizeof *all, least_active_first);
    *count = users < known ? users : known;
    HR_ALLOC(*user, *count);
    for (int64_t i = 0; i < *count; i++)
        (*user)[i] = all[(2 * i + 1) * known / (2 * *count)].user;
done:
    free(all);
    return status;
}

/* A movie, to be sorted. */
typedef struct rated {
    hr_liked liked;
    int64_t popularity;
} rated;

static int best_first(const void *a, const void *b)
{
    const rated *x = a, *y = b;
    if (x->liked.value != y->liked.value)
        return x->liked.value > y->liked.value ? -1 : 1;
    if (x->popularity != y->popularity)
        return x->popularity > y->popularity ? -1 : 1;
    return (x->liked.movie > y->liked.movie) - (x->liked.movie < y->liked.movie);
}

/* Sorts what training sees of a user's ratings into *liked. */
static hr_status sort_liked(const hr_run_model *model, const hr_ratings *slice, hr_liked **liked,
                            int64_t *count, hr_error *err)
{
    hr_status status = HR_OK;
    rated *all = NULL;
    *count = 0;
    HR_ALLOC(all, slice->count);
    HR_ALLOC(*liked, slice->count);
    for (int64_t i = 0; i < slice->count; i++)
        if (is_seen(slice->split[i]))
            all[(*count)++] = (rated){{slice->movie[i], slice->value[i]}, model->popularity[slice->movie[i]]};
    qsort(all, (size_t)*count, sizeof *all, best_first);
    for (int64_t i = 0; i < *count; i++)
        (*liked)[i] = all[i].liked;
done:
    free(all);
    return status;
}

hr_status hr_liked_movies(const hr_run_model *model, int64_t user, hr_liked **liked, int64_t *count,
                          hr_ids *id, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_dataset_summary summary;
    hr_ratings slice = {0};
    HR_TRY(hr_dataset_open(&file, &summary, model->dataset, err));
    HR_TRY(hr_dataset_read_slice(file, user, 1, model->loaded.scoring.valid, &slice, err));
    HR_TRY(hr_dataset_read_values(file, &slice, err));
    HR_TRY(hr_ids_read_one(file, "user/id", user, id, err));
    HR_TRY(sort_liked(model, &slice, liked, count, err));
done:
    hr_ratings_free(&slice);
    hr_h5_close(file);
    return status;
}
