#include "trainer/export/export_rows.h"

#include "io/base/memory.h"
#include "io/checkpoint/checkpoint.h"
#include "io/dataset/dataset.h"
#include "io/dataset/dataset_verify.h"
#include "io/dataset/ids_file.h"
#include "trainer/export/index_rows.h"
#include "trainer/models/model.h"

/* The files that rows are read from. */
typedef struct sources {
    hr_h5 *trained, *data;
    hr_checkpoint_summary model;
    hr_dataset_summary summary;
    json_t *run;
} sources;

static hr_status open_files(sources *s, hr_export_rows *r, const char *checkpoint, const char *dataset,
                            hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_checkpoint_open(&s->trained, &s->model, &s->run, checkpoint, err));
    HR_TRY(hr_dataset_open(&s->data, &s->summary, dataset, err));
    HR_TRY(hr_checkpoint_match(s->trained, &s->model, s->summary.fingerprint, s->summary.users,
                               s->summary.movies, err));
    const hr_graph_size size = {s->summary.users, s->summary.movies, s->summary.splits[HR_TRAIN]};
    HR_TRY(hr_fail_in(err,
                      hr_train_config_from_json(json_object_get(s->run, "options"), size, &r->config, err),
                      checkpoint));
    HR_TRY(hr_checkpoint_fits(s->trained, &s->model, r->config.model.table->name, r->config.model.dim, err));
    r->users = s->summary.users;
    r->movies = s->summary.movies;
done:
    return status;
}

static hr_status read_rows(const sources *s, const char *name, const hr_row_block *block, float **out,
                           hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(*out, (block->users + block->movies) * s->model.dim);
    HR_TRY(hr_checkpoint_read(s->trained, &s->model, &(hr_checkpoint_rows){name, *out}, block, err));
done:
    return status;
}

static hr_status read_names(hr_h5 *data, hr_export_rows *r, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_row_block *b = &r->block;
    hr_strings genre = {0};
    HR_TRY(hr_ids_read(data, "user/id", b->first_user, b->users, &r->user_id, err));
    HR_TRY(hr_ids_read(data, "movie/id", b->first_movie, b->movies, &r->movie_id, err));
    HR_TRY(hr_h5_read_strings(data, "movie/title", b->first_movie, b->movies, &r->title, err));
    int64_t genres = 0;
    HR_TRY(hr_h5_shape(data, "genre/name", &genres, NULL, err));
    HR_TRY(hr_h5_read_strings(data, "genre/name", 0, genres, &genre, err));
    for (int64_t m = 0; m < b->movies; m++)
        HR_TRY(hr_genres_read_joined(data, &genre, b->first_movie + m, &r->genres, err));
done:
    hr_strings_free(&genre);
    return status;
}

/* What one rank reads and allocates. */
static hr_status read_all(sources *s, hr_export_rows *r, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    r->block = hr_row_block_of(comm, r->users, r->movies);
    HR_TRY(read_rows(s, HR_SOURCE_OUTPUT, &r->block, &r->output, err));
    HR_TRY(read_rows(s, s->model.source, &r->block, &r->source, err));
    HR_TRY(read_names(s->data, r, err));
    if (hr_export_is_dot_product(r))
        HR_ALLOC(r->index, (r->block.users + r->block.movies) * (r->config.model.dim + 1));
done:
    return status;
}

bool hr_export_is_dot_product(const hr_export_rows *r)
{
    return r->config.loss.mlp.layers == 0 && r->config.scoring.mixture[0] == '\0';
}

static hr_status make_index(hr_export_rows *r, const hr_comm *comm, hr_error *err)
{
    const int64_t dim = r->config.model.dim;
    const float *movies = r->output + r->block.users * dim;
    double square = r->index ? hr_index_largest_square(movies, r->block.movies, dim) : 0.0;
    const hr_status status = hr_max_f64(comm, &square, 1, err);
    if (status == HR_OK && r->index) {
        hr_index_rows(r->output, r->block.users, dim, 0.0, r->index);
        hr_index_rows(movies, r->block.movies, dim, square, r->index + r->block.users * (dim + 1));
    }
    return status;
}

static void add_pair(hr_export_rows *r, const char *users, const char *movies, const float *rows,
                     int64_t cols)
{
    const hr_row_block *b = &r->block;
    r->matrix[r->count++] = (hr_export_matrix){users, true, {r->users, cols, b->first_user, b->users, rows}};
    r->matrix[r->count++] = (hr_export_matrix){
        movies, false, {r->movies, cols, b->first_movie, b->movies, rows + b->users * cols}};
}

hr_status hr_export_rows_read(hr_export_rows *r, const hr_comm *comm, const char *checkpoint,
                              const char *dataset, hr_error *err)
{
    sources s = {0};
    hr_status status = open_files(&s, r, checkpoint, dataset, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_dataset_verify(comm, s.data, &s.summary, err));
    status = read_all(&s, r, comm, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(make_index(r, comm, err));
    const int64_t dim = r->config.model.dim;
    add_pair(r, "users", "movies", r->output, dim);
    add_pair(r, "users_layer0", "movies_layer0", r->source, dim);
    if (r->index)
        add_pair(r, "index_users", "index_movies", r->index, dim + 1);
done:
    json_decref(s.run);
    hr_h5_close(s.trained);
    hr_h5_close(s.data);
    return status;
}

void hr_export_rows_free(hr_export_rows *r)
{
    free(r->output);
    free(r->source);
    free(r->index);
    hr_ids_free(&r->user_id);
    hr_ids_free(&r->movie_id);
    hr_strings_free(&r->title);
    hr_strings_free(&r->genres);
    *r = (hr_export_rows){0};
}
