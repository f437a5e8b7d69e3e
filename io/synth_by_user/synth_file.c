#include "io/synth_by_user/synth_file.h"

#include "io/base/even.h"
#include "io/base/memory.h"
#include "io/split/split.h"
#include "io/synth/films.h"
#include "io/synth_by_user/made_tags.h"
#include "io/synth_by_user/rating_blocks.h"
#include "io/synth_by_user/user_split.h"

#include <inttypes.h>
#include <stdio.h>

enum { RATINGS_A_BLOCK = 1 << 22 };

/* One call of hr_synth_write. */
typedef struct maker {
    const hr_comm *comm;
    const hr_synth_preset *shape;
    const hr_split_rule *rule;
    uint64_t seed;
    hr_rating_blocks made;
    hr_dataset data;     /* on rank 0 what is beside the ratings */
    int64_t *first_user; /* [size + 1] of ranks */
    int64_t *block;      /* [blocks + 1] first users of this rank's blocks, and the end */
    int64_t blocks;
    hr_made_tag *tag; /* [tags] */
    hr_ratings kept;  /* the block that was made last, in the memory of `made` */
    bool counted;     /* whether all blocks have been made once */
    int64_t *splits;
} maker;

/* Cuts the rank's users into blocks of about as many ratings; a user is in one block. */
static hr_status cut_blocks(maker *m, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t *ptr = m->made.user_ptr;
    int64_t capacity = 0;
    HR_ALLOC(m->first_user, m->comm->size + 1);
    hr_even_groups(ptr, m->shape->users, m->comm->size, m->first_user);
    const int64_t end = m->first_user[m->comm->rank + 1];
    HR_GROW(m->block, capacity, 1);
    m->block[0] = m->first_user[m->comm->rank];
    while (m->block[m->blocks] < end) {
        int64_t next = m->block[m->blocks] + 1;
        while (next < end && ptr[next + 1] - ptr[m->block[m->blocks]] <= RATINGS_A_BLOCK)
            next++;
        HR_GROW(m->block, capacity, m->blocks + 2);
        m->block[++m->blocks] = next;
    }
done:
    return status;
}

static hr_status make_block(void *context, int64_t block, hr_ratings *ratings, hr_error *err)
{
    maker *m = context;
    const hr_comm alone = hr_comm_alone();
    if (m->counted && m->blocks == 1) { /* it is still there */
        *ratings = m->kept;
        return HR_OK;
    }
    const int64_t first = m->block[block], users = m->block[block + 1] - first;
    hr_status status = hr_rating_blocks_make(&m->made, first, users, ratings, err);
    if (status == HR_OK)
        status = hr_split_apply(&alone, ratings, m->rule, m->seed, err);
    if (status != HR_OK || m->counted)
        return status;
    hr_user_split_count(ratings, m->splits);
    hr_tags_make(m->shape, m->made.taste.genres, m->seed, ratings, m->tag);
    m->kept = *ratings;
    return HR_OK;
}

/* Brings the tags of all ranks together; rank 0 takes them. */
static hr_status take_counted(void *context, hr_error *err)
{
    maker *m = context;
    hr_status status = HR_OK;
    int64_t *first_tag = NULL;
    m->counted = true;
    HR_ALLOC(first_tag, m->comm->size + 1);
    for (int r = 0; r <= m->comm->size; r++)
        first_tag[r] = hr_tags_from(m->shape, m->first_user[r]);
    if (m->shape->tags > 0)
        status = hr_gather_shares(m->comm, m->tag, first_tag, sizeof *m->tag, err);
    if (status == HR_OK)
        status = hr_sum_i64(m->comm, m->splits, HR_SPLITS, err);
    if (status == HR_OK && m->comm->rank == 0)
        status = hr_tags_take(m->shape, m->tag, &m->data, err);
done:
    free(first_tag);
    return hr_agree(m->comm, status, NULL, err);
}

/* Rank 0's ids and films, and everybody's blocks. */
static hr_status prepare(maker *m, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(cut_blocks(m, err));
    HR_ALLOC(m->tag, m->shape->tags);
    m->data.ratings.movies = m->shape->movies_listed;
    m->data.split_seed = m->seed;
    snprintf(m->data.split, sizeof m->data.split, "%s", m->rule->text);
    snprintf(m->data.source, sizeof m->data.source,
             "synth %s %" PRId64 " users %" PRId64 " items %" PRId64 " ratings seed %" PRIu64, m->shape->name,
             m->shape->users, m->shape->movies_listed, m->shape->ratings, m->seed);
    if (m->comm->rank == 0) {
        HR_TRY(hr_films_make_ids(m->shape, m->seed, &m->data, err));
        HR_TRY(hr_films_make(m->shape, m->made.taste.genres, m->seed, &m->data, err));
    }
done:
    return hr_agree(m->comm, status, NULL, err);
}

hr_status hr_synth_write(const hr_comm *comm, const hr_synth_preset *shape, const hr_split_rule *rule,
                         uint64_t seed, const char *path, int64_t splits[HR_SPLITS], hr_error *err)
{
    hr_status status = HR_OK;
    maker m = {.comm = comm, .shape = shape, .rule = rule, .seed = seed, .splits = splits};
    for (int s = 0; s < HR_SPLITS; s++)
        splits[s] = 0;
    HR_TRY(hr_user_split_check(rule, err));
    HR_TRY(hr_rating_blocks_create(&m.made, comm, shape, seed, err));
    HR_TRY(prepare(&m, err));
    const hr_dataset_blocks blocks = {m.blocks, make_block, take_counted, &m};
    HR_TRY(hr_dataset_write_blocks(comm, &m.data, &blocks, path, NULL, NULL, err));
done:
    free(m.tag);
    free(m.block);
    free(m.first_user);
    hr_dataset_free(&m.data);
    hr_rating_blocks_free(&m.made);
    return status;
}
