/* Lists as lines of text. What is said of a movie is made once; threads make the lines of a share of the users each. */
#include "io/base/durable.h"
#include "io/base/json.h"
#include "io/base/memory.h"
#include "trainer/lists/list_format.h"
#include "trainer/lists/text_buffer.h"

#include <fcntl.h>
#include <omp.h>
#include <string.h>
#include <unistd.h>

#define WITHOUT_TITLES "user\trank\tmovie\tscore\n"
#define WITH_TITLES "user\trank\tmovie\tscore\ttitle\n"
#define OBJECT "{\"user\": "

/* What a line has before and behind the score. */
typedef struct list_text {
    bool json;
    hr_strings before, behind; /* [movies] */
    int64_t written;           /* bytes of the file */
    int threads;
    hr_text_buffer *buffer; /* [threads] */
} list_text;

static void destroy(void *state)
{
    list_text *t = state;
    if (!t)
        return;
    hr_strings_free(&t->before);
    hr_strings_free(&t->behind);
    for (int i = 0; t->buffer && i < t->threads; i++)
        hr_text_buffer_free(&t->buffer[i]);
    free(t->buffer);
    free(t);
}

/* A movie's pieces: `"296\t"` and `"\tPulp Fiction (1994)\n"`, or those of a JSON object. */
static hr_status add_movie(list_text *t, hr_text_buffer *text, const hr_catalogue *catalogue, int64_t movie,
                           bool titles, hr_error *err)
{
    hr_status status = HR_OK;
    const char *title = hr_strings_at(&catalogue->title, movie);
    text->used = 0;
    if (t->json) {
        HR_TRY(hr_text_add(text, "{\"movie\": ", err));
        HR_TRY(hr_text_add_id_json(text, &catalogue->id, movie, err));
        HR_TRY(hr_text_add(text, ", \"score\": ", err));
    } else {
        HR_TRY(hr_text_add_id(text, &catalogue->id, movie, err));
        HR_TRY(hr_text_add(text, "\t", err));
    }
    HR_TRY(hr_strings_append(&t->before, text->bytes, text->used, err));
    text->used = 0;
    if (titles)
        HR_TRY(hr_text_add(text, t->json ? ", \"title\": " : "\t", err));
    if (titles && t->json)
        HR_TRY(hr_text_add_json(text, hr_json_string(title), err));
    else if (titles)
        HR_TRY(hr_text_add_field(text, title, err));
    HR_TRY(hr_text_add(text, t->json ? "}" : "\n", err));
    HR_TRY(hr_strings_append(&t->behind, text->bytes, text->used, err));
done:
    return status;
}

/* Makes the temporary file, with the header. On rank 0. */
static hr_status begin_file(const char *path, const char *header, hr_error *err)
{
    hr_status status = HR_OK;
    char *temporary = NULL;
    HR_TRY(hr_temporary_name(path, &temporary, err));
    FILE *file = fopen(temporary, "w");
    const bool is_written = file && fputs(header, file) >= 0;
    if ((file && fclose(file) != 0) || !is_written)
        status = hr_fail(err, HR_IO, "%s: cannot be written; free some space or write elsewhere", temporary);
    if (status != HR_OK)
        unlink(temporary);
done:
    free(temporary);
    return status;
}

static hr_status create(void **state, const hr_list_target *target, bool json, hr_error *err)
{
    hr_status status = HR_OK;
    list_text *t = NULL;
    hr_text_buffer text = {0};
    const char *header = json ? "" : target->titles ? WITH_TITLES : WITHOUT_TITLES;
    HR_ALLOC(t, 1);
    *state = t;
    t->json = json;
    t->threads = omp_get_max_threads();
    t->written = (int64_t)strlen(header);
    HR_ALLOC(t->buffer, t->threads);
    for (int64_t m = 0; m < target->recommender->catalogue.movies; m++)
        HR_TRY(add_movie(t, &text, &target->recommender->catalogue, m, target->titles, err));
    if (target->comm->rank == 0)
        HR_TRY(begin_file(target->path, header, err));
done:
    hr_text_buffer_free(&text);
    return status;
}

static hr_status create_tsv(void **state, const hr_list_target *target, hr_error *err)
{
    return create(state, target, false, err);
}

static hr_status create_jsonl(void **state, const hr_list_target *target, hr_error *err)
{
    return create(state, target, true, err);
}

/* A line a movie: user, rank, movie, score. `user` is a buffer to work with. */
static hr_status add_tsv(const list_text *t, hr_text_buffer *text, hr_text_buffer *user,
                         const hr_user_block *users, const hr_lists *lists, int64_t index, hr_error *err)
{
    hr_status status = HR_OK;
    user->used = 0;
    HR_TRY(hr_text_add_id(user, &users->id, index, err));
    HR_TRY(hr_text_add(user, "\t", err));
    for (int64_t i = 0; i < lists->count[index]; i++) {
        const int64_t at = index * lists->k + i;
        HR_TRY(hr_text_add_bytes(text, user->bytes, user->used, err));
        HR_TRY(hr_text_add_integer(text, i + 1, err));
        HR_TRY(hr_text_add(text, "\t", err));
        HR_TRY(hr_text_add(text, hr_strings_at(&t->before, lists->movie[at]), err));
        HR_TRY(hr_text_add_number(text, (double)lists->score[at], err));
        HR_TRY(hr_text_add(text, hr_strings_at(&t->behind, lists->movie[at]), err));
    }
done:
    return status;
}

/* A line a user. */
static hr_status add_jsonl(const list_text *t, hr_text_buffer *text, const hr_user_block *users,
                           const hr_lists *lists, int64_t index, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_text_add(text, OBJECT, err));
    HR_TRY(hr_text_add_id_json(text, &users->id, index, err));
    HR_TRY(hr_text_add(text, ", \"recommendations\": [", err));
    for (int64_t i = 0; i < lists->count[index]; i++) {
        const int64_t at = index * lists->k + i;
        HR_TRY(hr_text_add(text, i > 0 ? ", " : "", err));
        HR_TRY(hr_text_add(text, hr_strings_at(&t->before, lists->movie[at]), err));
        HR_TRY(hr_text_add_number(text, (double)lists->score[at], err));
        HR_TRY(hr_text_add(text, hr_strings_at(&t->behind, lists->movie[at]), err));
    }
    HR_TRY(hr_text_add(text, "]}\n", err));
done:
    return status;
}

/* The lines of users first … end - 1, into one thread's buffer. */
static hr_status add_users(const list_text *t, hr_text_buffer *text, const hr_user_block *users,
                           const hr_lists *lists, int64_t first, int64_t end, hr_error *err)
{
    hr_status status = HR_OK;
    hr_text_buffer user = {0};
    text->used = 0;
    for (int64_t i = first; i < end; i++)
        HR_TRY(t->json ? add_jsonl(t, text, users, lists, i, err)
                       : add_tsv(t, text, &user, users, lists, i, err));
done:
    hr_text_buffer_free(&user);
    return status;
}

/* All lines of the block, by all threads. */
static hr_status add_all(list_text *t, const hr_user_block *users, const hr_lists *lists, hr_error *err)
{
    hr_status status = HR_OK;
#pragma omp parallel for schedule(static) num_threads(t->threads)
    for (int i = 0; i < t->threads; i++) {
        hr_error mine = {""};
        const hr_status found = add_users(t, &t->buffer[i], users, lists, users->users * i / t->threads,
                                          users->users * (i + 1) / t->threads, &mine);
#pragma omp critical
        if (found != HR_OK && status == HR_OK) {
            status = found;
            *err = mine;
        }
    }
    return status;
}

static hr_status write_lists(void *state, const hr_list_target *target, int64_t first,
                             const hr_user_block *users, const hr_lists *lists, hr_error *err)
{
    (void)first;
    list_text *t = state;
    int64_t bytes = 0, before = 0, all = 0;
    hr_status status = add_all(t, users, lists, err);
    for (int i = 0; i < t->threads; i++)
        bytes += t->buffer[i].used;
    HR_TRY(hr_agree(target->comm, status, NULL, err));
    before = all = bytes;
    HR_TRY(hr_sum_before_i64(target->comm, &before, 1, err));
    HR_TRY(hr_sum_i64(target->comm, &all, 1, err));
    int64_t offset = t->written + before;
    for (int i = 0; status == HR_OK && i < t->threads; offset += t->buffer[i++].used)
        status = hr_shared_write(target->file, offset, t->buffer[i].bytes, t->buffer[i].used, err);
    t->written += all;
    status = hr_agree(target->comm, status, NULL, err);
done:
    return status;
}

const hr_list_format hr_list_format_tsv = {.suffix = ".tsv",
                                           .begins = {WITHOUT_TITLES, WITH_TITLES},
                                           .create = create_tsv,
                                           .write = write_lists,
                                           .destroy = destroy};
const hr_list_format hr_list_format_jsonl = {
    .suffix = ".jsonl", .begins = {OBJECT}, .create = create_jsonl, .write = write_lists, .destroy = destroy};
