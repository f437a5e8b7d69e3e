#include "trainer/export/export_files.h"

#include "io/base/memory.h"
#include "io/hdf5/h5.h"

#include <string.h>

#define VECTORS_FORMAT "halorec-vectors"

enum { VECTORS_VERSION = 1, FILE_NAME = 64 };

static void tsv_line(void *matrix, int64_t index, FILE *out)
{
    const hr_row_matrix *m = matrix;
    for (int64_t c = 0; c < m->cols; c++)
        fprintf(out, "%.9g%c", (double)m->row[index * m->cols + c], c + 1 < m->cols ? '\t' : '\n');
}

/* The projector's name for what it shows: the movies. */
static const char *tsv_name(const hr_export_matrix *m)
{
    return strcmp(m->name, "movies") == 0 ? "vectors" : m->name;
}

static hr_status write_matrix(const hr_new_folder *folder, const hr_export_matrix *m, hr_export_format format,
                              hr_error *err)
{
    char name[FILE_NAME], path[PATH_MAX];
    hr_row_matrix rows = m->rows;
    const bool is_npy = format == HR_EXPORT_NPY, is_tsv = format == HR_EXPORT_TSV;
    snprintf(name, sizeof name, "%s.%s", is_tsv ? tsv_name(m) : m->name,
             is_npy   ? "npy"
             : is_tsv ? "tsv"
                      : "mtx");
    const hr_status status = hr_new_folder_file(folder, name, path, err);
    if (status != HR_OK)
        return status;
    if (is_npy)
        return hr_row_file_npy(folder->comm, path, &rows, err);
    if (is_tsv)
        return hr_row_file_text(folder->comm, path, "", rows.count, tsv_line, &rows, err);
    return hr_row_file_mtx(folder->comm, path, &rows, err);
}

/* Matrices, then the ids of users and of movies, then titles, by their offsets in vectors.h5. */
enum { H5_ARRAYS = HR_EXPORT_MATRICES + 3 };

/* Ids or titles of a rank's rows, as an array of one width. */
typedef struct column {
    const char *name;
    int64_t rows, first, count;
    const int64_t *number; /* or NULL, then: */
    const hr_strings *text;
    int64_t width; /* bytes of an element, the same on all ranks */
} column;

static hr_status list_columns(const hr_export_rows *r, const hr_comm *comm, column columns[3], hr_error *err)
{
    const hr_row_block *b = &r->block;
    const hr_ids *user = &r->user_id, *movie = &r->movie_id;
    int64_t width[3] = {1, 1, 1};
    columns[0] = (column){"user_id", r->users, b->first_user, b->users, user->number, &user->text, 0};
    columns[1] = (column){"movie_id", r->movies, b->first_movie, b->movies, movie->number, &movie->text, 0};
    columns[2] = (column){"title", r->movies, b->first_movie, b->movies, NULL, &r->title, 0};
    for (int i = 0; i < 3; i++)
        for (int64_t k = 0; !columns[i].number && k < columns[i].count; k++) {
            const int64_t length = (int64_t)strlen(hr_strings_at(columns[i].text, k));
            width[i] = length > width[i] ? length : width[i];
        }
    const hr_status status = hr_max_i64(comm, width, 3, err);
    for (int i = 0; i < 3; i++)
        columns[i].width = columns[i].number ? (int64_t)sizeof *columns[i].number : width[i];
    return status;
}

static hr_status declare_column(hr_h5 *file, const column *c, hr_error *err)
{
    return c->number ? hr_h5_declare(file, c->name, HR_H5_I64, c->rows, 1, err)
                     : hr_h5_declare_texts(file, c->name, c->rows, c->width, err);
}

/* On rank 0. */
static hr_status lay_out(const char *path, const hr_export_rows *r, const column columns[3],
                         int64_t offset[H5_ARRAYS], hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    int64_t bytes = 0;
    for (int i = 0; i < r->count; i++)
        bytes += r->matrix[i].rows.rows * r->matrix[i].rows.cols * (int64_t)sizeof(float);
    HR_TRY(hr_h5_create(&file, path, VECTORS_FORMAT, VECTORS_VERSION, bytes, err));
    for (int i = 0; i < r->count; i++) {
        const hr_export_matrix *m = &r->matrix[i];
        HR_TRY(hr_h5_declare(file, m->name, HR_H5_F32, m->rows.rows, m->rows.cols, err));
        HR_TRY(hr_h5_offset(file, m->name, &offset[i], err));
    }
    for (int i = 0; i < 3; i++) {
        HR_TRY(declare_column(file, &columns[i], err));
        HR_TRY(hr_h5_offset(file, columns[i].name, &offset[r->count + i], err));
    }
    HR_TRY(hr_h5_hand_over(file, err));
done:
    hr_h5_close(file);
    return status;
}

static hr_status write_column(hr_shared_file *file, const column *c, int64_t offset, hr_error *err)
{
    const int64_t at = offset + c->first * c->width, bytes = c->count * c->width;
    hr_status status = HR_OK;
    char *texts = NULL;
    if (c->number)
        return hr_shared_write(file, at, c->number, bytes, err);
    HR_ALLOC(texts, bytes);
    for (int64_t i = 0; i < c->count; i++) {
        const char *text = hr_strings_at(c->text, i);
        memcpy(texts + i * c->width, text, strlen(text)); /* zeros follow it */
    }
    HR_TRY(hr_shared_write(file, at, texts, bytes, err));
done:
    free(texts);
    return status;
}

static hr_status write_h5(const hr_new_folder *folder, const hr_export_rows *r, hr_error *err)
{
    const hr_comm *comm = folder->comm;
    hr_status status = HR_OK;
    char path[PATH_MAX];
    column columns[3];
    int64_t offset[H5_ARRAYS] = {0};
    hr_shared_file *file = NULL;
    HR_TRY(hr_new_folder_file(folder, "vectors.h5", path, err));
    HR_TRY(list_columns(r, comm, columns, err));
    if (comm->rank == 0)
        status = lay_out(path, r, columns, offset, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_broadcast(comm, offset, sizeof offset, 0, err));
    HR_TRY(hr_shared_open(&file, comm, path, err));
    for (int i = 0; i < r->count && status == HR_OK; i++) {
        const hr_row_matrix *m = &r->matrix[i].rows;
        const int64_t row_bytes = m->cols * (int64_t)sizeof *m->row;
        status = hr_shared_write(file, offset[i] + m->first * row_bytes, m->row, m->count * row_bytes, err);
    }
    for (int i = 0; i < 3 && status == HR_OK; i++)
        status = write_column(file, &columns[i], offset[r->count + i], err);
    status = hr_shared_publish(file, status, err);
done:
    hr_shared_close(file);
    return status;
}

hr_status hr_export_files(const hr_new_folder *folder, const hr_export_rows *rows, hr_export_format format,
                          hr_error *err)
{
    hr_status status = HR_OK;
    if (format == HR_EXPORT_H5)
        return write_h5(folder, rows, err);
    for (int i = 0; i < rows->count && status == HR_OK; i++)
        if (format != HR_EXPORT_TSV || i < HR_EXPORT_INDEX)
            status = write_matrix(folder, &rows->matrix[i], format, err);
    return status;
}
