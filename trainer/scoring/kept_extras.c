#include "trainer/scoring/kept_extras.h"

#include "io/dataset/dataset.h"

static hr_status add(hr_checkpoint_extras *e, const hr_comm *comm, const char *name, hr_h5_type type,
                     int64_t rows, int64_t cols, const void *data, hr_error *err)
{
    hr_checkpoint_array a = {.type = type, .rows = rows, .cols = cols, .data = data};
    snprintf(a.name, sizeof a.name, "content/%s", name);
    return rows * cols > 0 ? hr_checkpoint_add(e, comm, &a, err) : HR_OK;
}

static hr_status add_mixer(hr_checkpoint_extras *e, const hr_comm *comm, const hr_mixer *mixer,
                           int64_t movies, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_content *c = &mixer->content;
    const hr_text *text = &c->text;
    if (mixer->mixture.bands == 0)
        return HR_OK;
    HR_TRY(add(e, comm, "popularity", HR_H5_F32, movies, 1, mixer->popularity, err));
    if (!mixer->uses_content)
        return HR_OK;
    HR_TRY(add(e, comm, "ptr", HR_H5_I64, movies + 1, 1, text->ptr, err));
    HR_TRY(add(e, comm, "term", HR_H5_I32, text->ptr[movies], 1, text->term, err));
    HR_TRY(add(e, comm, "weight", HR_H5_F32, text->ptr[movies], 1, text->weight, err));
    HR_TRY(add(e, comm, "features", HR_H5_F32, movies, c->columns, c->features, err));
done:
    return status;
}

hr_status hr_kept_extras_read(hr_checkpoint_extras *e, const hr_comm *comm, const char *dataset,
                              const hr_mixer *mixer, hr_error *err)
{
    hr_h5 *file = NULL;
    hr_dataset_summary data;
    hr_status status = hr_dataset_open(&file, &data, dataset, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_checkpoint_add_ids(e, comm, file, data.users, data.movies, err));
    status = add_mixer(e, comm, mixer, data.movies, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
done:
    hr_h5_close(file);
    return status;
}
