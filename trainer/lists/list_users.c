#include "trainer/lists/list_users.h"

#include "io/base/memory.h"
#include "io/dataset/ids_file.h"

#include <string.h>

void hr_list_users_free(hr_list_users *users)
{
    free(users->user);
    *users = (hr_list_users){0};
}

hr_status hr_list_users_find(hr_list_users *users, hr_h5 *dataset, const hr_strings *ids, hr_error *err)
{
    hr_status status = HR_OK;
    users->count = ids->count;
    HR_ALLOC(users->user, ids->count);
    HR_TRY(hr_dataset_find_users(dataset, ids, users->user, err));
done:
    return status;
}

static hr_status copy_newcomers(hr_user_block *block, const hr_user_block *from, const hr_loaded *loaded,
                                hr_error *err)
{
    hr_status status = HR_OK;
    const hr_ratings *r = &from->ratings;
    const size_t ratings = (size_t)r->count, users = (size_t)from->users;
    block->users = from->users;
    block->ratings = (hr_ratings){.users = r->users, .movies = r->movies, .count = r->count};
    HR_ALLOC(block->ratings.ptr, r->users + 1);
    HR_ALLOC(block->ratings.movie, r->count);
    HR_ALLOC(block->ratings.value, r->count);
    HR_ALLOC(block->ratings.split, r->count);
    HR_ALLOC(block->given, r->count);
    memcpy(block->ratings.ptr, r->ptr, (users + 1) * sizeof *r->ptr);
    memcpy(block->ratings.movie, r->movie, ratings * sizeof *r->movie);
    memcpy(block->ratings.value, r->value, ratings * sizeof *r->value);
    memcpy(block->ratings.split, r->split, ratings * sizeof *r->split);
    memcpy(block->given, from->given, ratings * sizeof *from->given);
    for (int i = 0; i <= loaded->others; i++) {
        const int64_t count = from->users * hr_loaded_model(loaded, i)->model.dim;
        HR_ALLOC(block->row[i], count);
        memcpy(block->row[i], from->row[i], (size_t)count * sizeof(float));
    }
done:
    return status;
}

hr_status hr_list_users_read(hr_user_block *block, const hr_list_users *users, const hr_loaded *loaded,
                             int64_t first, int64_t count, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t *number = NULL;
    if (users->newcomers)
        return copy_newcomers(block, users->newcomers, loaded, err);
    HR_ALLOC(number, count);
    for (int64_t i = 0; i < count; i++)
        number[i] = users->user ? users->user[first + i] : first + i;
    HR_TRY(hr_load_users(block, loaded, number, count, err));
done:
    free(number);
    return status;
}

hr_status hr_list_users_ids(hr_ids *ids, const hr_list_users *users, hr_h5 *dataset, hr_error *err)
{
    hr_status status = HR_OK;
    hr_ids all = {0};
    int64_t count = 0;
    char buffer[HR_ID_BUFFER];
    HR_TRY(hr_h5_shape(dataset, "user/id", &count, NULL, err));
    if (!users->user)
        return hr_ids_read(dataset, "user/id", 0, count, ids, err);
    HR_TRY(hr_ids_read(dataset, "user/id", 0, count, &all, err));
    ids->count = users->count;
    if (all.number)
        HR_ALLOC(ids->number, users->count);
    for (int64_t i = 0; i < users->count; i++) {
        const char *text = hr_ids_text(&all, users->user[i], buffer);
        if (all.number)
            ids->number[i] = all.number[users->user[i]];
        else
            HR_TRY(hr_strings_append(&ids->text, text, (int64_t)strlen(text), err));
    }
done:
    hr_ids_free(&all);
    return status;
}
