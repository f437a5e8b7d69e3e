#include "io/vectors/row_file.h"

#include "io/base/durable.h"
#include "io/base/memory.h"
#include "io/vectors/npy.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

/* Lines that are printed, and numbers that are written, at a time. */
enum { LINES_AT_A_TIME = 1024, NUMBERS_AT_A_TIME = 1 << 14 };

/* "% .8e\n": a sign, nine digits with a point, an exponent of two digits as all floats have, and the end. */
enum { NUMBER_BYTES = 16 };

static hr_status make_file(const char *path, int64_t bytes, hr_error *err)
{
    char *name = NULL;
    int descriptor = -1;
    hr_status status = HR_OK;
    HR_TRY(hr_temporary_name(path, &name, err));
    descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0 || ftruncate(descriptor, bytes) != 0)
        HR_TRY(hr_fail(err, HR_IO, "%s: cannot be created: %s", name, strerror(errno)));
done:
    if (descriptor >= 0)
        close(descriptor);
    free(name);
    return status;
}

hr_status hr_row_file_create(hr_shared_file **file, const hr_comm *comm, const char *path, int64_t bytes,
                             hr_error *err)
{
    const hr_status status = hr_agree(comm, comm->rank == 0 ? make_file(path, bytes, err) : HR_OK, NULL, err);
    *file = NULL;
    return status == HR_OK ? hr_shared_open(file, comm, path, err) : status;
}

hr_status hr_row_file_npy(const hr_comm *comm, const char *path, const hr_row_matrix *m, hr_error *err)
{
    hr_shared_file *file = NULL;
    char header[HR_NPY_HEADER];
    const int64_t row_bytes = m->cols * (int64_t)sizeof *m->row;
    hr_status status = HR_OK;
    hr_npy_header(header, "<f4", m->rows, m->cols);
    HR_TRY(hr_row_file_create(&file, comm, path, HR_NPY_HEADER + m->rows * row_bytes, err));
    if (comm->rank == 0)
        status = hr_shared_write(file, 0, header, sizeof header, err);
    if (status == HR_OK)
        status =
            hr_shared_write(file, HR_NPY_HEADER + m->first * row_bytes, m->row, m->count * row_bytes, err);
    status = hr_shared_publish(file, status, err);
done:
    hr_shared_close(file);
    return status;
}

/* Writes this rank's numbers of one column. */
static hr_status write_column(hr_shared_file *file, const hr_row_matrix *m, int64_t column, int64_t begin,
                              char *text, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t first = begin + (column * m->rows + m->first) * NUMBER_BYTES;
    for (int64_t row = 0; row < m->count && status == HR_OK; row += NUMBERS_AT_A_TIME) {
        const int64_t left = m->count - row, count = left < NUMBERS_AT_A_TIME ? left : NUMBERS_AT_A_TIME;
        for (int64_t i = 0; i < count; i++)
            snprintf(text + i * NUMBER_BYTES, NUMBER_BYTES + 1, "% .8e\n",
                     (double)m->row[(row + i) * m->cols + column]);
        status = hr_shared_write(file, first + row * NUMBER_BYTES, text, count * NUMBER_BYTES, err);
    }
    return status;
}

hr_status hr_row_file_mtx(const hr_comm *comm, const char *path, const hr_row_matrix *m, hr_error *err)
{
    hr_shared_file *file = NULL;
    char head[128], *text = NULL;
    const int begin =
        snprintf(head, sizeof head, "%%%%MatrixMarket matrix array real general\n%" PRId64 " %" PRId64 "\n",
                 m->rows, m->cols);
    hr_status status = HR_OK;
    HR_TRY(hr_row_file_create(&file, comm, path, begin + m->rows * m->cols * NUMBER_BYTES, err));
    text = hr_alloc(NUMBERS_AT_A_TIME * NUMBER_BYTES + 1, 1);
    if (!text)
        status = hr_fail_memory(err, NUMBERS_AT_A_TIME, NUMBER_BYTES, "numbers");
    else if (comm->rank == 0)
        status = hr_shared_write(file, 0, head, begin, err);
    for (int64_t column = 0; column < m->cols && status == HR_OK; column++)
        status = write_column(file, m, column, begin, text, err);
    status = hr_shared_publish(file, status, err);
done:
    free(text);
    hr_shared_close(file);
    return status;
}

/* The lines of a text file. */
typedef struct lines {
    int64_t count;
    hr_row_line *line;
    void *context;
} lines;

/* Prints all lines, some at a time, and writes them from `offset` on where there is a file. *bytes receives their
 * length. */
static hr_status print_lines(const lines *l, hr_shared_file *file, int64_t offset, int64_t *bytes,
                             hr_error *err)
{
    hr_status status = HR_OK;
    *bytes = 0;
    for (int64_t first = 0; first < l->count && status == HR_OK; first += LINES_AT_A_TIME) {
        char *text = NULL;
        size_t length = 0;
        FILE *out = open_memstream(&text, &length);
        for (int64_t i = first; out && i < l->count && i < first + LINES_AT_A_TIME; i++)
            l->line(l->context, i, out);
        if (!out || fclose(out) != 0)
            status = hr_fail_memory(err, LINES_AT_A_TIME, 1, "lines");
        else if (file)
            status = hr_shared_write(file, offset + *bytes, text, (int64_t)length, err);
        *bytes += (int64_t)length;
        free(text);
    }
    return status;
}

hr_status hr_row_file_text(const hr_comm *comm, const char *path, const char *head, int64_t count,
                           hr_row_line *line, void *context, hr_error *err)
{
    hr_shared_file *file = NULL;
    const lines all = {count, line, context};
    const int64_t begin = (int64_t)strlen(head);
    int64_t mine = 0, before = 0, total = 0, again = 0;
    hr_status status = print_lines(&all, NULL, 0, &mine, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    before = total = mine;
    HR_TRY(hr_sum_before_i64(comm, &before, 1, err));
    HR_TRY(hr_sum_i64(comm, &total, 1, err));
    HR_TRY(hr_row_file_create(&file, comm, path, begin + total, err));
    if (comm->rank == 0)
        status = hr_shared_write(file, 0, head, begin, err);
    if (status == HR_OK)
        status = print_lines(&all, file, begin + before, &again, err);
    status = hr_shared_publish(file, status, err);
done:
    hr_shared_close(file);
    return status;
}
