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

static hr_status resume(void *state, hr_h5 *checkpoint, hr_error *err)
{
    hr_item_model *m = state;
    return hr_agree(&m->graph->grid.parts, hr_item_weights_read(&m->weights, checkpoint, err), NULL, err);
}

/* All rows, of each rank's block of them. */
static hr_status gather(void **scores, const hr_comm *comm, const hr_item_weights *mine, hr_error *err)
{
    hr_status status = HR_OK;
    hr_item_weights *all = NULL;
    HR_ALLOC(all, 1);
    *scores = all;
done:
    status = hr_agree(comm, status, NULL, err);
    return status == HR_OK ? hr_item_weights_gather(all, comm, mine, err) : status;
}

static hr_status of_state(void **scores, void *state, const float *movie_row, hr_error *err)
{
    (void)movie_row;
    const hr_item_model *m = state;
    return gather(scores, &m->graph->grid.parts, &m->weights, err);
}

static hr_status read(void **scores, const hr_rating_source *source, hr_error *err)
{
    hr_item_weights mine = {0};
    hr_status status = hr_item_weights_create(&mine, source->comm, source->summary->movies, err);
    if (status == HR_OK)
        status = hr_item_weights_read(&mine, source->checkpoint, err);
    HR_TRY(hr_agree(source->comm, status, NULL, err));
    HR_TRY(gather(scores, source->comm, &mine, err));
done:
    hr_item_weights_free(&mine);
    return status;
}

static void destroy(void *scores)
{
    if (scores)
        hr_item_weights_free(scores);
    free(scores);
}

static hr_status workspace_create(void **workspace, const void *scores, hr_error *err)
{
    (void)scores;
    (void)err;
    *workspace = NULL; /* none is needed */
    return HR_OK;
}

static void workspace_destroy(void *workspace)
{
    (void)workspace;
}

static void score(const void *scores, void *workspace, const hr_ratings *ratings, const int64_t *user,
                  int64_t users, float *score)
{
    (void)workspace;
    hr_item_scores(scores, ratings, user, users, score);
}

static void shares(const void *scores, void *workspace, int64_t movie, float *share)
{
    (void)workspace;
    hr_item_weights_column(scores, movie, share);
}

static void similar(const void *scores, void *workspace, int64_t movie, float *score)
{
    (void)workspace;
    hr_item_weights_row(scores, movie, score);
}

const hr_rating_scores hr_item_model_scores = {.keep = keep,
                                               .resume = resume,
                                               .of_state = of_state,
                                               .read = read,
                                               .destroy = destroy,
                                               .workspace_create = workspace_create,
                                               .workspace_destroy = workspace_destroy,
                                               .score = score,
                                               .shares = shares,
                                               .similar = similar};
