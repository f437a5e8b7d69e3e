#include "io/base/memory.h"
#include "io/base/offsets.h"
#include "io/ingest/id_lists.h"

#include <string.h>

/* Sorts by bytes and keeps each text once. */
static hr_status unique_texts(hr_strings *texts, hr_error *err)
{
    hr_strings different = {0};
    int32_t *number = NULL;
    const hr_status status = hr_strings_number(texts, &different, &number, err);
    free(number);
    if (status == HR_OK) {
        hr_strings_free(texts);
        *texts = different;
    } else {
        hr_strings_free(&different);
    }
    return status;
}

/* The ids of all dictionaries of this rank as text, each once. */
static hr_status list_texts(const hr_dictionary *const *dictionaries, int count, hr_strings *texts,
                            hr_error *err)
{
    hr_status status = HR_OK;
    char buffer[HR_ID_BUFFER];
    for (int d = 0; d < count; d++)
        for (int64_t i = 0; i < dictionaries[d]->count; i++) {
            const char *text = hr_dictionary_text(dictionaries[d], i, buffer);
            HR_TRY(hr_strings_append(texts, text, (int64_t)strlen(text), err));
        }
    HR_TRY(unique_texts(texts, err));
done:
    return status;
}

/* Groups texts by the rank that keeps them, one after the other with their NULs: *grouped is the caller's;
 * lengths in bytes go to l->sent. */
static hr_status group_texts(const hr_comm *comm, const hr_strings *texts, hr_id_lists *l, char **grouped,
                             hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(*grouped, texts->used);
    for (int pass = 0; pass < 2; pass++) {
        for (int64_t i = 0; i < texts->count; i++) {
            const char *text = hr_strings_at(texts, i);
            const int64_t bytes = (int64_t)strlen(text) + 1;
            const int rank = hr_id_rank(comm, text, bytes);
            if (pass == 0) {
                l->sent[rank + 1] += bytes;
            } else {
                memcpy(*grouped + l->sent[rank], text, (size_t)bytes);
                l->sent[rank] += bytes;
            }
        }
        if (pass == 0)
            hr_offsets_sum(l->sent, comm->size);
        else
            hr_offsets_restore(l->sent, comm->size);
    }
done:
    return status;
}

/* Takes texts that lie one after the other with their NULs. */
static hr_status take_texts(const char *bytes, int64_t length, hr_strings *texts, hr_error *err)
{
    hr_status status = HR_OK;
    hr_strings_free(texts);
    for (const char *at = bytes; at < bytes + length && status == HR_OK; at += strlen(at) + 1)
        status = hr_strings_append(texts, at, (int64_t)strlen(at), err);
    return status == HR_OK ? unique_texts(texts, err) : status;
}

hr_status hr_text_union(const hr_comm *comm, const hr_dictionary *const *dictionaries, int count, hr_ids *ids,
                        hr_error *err)
{
    hr_id_lists l = {NULL, NULL};
    char *grouped = NULL;
    void *received = NULL, *all = NULL;
    int64_t length = 0;
    hr_status status = list_texts(dictionaries, count, &ids->text, err);
    if (status == HR_OK)
        status = hr_id_lists_new(&l, comm, err);
    if (status == HR_OK)
        status = group_texts(comm, &ids->text, &l, &grouped, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_id_lists_exchange(comm, &l, grouped, 1, &received, err));
    status = take_texts(received, l.received[comm->size], &ids->text, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_id_lists_gather(comm, ids->text.bytes, ids->text.used, 1, &all, &length, err));
    status = take_texts(all, length, &ids->text, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    ids->count = ids->text.count;
done:
    free(all);
    free(received);
    free(grouped);
    hr_id_lists_free(&l);
    return status;
}
