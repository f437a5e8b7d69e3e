#include "trainer/run/memory_need.h"

#include "trainer/models/model.h"

#include <unistd.h>

/* Memory of a sample of the batch: its positive and its gradients. */
enum { SAMPLE_BYTES = 36 };

/* Memory of an edge in tiles: its byte, and its share of a run of at least three (propagation/tiled_edges.h). */
enum { TILED_EDGE_BYTES = 3 };

/* Least squares: memory of an edge, and floats for each entry of a Gram matrix. */
enum { SOLVED_EDGE_BYTES = 18, SOLVED_GRAMS = 12 };

/* What a model takes that solves for its rows, beside rows. */
static int64_t solver_need(const hr_part_size *size, const hr_model_config *model)
{
    const int64_t floats = (int64_t)sizeof(float), gram = model->dim * model->dim;
    return model->table->solve ? SOLVED_EDGE_BYTES * size->edges + SOLVED_GRAMS * gram * floats : 0;
}

/* What validation takes: the rows of all movies, the ratings of users in its sample, which are about those of this
 * rank's edges and an eighth of them each for valid and test, and where each user's begin. An array that grows has up
 * to twice the room. */
static double validation_need(const hr_part_size *size, int32_t groups, const hr_train_config *config)
{
    const hr_graph_size *whole = &size->whole;
    const bool is_sample = config->run.eval_users < whole->users;
    const double share = is_sample ? 2.0 * (double)config->run.eval_users / (double)whole->users : 1.0;
    const double ratings = 1.25 * (double)size->edges / groups;
    const double rating =
        sizeof(int32_t) + sizeof(uint8_t) + (config->scoring.predicts_ratings ? sizeof(float) : 0);
    const double movie = (double)config->model.dim * sizeof(float) + sizeof(double);
    return movie * (double)whole->movies + share * ratings * rating +
           (double)(size->owned * (int64_t)sizeof(int64_t));
}

int64_t hr_memory_need(const hr_part_size *size, int32_t groups, const hr_train_config *config)
{
    const int64_t floats = (int64_t)sizeof(float), columns = (config->model.dim + groups - 1) / groups;
    const int64_t owned = size->owned, rows = owned + size->ghosts;
    /* parameter, two moments, best output; a copy, and the parameters of the best epoch */
    const int64_t state = (*config->checkpoint.path ? 6 : 4) * owned;
    const int64_t wide = config->run.reproducible ? 2 : 1;    /* doubles */
    const int64_t step = 2 * rows + (wide - 1) * 2 * rows;    /* output, gradient, reproducible sums of it */
    const int64_t panels = wide * (rows + size->movie_slots); /* a movie's line is two rows */
    const int64_t blocks = 6 * owned; /* a block, whole rows, buffers in and out, its halo */
    const int64_t halo =
        wide * 2 * (size->sent + size->ghosts); /* channels of rows and of batches of panels */
    const int64_t batch = config->sampling.batch;
    const int64_t pool =
        4 * (config->sampling.pool > 0 ? config->sampling.pool : batch); /* rows twice, sums, buffers */
    const int64_t locate = size->whole.users + 2 * size->whole.movies + 4 * size->user_slots;
    const int64_t values = config->scoring.predicts_ratings ? size->rated : 0;
    return (int64_t)validation_need(size, groups, config) +
           columns * floats * (state + step + panels + blocks + halo + pool) + hr_part_bytes(size) +
           size->edges * TILED_EDGE_BYTES + floats * (locate + values + 2 * rows) + batch * SAMPLE_BYTES +
           solver_need(size, &config->model);
}

hr_status hr_memory_available(const hr_comm *comm, int64_t *bytes, hr_error *err)
{
    hr_status status = HR_OK;
    MPI_Comm host;
    int ranks = 1;
    HR_TRY(hr_mpi(MPI_Comm_split_type(comm->mpi, MPI_COMM_TYPE_SHARED, comm->rank, MPI_INFO_NULL, &host),
                  "finding the ranks of a host", err));
    MPI_Comm_size(host, &ranks);
    MPI_Comm_free(&host);
    *bytes = -((int64_t)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE) / ranks);
    HR_TRY(hr_max_i64(comm, bytes, 1, err));
    *bytes = -*bytes;
done:
    return status;
}
