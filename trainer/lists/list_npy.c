/* Lists as one array of numpy's, with ids beside it where they are needed. */
#include "io/base/durable.h"
#include "io/base/memory.h"
#include "io/vectors/npy.h"
#include "trainer/lists/list_format.h"
#include "trainer/lists/text_buffer.h"

#include <inttypes.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

/* A file beside the array, on rank 0. */
typedef struct side_file {
    char path[PATH_MAX];
    char *temporary; /* NULL where there is none, or it is published */
} side_file;

typedef struct list_npy {
    bool has_ids;  /* whether the array is of ids */
    int64_t *rows; /* of a block, to be written */
    int64_t capacity;
    side_file side[HR_LIST_SIDE_FILES];
} list_npy;

static void destroy(void *state)
{
    list_npy *n = state;
    if (!n)
        return;
    for (int i = 0; i < HR_LIST_SIDE_FILES; i++)
        if (n->side[i].temporary) {
            unlink(n->side[i].temporary);
            free(n->side[i].temporary);
        }
    free(n->rows);
    free(n);
}

/* Writes `count` bytes to the temporary file of `path`, whose name it leaves in *temporary. */
static hr_status write_file(const char *path, const char *bytes, int64_t count, char **temporary,
                            hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_temporary_name(path, temporary, err));
    FILE *file = fopen(*temporary, "w");
    const bool is_written = file && fwrite(bytes, 1, (size_t)count, file) == (size_t)count;
    if ((file && fclose(file) != 0) || !is_written)
        status = hr_fail(err, HR_IO, "%s: cannot be written; free some space or write elsewhere", *temporary);
done:
    return status;
}

/* Writes ids, one a line, beside the array: lists.npy has lists.user_ids.txt. */
static hr_status write_ids(side_file *side, const hr_list_target *target, const char *suffix,
                           const hr_ids *ids, hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_buffer text = {0};
    const int stem = (int)(strlen(target->path) - strlen(hr_list_format_npy.suffix));
    if (snprintf(side->path, PATH_MAX, "%.*s%s", stem, target->path, suffix) >= PATH_MAX)
        HR_TRY(hr_fail(err, HR_USAGE, "%s: a path too long", target->path));
    for (int64_t i = 0; i < ids->count; i++) {
        HR_TRY(hr_text_add_id(&text, ids, i, err));
        HR_TRY(hr_text_add(&text, "\n", err));
    }
    HR_TRY(write_file(side->path, text.bytes, text.used, &side->temporary, err));
done:
    hr_text_buffer_free(&text);
    return status;
}

/* Whether all ids are numbers that no list's end is mistaken for. */
static bool are_plain_numbers(const hr_ids *ids)
{
    for (int64_t i = 0; ids->number && i < ids->count; i++)
        if (ids->number[i] < 0)
            return false;
    return ids->number != NULL;
}

static hr_status lay_out(list_npy *n, const hr_list_target *target, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ids users = {0};
    char header[HR_NPY_HEADER], *temporary = NULL;
    const hr_recommender *r = target->recommender;
    HR_TRY(hr_list_users_ids(&users, target->users, r->loaded.source.dataset, err));
    HR_TRY(write_ids(&n->side[0], target, HR_NPY_USER_IDS, &users, err));
    if (!n->has_ids)
        HR_TRY(write_ids(&n->side[1], target, HR_NPY_MOVIE_IDS, &r->catalogue.id, err));
    hr_npy_header(header, "<i8", target->users->count, r->rules.top);
    HR_TRY(write_file(target->path, header, HR_NPY_HEADER, &temporary, err));
done:
    if (temporary && status != HR_OK)
        unlink(temporary);
    free(temporary);
    hr_ids_free(&users);
    return status;
}

static hr_status create(void **state, const hr_list_target *target, hr_error *err)
{
    hr_status status = HR_OK;
    list_npy *n = NULL;
    HR_ALLOC(n, 1);
    *state = n;
    n->has_ids = are_plain_numbers(&target->recommender->catalogue.id);
    if (target->comm->rank == 0)
        HR_TRY(lay_out(n, target, err));
done:
    return status;
}

static hr_status write_rows(list_npy *n, const hr_list_target *target, int64_t first,
                            const hr_user_block *users, const hr_lists *lists, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t k = lists->k, *id = target->recommender->catalogue.id.number;
    HR_GROW(n->rows, n->capacity, users->users * k);
    for (int64_t i = 0; i < users->users * k; i++) {
        const int32_t movie = lists->movie[i];
        n->rows[i] = i % k >= lists->count[i / k] ? -1 : n->has_ids ? id[movie] : movie;
    }
    HR_TRY(hr_shared_write(target->file, HR_NPY_HEADER + first * k * (int64_t)sizeof *n->rows, n->rows,
                           users->users * k * (int64_t)sizeof *n->rows, err));
done:
    return status;
}

static hr_status write_lists(void *state, const hr_list_target *target, int64_t first,
                             const hr_user_block *users, const hr_lists *lists, hr_error *err)
{
    hr_status status = HR_OK;
    if (users->users > 0)
        status = write_rows(state, target, first, users, lists, err);
    return hr_agree(target->comm, status, NULL, err);
}

static hr_status publish(void *state, hr_error *err)
{
    hr_status status = HR_OK;
    list_npy *n = state;
    for (int i = 0; i < HR_LIST_SIDE_FILES; i++)
        if (n->side[i].temporary) {
            HR_TRY(hr_publish(n->side[i].temporary, n->side[i].path, err));
            free(n->side[i].temporary);
            n->side[i].temporary = NULL;
        }
done:
    return status;
}

const hr_list_format hr_list_format_npy = {.suffix = ".npy",
                                           .begins = {HR_NPY_MAGIC},
                                           .create = create,
                                           .write = write_lists,
                                           .publish = publish,
                                           .destroy = destroy};
