#include "trainer/serve/model/batch.h"

#include "io/base/memory.h"
#include "io/base/offsets.h"

#include <string.h>

void hr_batch_free(hr_batch *batch)
{
    hr_user_block_free(&batch->users);
    hr_lists_free(&batch->lists);
}

static hr_status add_id(hr_ids *ids, const hr_ids *all, int64_t user, hr_error *err)
{
    if (all->number) {
        ids->number[ids->count++] = all->number[user];
        return HR_OK;
    }
    const char *text = hr_strings_at(&all->text, user);
    ids->count++;
    return hr_strings_append(&ids->text, text, (int64_t)strlen(text), err);
}

/* The rows that model number `model` has of the users. */
static hr_status copy_rows(float **row, const hr_snapshot *s, int model, hr_question *const *question,
                           int count, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t dim = hr_loaded_model(&s->loaded, model)->model.dim;
    HR_ALLOC(*row, count * dim);
    for (int i = 0; i < count; i++)
        memcpy(*row + i * dim, s->user_row[model] + question[i]->user * dim, (size_t)dim * sizeof(float));
done:
    return status;
}

/* Rows and rated movies from memory. */
static hr_status copy_users(hr_user_block *block, const hr_snapshot *s, hr_question *const *question,
                            int count, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ratings *r = &block->ratings;
    block->users = count;
    *r = (hr_ratings){.users = count, .movies = s->catalogue.movies};
    HR_ALLOC(r->ptr, count + 1);
    for (int i = 0; i < count; i++)
        r->ptr[i + 1] = hr_rated_lists_count(&s->rated, question[i]->user);
    hr_offsets_sum(r->ptr, count);
    r->count = r->ptr[count];
    HR_ALLOC(r->movie, r->count);
    HR_ALLOC(r->split, r->count);
    if (s->user_id.number)
        HR_ALLOC(block->id.number, count);
    for (int i = 0; i < count; i++) {
        const int64_t user = question[i]->user;
        hr_rated_lists_read(&s->rated, user, r->movie + r->ptr[i], r->split + r->ptr[i]);
        HR_TRY(add_id(&block->id, &s->user_id, user, err));
    }
    for (int m = 0; m <= s->loaded.others; m++)
        HR_TRY(copy_rows(&block->row[m], s, m, question, count, err));
done:
    return status;
}

/* All that is known of the users, from files. */
static hr_status load_users(hr_user_block *block, const hr_snapshot *s, hr_question *const *question,
                            int count, hr_error *err)
{
    int64_t user[HR_LIST_USERS];
    for (int i = 0; i < count; i++)
        user[i] = question[i]->user;
    return hr_load_users(block, &s->loaded, user, count, err);
}

static hr_status read_users(hr_user_block *block, const hr_snapshot *s, hr_question *const *question,
                            int count, const hr_batch_way *way, hr_error *err)
{
    if (question[0]->user < 0) {
        *block = question[0]->newcomer;
        question[0]->newcomer = (hr_user_block){0};
        return HR_OK;
    }
    return (way->whole ? load_users : copy_users)(block, s, question, count, err);
}

hr_status hr_batch_make(hr_batch *batch, const hr_snapshot *snapshot, hr_question *const *question, int count,
                        const hr_batch_way *way, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_list_rules *rules[HR_LIST_USERS];
    hr_scorer scorer = snapshot->loaded.scorer; /* its memory is the model's */
    hr_ranking ranking = snapshot->ranking;
    int64_t top = 1, depth = 1;
    for (int i = 0; i < count; i++) {
        rules[i] = &question[i]->rules;
        top = rules[i]->top > top ? rules[i]->top : top;
        depth = rules[i]->depth > depth ? rules[i]->depth : depth;
    }
    ranking.scorer = &scorer;
    ranking.clips = ranking.clips && !way->mixer;
    if (way->mixer)
        scorer.mixer = way->mixer;
    HR_TRY(hr_lists_workspace_deepen(way->workspace, depth, err));
    HR_TRY(hr_lists_create(&batch->lists, count, top, err));
    HR_TRY(read_users(&batch->users, snapshot, question, count, way, err));
    hr_scorer_set_users(&scorer, &batch->users.ratings, batch->users.row);
    hr_rank_tile(&ranking, way->workspace, rules, 0, count, &batch->lists);
done:
    return status;
}
