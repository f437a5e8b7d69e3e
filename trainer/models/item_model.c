#include "trainer/models/item_model.h"

#include "io/base/memory.h"
#include "trainer/item_items/item_scores.h"
#include "trainer/item_items/weights_file.h"

void hr_item_model_destroy(void *state)
{
    hr_item_model *m = state;
    if (!m)
        return;
    hr_item_weights_free(&m->weights);
    free(m->kept_ptr);
    free(m);
}

hr_status hr_item_model_create(void **state, hr_graph_context *graph, const hr_model_config *config,
                               hr_error *err)
{
    hr_status status = HR_OK;
    hr_item_model *m = NULL;
    HR_ALLOC(m, 1);
    m->graph = graph;
    m->config = config;
    HR_TRY(hr_item_weights_create(&m->weights, &graph->grid.parts, graph->shard.movies, err));
    HR_ALLOC(m->kept_ptr, m->weights.count + 1);
    *state = m;
done:
    status = hr_agree(&graph->grid.parts, status, NULL, err);
    if (status != HR_OK) {
        hr_item_model_destroy(m);
        *state = NULL; /* another rank has failed */
    }
    return status;
}

void hr_item_model_rows(const hr_item_model *m, float *rows)
{
    const hr_shard *shard = &m->graph->shard;
    for (int64_t v = 0; v < shard->owned; v++) {
        const float degree = (float)shard->degree[v];
        rows[v] = v < shard->owned_users && degree > 0.0F ? 1.0F : degree;
    }
}

static hr_status keep(void *state, hr_checkpoint_extras *extras, hr_error *err)
{
    hr_item_model *m = state;
    return hr_item_weights_keep(&m->weights, &m->graph->grid.parts, m->kept_ptr, extras, err);
}

/* Dense weights; how many sparse ones there will be is not known. */
static int64_t kept_bytes(const void *state)
{
    const hr_item_model *m = state;
    const int64_t movies = m->weights.movies;
    return m->config->neighbours == 0 ? movies * movies * (int64_t)sizeof(float) : 0;
}

static hr_status resume(void *state, hr_h5 *checkpoint, hr_error *err)
{
    hr_item_model *m = state;
    return hr_agree(&m->graph->grid.parts, hr_item_weights_read(&m->weights, checkpoint, err), NULL, err);
}

/* What scores: all rows, its own or those of a state. */
typedef struct scores {
    hr_item_weights own;
    const hr_item_weights *weights;
} scores;

/* Scores by all rows, of each rank's block of them, which outlives them: a block of one rank is all rows. */
static hr_status gather(void **of, const hr_comm *comm, const hr_item_weights *mine, hr_error *err)
{
    hr_status status = HR_OK;
    scores *s = NULL;
    HR_ALLOC(s, 1);
    s->weights = comm->size == 1 ? mine : &s->own;
    *of = s;
done:
    status = hr_agree(comm, status, NULL, err);
    if (status != HR_OK || comm->size == 1)
        return status;
    return hr_item_weights_gather(&s->own, comm, mine, err);
}

static hr_status of_state(void **of, void *state, const float *movie_row, hr_error *err)
{
    (void)movie_row;
    const hr_item_model *m = state;
    return gather(of, &m->graph->grid.parts, &m->weights, err);
}

/* Makes weights that it scores by its own. */
static void take_over(scores *s, hr_item_weights *weights)
{
    s->own = *weights;
    s->weights = &s->own;
    *weights = (hr_item_weights){0};
}

static hr_status read(void **of, const hr_rating_source *source, hr_error *err)
{
    hr_item_weights mine = {0};
    hr_status status = hr_item_weights_create(&mine, source->comm, source->summary->movies, err);
    if (status == HR_OK)
        status = hr_item_weights_read(&mine, source->checkpoint, err);
    HR_TRY(hr_agree(source->comm, status, NULL, err));
    HR_TRY(gather(of, source->comm, &mine, err));
    if (source->comm->size == 1)
        take_over(*of, &mine);
done:
    hr_item_weights_free(&mine);
    return status;
}

static void destroy(void *of)
{
    scores *s = of;
    if (s)
        hr_item_weights_free(&s->own);
    free(s);
}

const hr_item_weights *hr_item_model_weights(const void *of)
{
    const scores *s = of;
    return s->weights;
}

static hr_status workspace_create(void **workspace, const void *of, hr_error *err)
{
    (void)of;
    (void)err;
    *workspace = NULL; /* none is needed */
    return HR_OK;
}

static void workspace_destroy(void *workspace)
{
    (void)workspace;
}

static void score(const void *of, void *workspace, const hr_ratings *ratings, const int64_t *user,
                  int64_t users, float *score)
{
    (void)workspace;
    hr_item_scores(hr_item_model_weights(of), ratings, user, users, score);
}

static void shares(const void *of, void *workspace, int64_t movie, float *share)
{
    (void)workspace;
    hr_item_weights_column(hr_item_model_weights(of), movie, share);
}

static void similar(const void *of, void *workspace, int64_t movie, float *score)
{
    (void)workspace;
    hr_item_weights_row(hr_item_model_weights(of), movie, score);
}

const hr_rating_scores hr_item_model_scores = {.kept_bytes = kept_bytes,
                                               .keep = keep,
                                               .resume = resume,
                                               .of_state = of_state,
                                               .read = read,
                                               .destroy = destroy,
                                               .workspace_create = workspace_create,
                                               .workspace_destroy = workspace_destroy,
                                               .score = score,
                                               .shares = shares,
                                               .similar = similar};
