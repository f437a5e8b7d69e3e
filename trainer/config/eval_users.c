#include "trainer/config/eval_users.h"

#include "trainer/models/model.h"
#include "trainer/models/parameter_rows.h"

#include <math.h>

/* What costs as long as the score of a user and a movie, times so many: measured with 64 columns. */
static const double edge_pass_edge = 3.0, edge_pass_row = 40.0, sample = 400.0, optimiser_row = 10.0,
                    prediction = 160.0;

static const double share = 1.0 / 20.0;

enum { LEAST = 2000, SOLVE_PASSES = 7, TRAIN_A_HELD_OUT = 8 };

/* Edge passes of a step: there and back through all layers, none where outputs are parameters. */
static double passes_of(const hr_model_config *model)
{
    if (model->table->solve)
        return SOLVE_PASSES;
    return model->table->forward == hr_parameter_rows_forward ? 0.0 : 2.0 * (double)model->layers;
}

/* What it costs to evaluate for a user: all movies are ranked, or the user's held-out ratings are predicted, of
 * which a dataset has about an eighth of its train ratings. */
static double cost_of_user(const hr_train_config *config)
{
    const hr_graph_size graph = config->graph;
    if (!config->scoring.predicts_ratings)
        return (double)graph.movies;
    return prediction * fmax((double)graph.edges / (double)graph.users / TRAIN_A_HELD_OUT, 1.0);
}

int64_t hr_eval_users(int64_t asked, const hr_train_config *config)
{
    const hr_graph_size graph = config->graph;
    const double rows = (double)(graph.users + graph.movies), edges = (double)graph.edges;
    const double pass = edge_pass_edge * edges + edge_pass_row * rows;
    const double rest =
        config->model.table->solve ? 0.0 : sample * (double)config->sampling.batch + optimiser_row * rows;
    const double step = passes_of(&config->model) * pass + rest;
    const double steps = (double)config->run.epoch_steps * (double)config->run.eval_every;
    const double affordable = fmax(share * steps * step / cost_of_user(config), LEAST);
    const double users = asked > 0 ? (double)asked : affordable;
    return users < (double)graph.users ? (int64_t)users : graph.users;
}
