#include "io/checkpoint/checkpoint_extras.h"

#include "io/base/memory.h"
#include "io/dataset/ids_file.h"

#include <assert.h>
#include <string.h>

/* Ids as fixed texts of `width` bytes, or as numbers. */
static hr_status pack(const hr_ids *ids, int64_t width, void **data, hr_error *err)
{
    hr_status status = HR_OK;
    char *bytes = NULL;
    HR_ALLOC(bytes, ids->count * width);
    *data = bytes;
    if (ids->number)
        memcpy(bytes, ids->number, (size_t)(ids->count * width));
    for (int64_t i = 0; !ids->number && i < ids->count; i++) {
        const char *text = hr_strings_at(&ids->text, i);
        memcpy(bytes + i * width, text, strlen(text));
    }
done:
    return status;
}

static int64_t longest(const hr_ids *ids)
{
    int64_t most = 1;
    for (int64_t i = 0; i < ids->text.count; i++) {
        const int64_t length = (int64_t)strlen(hr_strings_at(&ids->text, i));
        most = length > most ? length : most;
    }
    return most;
}

static hr_status add_ids(hr_checkpoint_extras *e, const hr_comm *comm, hr_h5 *dataset, const char *name,
                         int64_t rows, int64_t first, int64_t count, hr_error *err)
{
    hr_ids ids = {0};
    void *data = NULL;
    const bool is_text = hr_h5_content_of(dataset, name) == HR_H5_STRINGS;
    hr_status status = hr_ids_read(dataset, name, first, count, &ids, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    int64_t width = longest(&ids);
    HR_TRY(hr_max_i64(comm, &width, 1, err));
    status = pack(&ids, is_text ? width : (int64_t)sizeof *ids.number, &data, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    hr_checkpoint_array *a = &e->array[e->count++];
    *a = (hr_checkpoint_array){.type = HR_H5_I64,
                               .is_text = is_text,
                               .rows = rows,
                               .cols = is_text ? width : 1,
                               .first = first,
                               .count = count,
                               .data = data};
    snprintf(a->name, sizeof a->name, "%s", name);
    data = NULL;
done:
    free(data);
    hr_ids_free(&ids);
    return status;
}

hr_status hr_checkpoint_add_ids(hr_checkpoint_extras *e, const hr_comm *comm, hr_h5 *dataset, int64_t users,
                                int64_t movies, hr_error *err)
{
    const hr_row_block block = hr_row_block_of(comm, users, movies);
    hr_status status = HR_OK;
    HR_TRY(add_ids(e, comm, dataset, "user/id", users, block.first_user, block.users, err));
    HR_TRY(add_ids(e, comm, dataset, "movie/id", movies, block.first_movie, block.movies, err));
done:
    return status;
}

hr_status hr_checkpoint_add(hr_checkpoint_extras *e, const hr_comm *comm, const hr_checkpoint_array *array,
                            hr_error *err)
{
    hr_status status = HR_OK;
    assert(e->count < HR_MOST_EXTRAS);
    hr_checkpoint_array *a = &e->array[e->count];
    *a = *array;
    a->first = 0;
    a->count = comm->rank == 0 ? array->rows : 0;
    const int64_t bytes = a->count * a->cols * (a->is_text ? 1 : hr_h5_type_bytes(a->type));
    char *copy = NULL;
    HR_ALLOC(copy, bytes);
    memcpy(copy, array->data, (size_t)bytes);
    a->data = copy;
    e->count++;
done:
    return status;
}

void hr_checkpoint_extras_free(hr_checkpoint_extras *e)
{
    for (int i = 0; i < e->count; i++)
        free((void *)(uintptr_t)e->array[i].data);
    *e = (hr_checkpoint_extras){0};
}
