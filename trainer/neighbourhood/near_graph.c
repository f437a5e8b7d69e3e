#include "trainer/neighbourhood/near_graph.h"

#include "trainer/models/model.h"
#include "trainer/neighbourhood/messages.h"

#include <string.h>

bool hr_graph_has_messages(const hr_model_config *model)
{
    return strcmp(model->table->name, "lightgcn") == 0;
}

hr_status hr_near_graph_find(hr_near_graph *graph, const hr_graph_source *source,
                             const hr_graph_request *request, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_loaded *loaded = source->loaded;
    const hr_neighbourhood_search search = {.dataset = source->dataset,
                                            .pass = source->pass,
                                            .users = source->users,
                                            .valid = source->valid,
                                            .power = loaded ? loaded->model.user_power : 0.5,
                                            .train = source->train,
                                            .from_movie = request->from_movie,
                                            .centre = request->centre,
                                            .hops = request->hops,
                                            .limit = request->limit};
    HR_TRY(hr_neighbourhood_find(&graph->near, &search, err));
    if (loaded)
        HR_TRY(hr_messages_measure(&graph->near, loaded->source.checkpoint, &loaded->source.summary, err));
    HR_TRY(hr_near_names_read(&graph->names, &graph->near, source->dataset, source->user_id,
                              source->catalogue, err));
    graph->has_messages = loaded != NULL;
done:
    return status;
}

void hr_near_graph_free(hr_near_graph *graph)
{
    hr_near_names_free(&graph->names);
    hr_neighbourhood_free(&graph->near);
}

hr_named_graph hr_near_graph_named(const hr_near_graph *graph)
{
    return (hr_named_graph){&graph->near, &graph->names.id, &graph->names.name, graph->has_messages};
}
