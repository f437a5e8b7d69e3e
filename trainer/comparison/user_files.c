#include "trainer/comparison/user_files.h"

#include "io/base/memory.h"
#include "io/dataset/ids_file.h"
#include "io/vectors/row_file.h"
#include "trainer/evaluation/unrated.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#define FIGURES_HEAD "user\ttrain\theld\tauc"
#define LISTS_HEAD "user\trank\tmovie\tscore\theld\n"
#define NEGATIVES_HEAD "user\theld\tdrawn\n"

const hr_output_marks hr_user_file_marks[HR_USER_FILES] = {
    {.what = "a file of users' figures", .begins = {FIGURES_HEAD}},
    {.what = "a file of users' lists", .begins = {LISTS_HEAD}},
    {.what = "a file of drawn movies", .begins = {NEGATIVES_HEAD}}};

/* What lines are printed of. */
typedef struct lines {
    const hr_evaluated_model *model;
    hr_ids user_id, movie_id; /* of this rank's users; of all movies */
    int64_t negatives;
    int32_t *drawn; /* [negatives] */
    uint8_t *marks; /* [movies] */
} lines;

/* An id as a field; what would end it is a blank. */
static void print_id(const hr_ids *ids, int64_t index, FILE *out)
{
    char buffer[HR_ID_BUFFER];
    for (const char *text = hr_ids_text(ids, index, buffer); *text; text++)
        fputc(*text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text, out);
}

static void print_user(const lines *l, int64_t user, FILE *out)
{
    print_id(&l->user_id, user - l->model->loaded.ratings.first_user, out);
}

static void figures_line(void *context, int64_t index, FILE *out)
{
    const lines *l = context;
    const hr_user_figure *u = &l->model->figures.figure[index];
    print_user(l, u->user, out);
    fprintf(out, "\t%" PRId64 "\t%" PRId64 "\t%.9g", u->train, u->held, u->metrics.auc);
    for (int i = 0; i < l->model->call->cutoffs.count; i++) {
        const hr_metrics_at *at = &u->metrics.at[i];
        fprintf(out, "\t%.9g\t%.9g\t%.9g\t%.9g\t%.9g\t%.9g\t%.9g", at->recall, at->ndcg, at->precision,
                at->hit, at->mrr, at->map, at->capped_recall);
    }
    if (l->model->has_errors)
        fprintf(out, "\t%.0f\t%.9g\t%.9g", u->ratings, sqrt(u->squared / u->ratings),
                u->absolute / u->ratings);
    fputc('\n', out);
}

static void list_lines(void *context, int64_t index, FILE *out)
{
    const lines *l = context;
    const hr_user_figures *f = &l->model->figures;
    for (int64_t rank = 0; rank < f->length[index]; rank++) {
        const int64_t at = index * f->top + rank;
        print_user(l, f->figure[index].user, out);
        fprintf(out, "\t%" PRId64 "\t", rank + 1);
        print_id(&l->movie_id, f->movie[at], out);
        fprintf(out, "\t%.9g\t%d\n", (double)f->score[at], f->is_held[at]);
    }
}

/* Draws again what was ranked: it is a function of seed, user and movie. */
static void negative_lines(void *context, int64_t user, FILE *out)
{
    lines *l = context;
    const hr_ratings *r = &l->model->loaded.ratings;
    for (int64_t i = r->ptr[user]; i < r->ptr[user + 1]; i++) {
        if (r->split[i] != (uint8_t)l->model->call->split)
            continue;
        const int64_t drawn =
            hr_unrated_draw(r, user, l->model->call->seed, r->movie[i], l->negatives, l->drawn, l->marks);
        for (int64_t n = 0; n < drawn; n++) {
            print_user(l, r->first_user + user, out);
            fputc('\t', out);
            print_id(&l->movie_id, r->movie[i], out);
            fputc('\t', out);
            print_id(&l->movie_id, l->drawn[n], out);
            fputc('\n', out);
        }
    }
}

static hr_status write_figures(const char *path, const hr_comm *comm, lines *l, hr_error *err)
{
    char head[HR_TEXT_LENGTH] = FIGURES_HEAD;
    const hr_cutoffs *cutoffs = &l->model->call->cutoffs;
    for (int i = 0; i < cutoffs->count; i++) {
        const size_t used = strlen(head);
        const int k = (int)cutoffs->k[i];
        snprintf(head + used, sizeof head - used,
                 "\trecall@%d\tndcg@%d\tprecision@%d\thit@%d\tmrr@%d\tmap@%d\tcapped_recall@%d", k, k, k, k,
                 k, k, k);
    }
    const size_t used = strlen(head);
    snprintf(head + used, sizeof head - used, "%s\n", l->model->has_errors ? "\tratings\trmse\tmae" : "");
    return hr_row_file_text(comm, path, head, l->model->figures.count, figures_line, l, err);
}

/* Of the first sampled protocol that draws most. */
static int64_t most_negatives(const hr_evaluation_call *call)
{
    int64_t most = 0;
    for (int i = 0; i < call->protocols.count; i++)
        if (call->protocols.list[i].kind != HR_PROTOCOL_FULL && call->protocols.list[i].negatives > most)
            most = call->protocols.list[i].negatives;
    return most;
}

static hr_status check(const hr_user_files *files, const lines *l, hr_error *err)
{
    if (!l->model->has_full && ((files->figures && *files->figures) || (files->lists && *files->lists)))
        return hr_fail(err, HR_USAGE,
                       "--per-user and --lists are of full ranking, which --protocol leaves out");
    if (l->negatives == 0 && files->negatives && *files->negatives)
        return hr_fail(err, HR_USAGE,
                       "--negatives are those of a sampled protocol, of which --protocol has none");
    return HR_OK;
}

static hr_status prepare(lines *l, const char *dataset, hr_error *err)
{
    const hr_loaded *loaded = &l->model->loaded;
    hr_h5 *file = NULL;
    hr_dataset_summary summary;
    hr_status status = HR_OK;
    HR_TRY(hr_dataset_open(&file, &summary, dataset, err));
    HR_TRY(hr_ids_read(file, "user/id", loaded->ratings.first_user, loaded->ratings.users, &l->user_id, err));
    HR_TRY(hr_ids_read(file, "movie/id", 0, loaded->ratings.movies, &l->movie_id, err));
    HR_ALLOC(l->drawn, l->negatives);
    HR_ALLOC(l->marks, loaded->ratings.movies);
done:
    hr_h5_close(file);
    return status;
}

hr_status hr_user_files_write(const hr_user_files *files, const hr_comm *comm,
                              const hr_evaluated_model *model, const char *dataset, hr_error *err)
{
    lines l = {.model = model, .negatives = most_negatives(model->call)};
    hr_status status = check(files, &l, err); /* the same on all ranks */
    HR_TRY(status);
    status = prepare(&l, dataset, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    if (files->figures && *files->figures)
        HR_TRY(write_figures(files->figures, comm, &l, err));
    if (files->lists && *files->lists)
        HR_TRY(hr_row_file_text(comm, files->lists, LISTS_HEAD, model->figures.count, list_lines, &l, err));
    if (files->negatives && *files->negatives)
        HR_TRY(hr_row_file_text(comm, files->negatives, NEGATIVES_HEAD, model->loaded.ratings.users,
                                negative_lines, &l, err));
done:
    hr_ids_free(&l.user_id);
    hr_ids_free(&l.movie_id);
    free(l.drawn);
    free(l.marks);
    return status;
}
