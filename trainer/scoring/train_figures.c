#include "trainer/scoring/train_figures.h"

#include "io/base/memory.h"
#include "io/comm/row_block.h"

#include <math.h>

hr_status hr_train_figures_begin(hr_train_figures *f, int64_t movies, hr_error *err)
{
    hr_status status = HR_OK;
    *f = (hr_train_figures){.movies = movies, .lowest = INFINITY, .highest = -INFINITY};
    HR_ALLOC(f->of_movie, movies);
done:
    return status;
}

void hr_train_figures_add(hr_train_figures *f, const hr_ratings *ratings)
{
    f->users += ratings->users;
    for (int64_t i = 0; i < ratings->count; i++) {
        if (ratings->split[i] != HR_TRAIN)
            continue;
        f->of_movie[ratings->movie[i]] += 1.0;
        if (!ratings->value)
            continue;
        f->lowest = fmin(f->lowest, (double)ratings->value[i]);
        f->highest = fmax(f->highest, (double)ratings->value[i]);
    }
}

hr_status hr_train_figures_finish(hr_train_figures *f, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    double most[2] = {-f->lowest, f->highest};
    HR_TRY(hr_sum_i64(comm, &f->users, 1, err));
    HR_TRY(hr_sum_f64(comm, f->of_movie, f->movies, err));
    HR_TRY(hr_max_f64(comm, most, 2, err));
    f->lowest = -most[0];
    f->highest = most[1];
done:
    return status;
}

hr_status hr_train_figures_of(hr_train_figures *f, const hr_comm *comm, const hr_ratings *ratings,
                              hr_error *err)
{
    hr_status status = hr_train_figures_begin(f, ratings->movies, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    hr_train_figures_add(f, ratings);
    HR_TRY(hr_train_figures_finish(f, comm, err));
done:
    return status;
}

static hr_status add_slice(void *figures, hr_ratings *slice, hr_error *err)
{
    (void)err;
    hr_train_figures_add(figures, slice);
    return HR_OK;
}

hr_status hr_train_figures_read(hr_train_figures *f, const hr_comm *comm, hr_h5 *dataset,
                                const hr_dataset_summary *summary, double valid, bool with_values,
                                hr_error *err)
{
    const hr_row_block mine = hr_row_block_of(comm, summary->users, summary->movies);
    hr_status status = hr_train_figures_begin(f, summary->movies, err);
    if (status == HR_OK)
        status = hr_dataset_each_slice(dataset, mine.first_user, mine.users, valid, with_values, add_slice, f,
                                       err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_train_figures_finish(f, comm, err));
done:
    return status;
}

void hr_train_figures_free(hr_train_figures *f)
{
    free(f->of_movie);
    *f = (hr_train_figures){0};
}
