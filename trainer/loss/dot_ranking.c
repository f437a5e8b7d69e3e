#include "trainer/loss/dot_ranking.h"

#include "io/base/memory.h"
#include "trainer/loss/ranking_loss.h"

static int64_t most_negatives(hr_loss kind, int64_t candidates)
{
    return kind == HR_LOSS_BPR ? 1 : candidates;
}

hr_status hr_dot_ranking_create(hr_dot_ranking *ranking, hr_graph_context *graph, hr_loss kind,
                                const hr_sampling_config *sampling, hr_error *err)
{
    hr_status status = HR_OK;
    ranking->graph = graph;
    ranking->kind = kind;
    ranking->candidates = hr_candidates_of(sampling->seed, sampling->candidates);
    ranking->scored = ranking->candidates.blocks * HR_LANES;
    ranking->negatives = most_negatives(kind, sampling->candidates);
    HR_TRY(hr_pool_create(&ranking->pool, graph, sampling, err));
    HR_TRY(hr_candidate_scores_create(&ranking->candidate_scores, &ranking->candidates, &ranking->pool,
                                      HR_SAMPLE_CHUNK, err));
    HR_ALLOC_SHARED(ranking->gradient, sampling->batch * (1 + ranking->negatives));
    HR_ALLOC_SHARED(ranking->sample_loss, sampling->batch);
    HR_ALLOC(ranking->scores, HR_SAMPLE_CHUNK * (ranking->scored + 1));
    HR_ALLOC(ranking->share, (int64_t)graph->grid.groups.size + 1);
done:
    return status;
}

void hr_dot_ranking_free(hr_dot_ranking *ranking)
{
    hr_candidate_scores_free(&ranking->candidate_scores);
    hr_pool_free(&ranking->pool);
    free(ranking->gradient);
    free(ranking->sample_loss);
    free(ranking->scores);
    free(ranking->share);
    *ranking = (hr_dot_ranking){0};
}

static hr_status create(void **state, hr_graph_context *graph, const hr_loss_config *loss,
                        const hr_sampling_config *sampling, hr_error *err)
{
    hr_status status = HR_OK;
    hr_dot_ranking *ranking = NULL;
    HR_ALLOC(ranking, 1);
    *state = ranking;
    HR_TRY(hr_dot_ranking_create(ranking, graph, loss->kind, sampling, err));
done:
    return status;
}

static void destroy(void *state)
{
    if (state)
        hr_dot_ranking_free(state);
    free(state);
}

static int64_t negatives(const void *state)
{
    return ((const hr_dot_ranking *)state)->negatives;
}

static hr_loss_bounds bounds(void *state, const float *weights, double output)
{
    (void)weights;
    const hr_dot_ranking *r = state;
    const double score = (double)r->pool.dim * output * output, scores = 1.0 + (double)r->negatives;
    return (hr_loss_bounds){hr_ranking_largest_loss(r->negatives, score), output * scores};
}

static hr_status step(void *state, const hr_loss_batch *batch, double *loss, hr_error *err)
{
    hr_status status = HR_OK;
    hr_dot_ranking *r = state;
    r->pool.sums.unit = batch->gradient->unit;
    HR_TRY(hr_pool_draw(&r->pool, batch->step, batch->positives, batch->count, err));
    HR_TRY(hr_pool_gather(&r->pool, batch->output, err));
    HR_TRY(hr_dot_ranking_gradients(r, batch, loss, err));
done:
    return status;
}

static hr_status finish(void *state, const hr_loss_batch *batch, hr_error *err)
{
    return hr_pool_return(&((hr_dot_ranking *)state)->pool, batch->gradient, batch->uses, err);
}

static int64_t bytes(const void *state)
{
    const hr_dot_ranking *r = state;
    return r->pool.bytes + r->bytes;
}

/* Between groups, the scores of a sample go to the group that evaluates it, and its loss and derivatives to
 * all others. */
static int64_t step_bytes(const hr_loss_config *loss, const hr_sampling_config *sampling, int64_t dim,
                          hr_grid_shape grid)
{
    const hr_candidates candidates = hr_candidates_of(sampling->seed, sampling->candidates);
    const int64_t floats = candidates.blocks * HR_LANES + 2; /* of candidates and positive, and the loss */
    const int64_t gradients = 1 + most_negatives(loss->kind, sampling->candidates);
    const int64_t sample = floats * (int64_t)sizeof(float) + gradients * (int64_t)sizeof(hr_score_gradient);
    return (grid.groups - 1) * sampling->batch * sample + hr_pool_step_bytes(sampling, dim, grid);
}

const hr_loss_ops hr_dot_ranking_ops = {.create = create,
                                        .destroy = destroy,
                                        .negatives = negatives,
                                        .bounds = bounds,
                                        .step = step,
                                        .finish = finish,
                                        .bytes = bytes,
                                        .step_bytes = step_bytes};
