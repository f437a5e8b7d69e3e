#include "trainer/run/saver.h"

#include "io/base/memory.h"
#include "trainer/run/memory_need.h"

#include <inttypes.h>
#include <omp.h>
#include <stdio.h>
#include <unistd.h>

static int64_t copy_bytes(const hr_graph_context *graph)
{
    return hr_blocks_rows(graph->blocks) * graph->grid.dim * (int64_t)sizeof(float);
}

/* Bytes of memory that this process holds; 0 where the system does not say. */
static int64_t memory_in_use(void)
{
    int64_t pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file)
        return 0;
    if (fscanf(file, "%*d %" SCNd64, &pages) != 1)
        pages = 0;
    fclose(file);
    return pages * sysconf(_SC_PAGESIZE);
}

hr_status hr_saver_has_spare(const hr_state *state, const hr_graph_context *graph, bool *spare, hr_error *err)
{
    int64_t memory = 0;
    hr_status status = hr_memory_available(&graph->grid.world, &memory, err);
    if (status != HR_OK)
        return status;
    int64_t needed = memory_in_use() + hr_state_most_arrays(state) * copy_bytes(graph);
    status = hr_max_i64(&graph->grid.world, &needed, 1, err);
    *spare = needed < memory / 4 * 3; /* the rest is for evaluation and for the system's copy of the file */
    return status;
}

hr_status hr_saver_create(hr_saver *saver, const hr_state *state, hr_graph_context *graph, int64_t keep,
                          bool spare, hr_error *err)
{
    hr_status status = HR_OK;
    saver->graph = graph;
    saver->keep = keep;
    saver->copies = spare ? hr_state_most_arrays(state) : 1;
    saver->block = hr_row_block_of(&graph->grid.world, graph->shard.users, graph->shard.movies);
    for (int i = 0; i < saver->copies; i++)
        HR_ALLOC(saver->copy[i], hr_blocks_rows(graph->blocks) * graph->grid.dim);
done:
    return hr_agree(&graph->grid.world, status, NULL, err);
}

static void join_thread(hr_saver *saver)
{
    if (saver->has_thread)
        pthread_join(saver->thread, NULL);
    saver->has_thread = false;
}

void hr_saver_free(hr_saver *saver)
{
    join_thread(saver);
    hr_draft_destroy(saver->draft);
    for (int i = 0; i < saver->copies; i++)
        free(saver->copy[i]);
    *saver = (hr_saver){0};
}

/* The thread makes system calls only, since MPI and HDF5 belong to the main thread. */
static void *write_copies(void *context)
{
    hr_saver *s = context;
    for (int i = 0; i < s->arrays && s->written == HR_OK; i++)
        s->written = hr_draft_write_rows(s->draft, i, s->copy[i], &s->block, &s->reason);
    if (s->written == HR_OK)
        s->written = hr_draft_flush(s->draft, &s->reason);
    atomic_store(&s->is_written, true);
    return NULL;
}

/* Training has the other cores. */
static void *write_in_the_background(void *context)
{
    omp_set_num_threads(1); /* of this thread */
    return write_copies(context);
}

static hr_status copy_all(hr_saver *s, const hr_state_array *array, hr_error *err)
{
    for (int i = 0; i < s->arrays; i++) {
        const hr_status status = hr_blocks_collect(s->graph->blocks, array[i].rows, s->copy[i], err);
        if (status != HR_OK)
            return status;
    }
    s->has_thread = pthread_create(&s->thread, NULL, write_in_the_background, s) == 0;
    if (!s->has_thread)
        write_copies(s);
    return HR_OK;
}

static hr_status write_one_by_one(hr_saver *s, const hr_state_array *array, hr_error *err)
{
    for (int i = 0; i < s->arrays; i++) {
        const hr_status status = hr_blocks_collect(s->graph->blocks, array[i].rows, s->copy[0], err);
        if (status != HR_OK)
            return status;
        if (s->written == HR_OK)
            s->written = hr_draft_write_rows(s->draft, i, s->copy[0], &s->block, &s->reason);
    }
    if (s->written == HR_OK)
        s->written = hr_draft_flush(s->draft, &s->reason);
    return hr_saver_finish(s, err);
}

hr_status hr_saver_begin(hr_saver *s, const hr_state *state, const hr_train_config *config,
                         const char *fingerprint, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    hr_state_array array[HR_STATE_ARRAYS];
    HR_TRY(hr_saver_finish(s, err));
    s->arrays = hr_state_arrays(state, array);
    s->written = HR_OK;
    atomic_store(&s->is_written, false);
    HR_TRY(hr_state_draft(&s->draft, state, s->graph, config, fingerprint, s->extras, path, err));
    status = s->copies >= s->arrays ? copy_all(s, array, err) : write_one_by_one(s, array, err);
done:
    return status;
}

bool hr_saver_is_writing(const hr_saver *saver)
{
    return saver->draft && !atomic_load(&saver->is_written);
}

hr_status hr_saver_finish(hr_saver *s, hr_error *err)
{
    if (!s->draft)
        return HR_OK;
    join_thread(s);
    *err = s->reason;
    const hr_status status = hr_draft_publish(s->draft, s->written, s->keep, err);
    hr_draft_destroy(s->draft);
    s->draft = NULL;
    return status;
}
