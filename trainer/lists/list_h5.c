/* Lists as an HDF5 file. */
#include "io/base/memory.h"
#include "io/dataset/ids_file.h"
#include "io/hdf5/h5.h"
#include "trainer/lists/list_format.h"

#define FORMAT "halorec-lists"

enum { VERSION = 1 };

/* Where the arrays of lists begin in the file, and a block's rows of them. */
typedef struct list_h5 {
    int64_t count_at, movie_at, score_at;
    int32_t *count, *movie;
    float *score;
    int64_t count_capacity, movie_capacity, score_capacity;
} list_h5;

static void destroy(void *state)
{
    list_h5 *h = state;
    if (!h)
        return;
    free(h->count);
    free(h->movie);
    free(h->score);
    free(h);
}

static hr_status write_attributes(hr_h5 *file, const hr_list_target *target, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_recommender *r = target->recommender;
    HR_TRY(hr_h5_set_i64(file, "users", target->users->count, err));
    HR_TRY(hr_h5_set_i64(file, "movies", r->catalogue.movies, err));
    HR_TRY(hr_h5_set_i64(file, "k", r->rules.top, err));
    HR_TRY(hr_h5_set_text(file, "fingerprint", r->loaded.data.fingerprint, err));
    HR_TRY(hr_h5_set_text(file, "model", r->loaded.source.summary.model, err));
done:
    return status;
}

/* All but the lists. */
static hr_status write_names(hr_h5 *file, const hr_list_target *target, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_recommender *r = target->recommender;
    hr_ids users = {0};
    HR_TRY(write_attributes(file, target, err));
    HR_TRY(hr_list_users_ids(&users, target->users, r->loaded.source.dataset, err));
    HR_TRY(hr_ids_write(file, "user/id", &users, err));
    HR_TRY(hr_ids_write(file, "movie/id", &r->catalogue.id, err));
    HR_TRY(hr_h5_write_strings(file, "movie/title", &r->catalogue.title, err));
done:
    hr_ids_free(&users);
    return status;
}

static hr_status lay_out(list_h5 *h, const hr_list_target *target, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    const int64_t users = target->users->count, k = target->recommender->rules.top;
    const int64_t bytes = users * (int64_t)(sizeof *h->count + sizeof(int64_t)) +
                          users * k * (int64_t)(sizeof *h->movie + sizeof *h->score);
    HR_TRY(hr_h5_create(&file, target->path, FORMAT, VERSION, bytes, err));
    HR_TRY(write_names(file, target, err));
    HR_TRY(hr_h5_declare(file, "list/count", HR_H5_I32, users, 1, err));
    HR_TRY(hr_h5_declare(file, "list/movie", HR_H5_I32, users, k, err));
    HR_TRY(hr_h5_declare(file, "list/score", HR_H5_F32, users, k, err));
    HR_TRY(hr_h5_offset(file, "list/count", &h->count_at, err));
    HR_TRY(hr_h5_offset(file, "list/movie", &h->movie_at, err));
    HR_TRY(hr_h5_offset(file, "list/score", &h->score_at, err));
    HR_TRY(hr_h5_hand_over(file, err));
done:
    hr_h5_close(file);
    return status;
}

static hr_status create(void **state, const hr_list_target *target, hr_error *err)
{
    hr_status status = HR_OK;
    list_h5 *h = NULL;
    HR_ALLOC(h, 1);
    *state = h;
    if (target->comm->rank == 0)
        HR_TRY(lay_out(h, target, err));
done:
    return status;
}

/* Copies lists to rows of one length. */
static hr_status fill_rows(list_h5 *h, int64_t users, const hr_lists *lists, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t k = lists->k;
    HR_GROW(h->count, h->count_capacity, users);
    HR_GROW(h->movie, h->movie_capacity, users * k);
    HR_GROW(h->score, h->score_capacity, users * k);
    for (int64_t i = 0; i < users; i++)
        h->count[i] = (int32_t)lists->count[i];
    for (int64_t i = 0; i < users * k; i++) {
        const bool is_there = i % k < lists->count[i / k];
        h->movie[i] = is_there ? lists->movie[i] : -1;
        h->score[i] = is_there ? lists->score[i] : 0.0F;
    }
done:
    return status;
}

static hr_status write_rows(list_h5 *h, const hr_list_target *target, int64_t first, int64_t users,
                            const hr_lists *lists, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t k = lists->k, width = (int64_t)sizeof(int32_t);
    HR_TRY(fill_rows(h, users, lists, err));
    HR_TRY(hr_shared_write(target->file, h->count_at + first * width, h->count, users * width, err));
    HR_TRY(hr_shared_write(target->file, h->movie_at + first * k * width, h->movie, users * k * width, err));
    HR_TRY(hr_shared_write(target->file, h->score_at + first * k * width, h->score, users * k * width, err));
done:
    return status;
}

static hr_status write_lists(void *state, const hr_list_target *target, int64_t first,
                             const hr_user_block *users, const hr_lists *lists, hr_error *err)
{
    list_h5 *h = state;
    int64_t at[3] = {h->count_at, h->movie_at, h->score_at}; /* known to rank 0 */
    hr_status status = hr_broadcast(target->comm, at, sizeof at, 0, err);
    HR_TRY(status);
    h->count_at = at[0];
    h->movie_at = at[1];
    h->score_at = at[2];
    if (users->users > 0)
        status = write_rows(h, target, first, users->users, lists, err);
    status = hr_agree(target->comm, status, NULL, err);
done:
    return status;
}

const hr_list_format hr_list_format_h5 = {
    .suffix = ".h5", .h5_format = FORMAT, .create = create, .write = write_lists, .destroy = destroy};
