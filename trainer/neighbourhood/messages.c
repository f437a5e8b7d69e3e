#include "trainer/neighbourhood/messages.h"

#include "io/base/memory.h"

#include <math.h>

/* The length of a vertex's row. */
static hr_status measure(const hr_near_vertex *vertex, hr_h5 *checkpoint,
                         const hr_checkpoint_summary *summary, float *row, double *length, hr_error *err)
{
    const hr_checkpoint_rows rows = {summary->source, row};
    const hr_row_block block =
        vertex->is_movie ? (hr_row_block){0, 0, vertex->number, 1} : (hr_row_block){vertex->number, 1, 0, 0};
    const hr_status status = hr_checkpoint_read(checkpoint, summary, &rows, &block, err);
    double square = 0.0;
    for (int64_t c = 0; c < summary->dim; c++)
        square += (double)row[c] * (double)row[c];
    *length = sqrt(square);
    return status;
}

hr_status hr_messages_measure(hr_neighbourhood *near, hr_h5 *checkpoint, const hr_checkpoint_summary *summary,
                              hr_error *err)
{
    hr_status status = HR_OK;
    float *row = NULL;
    double *length = NULL;
    HR_ALLOC(row, summary->dim);
    HR_ALLOC(length, near->vertices);
    for (int64_t v = 0; v < near->vertices; v++)
        HR_TRY(measure(&near->vertex[v], checkpoint, summary, row, &length[v], err));
    for (int64_t e = 0; e < near->edges; e++)
        near->edge[e].carries = near->edge[e].weight * length[near->edge[e].to];
done:
    free(row);
    free(length);
    return status;
}
