#include "trainer/scaling/part_timing.h"

#include "io/base/memory.h"
#include "partition/plan/partition_file.h"
#include "partition/plan/plan_lists.h"
#include "trainer/run/training.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Steps are timed for enough_seconds, but at least and at most so many. */
enum { FEWEST_STEPS = 3, MOST_STEPS = 25 };
static const double enough_seconds = 0.5;

/* A part whose edges are copied from lists. */
typedef struct copy {
    const hr_plan *plan;
    int32_t part;
    int32_t *movie;
} copy;

static hr_status take_edges(void *context, const hr_slot_lists *lists, hr_error *err)
{
    (void)err;
    const copy *c = context;
    if (lists->slots.part == c->part)
        memcpy(c->movie + lists->first_edge - c->plan->edge_ptr[c->part], lists->edge_movie,
               (size_t)lists->edges * sizeof *c->movie);
    return HR_OK;
}

/* The part's edges as a graph of their own: users and movies are numbered by the part's slots. */
static hr_status part_graph(const hr_plan *plan, const hr_graph *whole, int32_t part, hr_graph *graph,
                            hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t first_user = plan->user_slot_ptr[part];
    hr_ratings r = {.users = plan->user_slot_ptr[part + 1] - first_user,
                    .movies = plan->movie_slot_ptr[part + 1] - plan->movie_slot_ptr[part],
                    .count = plan->edge_ptr[part + 1] - plan->edge_ptr[part]};
    HR_ALLOC(r.ptr, r.users + 1);
    HR_ALLOC(r.movie, r.count);
    HR_ALLOC(r.split, r.count); /* zeros: all train */
    for (int64_t u = 0; u < r.users; u++)
        r.ptr[u + 1] = r.ptr[u] + plan->slot_edges[first_user + u];
    copy c = {plan, part, r.movie};
    HR_TRY(hr_plan_each_list(plan, whole, take_edges, &c, err));
    HR_TRY(hr_graph_build(graph, &r, err));
done:
    hr_ratings_free(&r);
    return status;
}

/* Writes a graph as a partition of one part and opens it. The file is removed when it is closed. */
static hr_status only_part(const hr_graph *graph, hr_h5 **file, hr_error *err)
{
    hr_status status = HR_OK;
    hr_plan plan = {0};
    hr_plan_summary summary;
    hr_partition_origin origin = {.fingerprint = "part"};
    int32_t *owner = NULL;
    char path[HR_TEXT_LENGTH];
    const char *folder = getenv("TMPDIR");
    if (snprintf(path, sizeof path, "%s/halorec-part-%ld.h5", folder && *folder ? folder : "/tmp",
                 (long)getpid()) >= (int)sizeof path)
        HR_TRY(hr_fail(err, HR_USAGE, "TMPDIR: a path too long"));
    HR_ALLOC(owner, graph->users + graph->movies);
    HR_TRY(hr_plan_build(&plan, graph, owner, 1, err));
    HR_TRY(hr_partition_write(&plan, graph, &origin, path, err));
    status = hr_partition_open(file, &origin, &summary, path, err);
    unlink(path);
done:
    free(owner);
    hr_plan_free(&plan);
    return status;
}

/* The least seconds of a step, by activity: other load on the machine only adds to them. */
static hr_status time_steps(hr_training *t, double least[HR_ACTIVITIES], hr_error *err)
{
    hr_status status = HR_OK;
    int steps = 0;
    for (int a = 0; a < HR_ACTIVITIES; a++)
        least[a] = INFINITY;
    HR_TRY(hr_stepper_step(&t->stepper, &t->state, err)); /* the first meets cold memory */
    const double start = hr_seconds();
    while (steps < MOST_STEPS && (steps < FEWEST_STEPS || hr_seconds() - start < enough_seconds)) {
        t->graph.timing = (hr_timing){.seconds = {0.0}};
        HR_TRY(hr_stepper_step(&t->stepper, &t->state, err));
        for (int a = 0; a < HR_ACTIVITIES; a++)
            least[a] = fmin(least[a], t->graph.timing.seconds[a]);
        steps++;
    }
done:
    return status;
}

/* The least seconds of drawing a batch on a rank without a part of the graph. */
static hr_status time_draw(const hr_training *t, const hr_plan *plan, double *least, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_shard nothing = {.users = plan->users, .movies = plan->movies, .edges_total = plan->edges};
    hr_locate locate = {0};
    *least = INFINITY;
    HR_TRY(hr_locate_build(&locate, &nothing, err));
    hr_sampler sampler = t->stepper.sampler;
    sampler.locate = &locate;
    for (int i = 0; i < FEWEST_STEPS; i++) {
        const double start = hr_seconds();
        hr_sampler_draw(&sampler, i, t->stepper.positives);
        *least = fmin(*least, hr_seconds() - start);
    }
done:
    hr_locate_free(&locate);
    return status;
}

static hr_status time_training(hr_training *t, const hr_plan *plan, hr_part_timing *timing, hr_error *err)
{
    hr_status status = HR_OK;
    double seconds[HR_ACTIVITIES];
    *timing = (hr_part_timing){
        .edges = t->graph.shard.edges, .rows = t->graph.shard.owned, .batch = t->stepper.sampler.batch};
    HR_TRY(time_draw(t, plan, &timing->draw, err));
    HR_TRY(time_steps(t, seconds, err));
    timing->propagation = seconds[HR_TIME_COMPUTE];
    timing->loss = seconds[HR_TIME_LOSS];
    timing->optimiser = seconds[HR_TIME_OPTIMISER];
    t->stepper.sampler.batch = 1;
    HR_TRY(time_steps(t, seconds, err));
    timing->loss_bare = seconds[HR_TIME_LOSS];
done:
    return status;
}

hr_status hr_part_time(const hr_plan *plan, const hr_graph *whole, int32_t part,
                       const hr_train_config *config, hr_part_timing *timing, hr_error *err)
{
    hr_status status = HR_OK;
    hr_graph graph = {0};
    hr_h5 *file = NULL;
    hr_training training = {0};
    hr_train_config own = *config;
    const hr_comm alone = hr_comm_of(MPI_COMM_SELF);
    HR_TRY(part_graph(plan, whole, part, &graph, err));
    const double share = (double)graph.edges / (double)plan->edges;
    own.sampling.batch = 1 + (int64_t)(share * (double)(config->sampling.batch - 1));
    HR_TRY(only_part(&graph, &file, err));
    hr_graph_free(&graph);
    HR_TRY(hr_training_create(&training, &alone, file, &own, err));
    HR_TRY(time_training(&training, plan, timing, err));
done:
    hr_training_free(&training);
    hr_h5_close(file);
    hr_graph_free(&graph);
    return status;
}
