#include "trainer/scoring/user_block.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/base/sort.h"
#include "io/dataset/ids_file.h"

#include <string.h>

/* Users that are read although nobody asks for them, rather than to begin anew. */
enum { GAP = 16 };

/* Users with consecutive numbers, as files have them. */
typedef struct run {
    int64_t first, users;
    hr_ids id;
    hr_ratings ratings;
    float *row[HR_MIXTURE_MODELS];
} run;

typedef struct runs {
    hr_keyed *wanted; /* [users] by number of the user: where it goes */
    run *run;
    int64_t count;
    run **of; /* [users] the run that a user of the block is in */
} runs;

static void runs_free(runs *r)
{
    for (int64_t i = 0; r->run && i < r->count; i++) {
        hr_ids_free(&r->run[i].id);
        hr_ratings_free(&r->run[i].ratings);
        for (int m = 0; m < HR_MIXTURE_MODELS; m++)
            free(r->run[i].row[m]);
    }
    free(r->run);
    free(r->of);
    free(r->wanted);
}

/* Which runs there are. */
static hr_status plan(runs *r, const int64_t *user, int64_t users, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(r->wanted, users);
    HR_ALLOC(r->run, users);
    HR_ALLOC(r->of, users);
    for (int64_t i = 0; i < users; i++)
        r->wanted[i] = (hr_keyed){user[i], i};
    hr_sort_keyed(r->wanted, users);
    for (int64_t i = 0; i < users; i++) {
        const int64_t number = r->wanted[i].key;
        const run *last = r->count > 0 ? &r->run[r->count - 1] : NULL;
        if (!last || number >= last->first + last->users + GAP)
            r->run[r->count++] = (run){.first = number};
        r->run[r->count - 1].users = number + 1 - r->run[r->count - 1].first;
        r->of[r->wanted[i].value] = &r->run[r->count - 1];
    }
done:
    return status;
}

hr_status hr_user_rows_read(float **row, const hr_user_source *source, int64_t first, int64_t users,
                            hr_error *err)
{
    hr_status status = HR_OK;
    const hr_row_block rows = {.first_user = first, .users = users};
    HR_ALLOC(*row, users * source->summary.dim);
    HR_TRY(hr_checkpoint_read(source->checkpoint, &source->summary,
                              &(hr_checkpoint_rows){.name = "output", .block = *row}, &rows, err));
done:
    return status;
}

static hr_status read_run(run *r, const hr_user_source *source, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_dataset_read_slice(source->dataset, r->first, r->users, source->valid, &r->ratings, err));
    if (source->wants_values)
        HR_TRY(hr_dataset_read_values(source->dataset, &r->ratings, err));
    HR_TRY(hr_ids_read(source->dataset, "user/id", r->first, r->users, &r->id, err));
done:
    return status;
}

static hr_status append_id(hr_ids *ids, const run *r, int64_t index, hr_error *err)
{
    const char *text = r->id.number ? NULL : hr_strings_at(&r->id.text, index);
    if (r->id.number)
        ids->number[ids->count] = r->id.number[index];
    ids->count++;
    return text ? hr_strings_append(&ids->text, text, (int64_t)strlen(text), err) : HR_OK;
}

/* Room for what the runs have of the users. */
static hr_status allocate(hr_user_block *block, const runs *r, const int64_t *user, int64_t users,
                          const hr_user_source *source, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings *all = &block->ratings;
    block->users = users;
    *all = (hr_ratings){.users = users, .movies = source->summary.movies};
    HR_ALLOC(all->ptr, users + 1);
    for (int64_t i = 0; i < users; i++) {
        const int64_t *ptr = r->of[i]->ratings.ptr + (user[i] - r->of[i]->first);
        all->ptr[i + 1] = ptr[1] - ptr[0];
    }
    hr_offsets_sum(all->ptr, users);
    all->count = all->ptr[users];
    HR_ALLOC(all->movie, all->count);
    HR_ALLOC(all->split, all->count);
    if (source->wants_values)
        HR_ALLOC(all->value, all->count);
    if (users > 0 && r->run[0].id.number)
        HR_ALLOC(block->id.number, users);
done:
    return status;
}

static void copy_ratings(hr_ratings *all, int64_t index, const hr_ratings *from, int64_t user)
{
    const int64_t to = all->ptr[index], first = from->ptr[user];
    const size_t count = (size_t)(from->ptr[user + 1] - first);
    memcpy(all->movie + to, from->movie + first, count * sizeof *all->movie);
    memcpy(all->split + to, from->split + first, count * sizeof *all->split);
    if (all->value)
        memcpy(all->value + to, from->value + first, count * sizeof *all->value);
}

/* The rows that model number `model` has of the users. */
static hr_status read_rows(hr_user_block *block, const runs *r, int model, const hr_user_source *source,
                           const int64_t *user, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = source->summary.dim;
    HR_ALLOC(block->row[model], block->users * dim);
    for (int64_t i = 0; i < r->count; i++)
        HR_TRY(hr_user_rows_read(&r->run[i].row[model], source, r->run[i].first, r->run[i].users, err));
    for (int64_t i = 0; i < block->users; i++)
        memcpy(block->row[model] + i * dim, r->of[i]->row[model] + (user[i] - r->of[i]->first) * dim,
               (size_t)dim * sizeof(float));
done:
    return status;
}

hr_status hr_user_block_read(hr_user_block *block, const hr_user_source *const *source, int sources,
                             const int64_t *user, int64_t users, hr_error *err)
{
    hr_status status = HR_OK;
    runs r = {0};
    HR_TRY(plan(&r, user, users, err));
    for (int64_t i = 0; i < r.count; i++)
        HR_TRY(read_run(&r.run[i], source[0], err));
    HR_TRY(allocate(block, &r, user, users, source[0], err));
    for (int64_t i = 0; i < users; i++) {
        const run *from = r.of[i];
        copy_ratings(&block->ratings, i, &from->ratings, user[i] - from->first);
        HR_TRY(append_id(&block->id, from, user[i] - from->first, err));
    }
    for (int m = 0; m < sources; m++)
        HR_TRY(read_rows(block, &r, m, source[m], user, err));
done:
    runs_free(&r);
    return status;
}

void hr_user_block_free(hr_user_block *block)
{
    hr_ids_free(&block->id);
    hr_ratings_free(&block->ratings);
    free(block->given);
    for (int m = 0; m < HR_MIXTURE_MODELS; m++)
        free(block->row[m]);
    *block = (hr_user_block){0};
}
