#include "io/ingest/id_union.h"

#include "io/base/memory.h"
#include "io/base/search.h"
#include "io/base/sort.h"
#include "io/ingest/id_lists.h"

#include <string.h>

static hr_status are_numbers(const hr_comm *comm, const hr_dictionary *const *dictionaries, int count,
                             bool *are, hr_error *err)
{
    int64_t texts = 0;
    for (int d = 0; d < count; d++)
        texts += dictionaries[d]->text.count;
    const hr_status status = hr_max_i64(comm, &texts, 1, err);
    *are = texts == 0;
    return status;
}

/* Sorts, and keeps each number once. */
static int64_t unique_numbers(int64_t *number, int64_t count)
{
    int64_t different = 0;
    hr_sort_i64(number, count);
    for (int64_t i = 0; i < count; i++)
        if (different == 0 || number[different - 1] != number[i])
            number[different++] = number[i];
    return different;
}

/* The numbers of all dictionaries of this rank, each once; *number is the caller's. */
static hr_status list_numbers(const hr_dictionary *const *dictionaries, int count, int64_t **number,
                              int64_t *numbers, hr_error *err)
{
    hr_status status = HR_OK;
    int64_t total = 0;
    for (int d = 0; d < count; d++)
        total += dictionaries[d]->count;
    HR_ALLOC(*number, total);
    *numbers = 0;
    for (int d = 0; d < count; d++) {
        if (dictionaries[d]->count > 0)
            memcpy(*number + *numbers, dictionaries[d]->number,
                   (size_t)dictionaries[d]->count * sizeof **number);
        *numbers += dictionaries[d]->count;
    }
    *numbers = unique_numbers(*number, total);
done:
    return status;
}

static hr_status union_of_numbers(const hr_comm *comm, const hr_dictionary *const *dictionaries, int count,
                                  hr_ids *ids, hr_error *err)
{
    hr_id_lists l = {NULL, NULL};
    int64_t *mine = NULL, *grouped = NULL, numbers = 0;
    void *received = NULL, *all = NULL;
    hr_status status = list_numbers(dictionaries, count, &mine, &numbers, err);
    if (status == HR_OK)
        status = hr_id_lists_new(&l, comm, err);
    if (status == HR_OK)
        status = hr_id_lists_group(comm, mine, numbers, &l, &grouped, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_id_lists_exchange(comm, &l, grouped, sizeof *mine, &received, err));
    numbers = unique_numbers(received, l.received[comm->size]);
    HR_TRY(hr_id_lists_gather(comm, received, numbers, sizeof *mine, &all, &ids->count, err));
    hr_sort_i64(all, ids->count);
    ids->number = all;
    all = NULL; /* the list's now */
done:
    free(all);
    free(received);
    free(grouped);
    free(mine);
    hr_id_lists_free(&l);
    return status;
}

hr_status hr_id_union(const hr_comm *comm, const hr_dictionary *const *dictionaries, int count, hr_ids *ids,
                      hr_error *err)
{
    bool numbers = false;
    const hr_status status = are_numbers(comm, dictionaries, count, &numbers, err);
    if (status != HR_OK)
        return status;
    return numbers ? union_of_numbers(comm, dictionaries, count, ids, err)
                   : hr_text_union(comm, dictionaries, count, ids, err);
}

void hr_id_positions(const hr_ids *ids, const hr_dictionary *d, int64_t *place)
{
    char buffer[HR_ID_BUFFER];
    for (int64_t i = 0; i < d->count; i++) {
        if (ids->number) {
            place[i] = hr_find_i64(ids->number, ids->count, d->number[i]);
        } else {
            const char *text = hr_dictionary_text(d, i, buffer);
            place[i] = hr_ids_find(ids, text, (int64_t)strlen(text));
        }
    }
}
