#include "trainer/export/export.h"

#include "io/vectors/new_folder.h"
#include "trainer/export/export_files.h"
#include "trainer/export/export_rows.h"

#include <string.h>

/* Prints a text as one field of one line: what would end either is a blank. */
static void print_field(const char *text, FILE *out)
{
    for (; *text; text++)
        fputc(*text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text, out);
}

static void print_id(const hr_ids *ids, int64_t index, FILE *out)
{
    char buffer[HR_ID_BUFFER];
    print_field(hr_ids_text(ids, index, buffer), out);
}

static void user_id_line(void *rows, int64_t index, FILE *out)
{
    print_id(&((const hr_export_rows *)rows)->user_id, index, out);
    fputc('\n', out);
}

static void movie_id_line(void *rows, int64_t index, FILE *out)
{
    print_id(&((const hr_export_rows *)rows)->movie_id, index, out);
    fputc('\n', out);
}

static void title_line(void *rows, int64_t index, FILE *out)
{
    print_field(hr_strings_at(&((const hr_export_rows *)rows)->title, index), out);
    fputc('\n', out);
}

static void metadata_line(void *rows, int64_t index, FILE *out)
{
    const hr_export_rows *r = rows;
    print_id(&r->movie_id, index, out);
    fputc('\t', out);
    print_field(hr_strings_at(&r->title, index), out);
    fputc('\t', out);
    print_field(hr_strings_at(&r->genres, index), out);
    fputc('\n', out);
}

static void note_line(void *rows, int64_t index, FILE *out)
{
    (void)index;
    hr_export_note(rows, out);
}

/* A text file of the folder: a line for each of `count` rows of this rank. */
static hr_status write_lines(const hr_new_folder *folder, const char *name, const char *head, int64_t count,
                             hr_row_line *line, hr_export_rows *rows, hr_error *err)
{
    char path[PATH_MAX];
    const hr_status status = hr_new_folder_file(folder, name, path, err); /* the same on all ranks */
    return status == HR_OK ? hr_row_file_text(folder->comm, path, head, count, line, rows, err) : status;
}

static hr_status write_names(const hr_new_folder *folder, hr_export_rows *rows, bool has_metadata,
                             hr_error *err)
{
    hr_status status = HR_OK;
    const hr_row_block *b = &rows->block;
    HR_TRY(write_lines(folder, "user_ids.txt", "", b->users, user_id_line, rows, err));
    HR_TRY(write_lines(folder, "movie_ids.txt", "", b->movies, movie_id_line, rows, err));
    HR_TRY(write_lines(folder, "titles.txt", "", b->movies, title_line, rows, err));
    HR_TRY(write_lines(folder, "README.txt", "", folder->comm->rank == 0, note_line, rows, err));
    if (has_metadata)
        HR_TRY(
            write_lines(folder, "metadata.tsv", "id\ttitle\tgenres\n", b->movies, metadata_line, rows, err));
done:
    return status;
}

hr_status hr_export(const hr_comm *comm, const char *checkpoint, const char *dataset, const char *out,
                    hr_export_format format, hr_error *err)
{
    hr_status status = HR_OK;
    hr_new_folder folder = {0};
    hr_export_rows rows = {0};
    HR_TRY(hr_new_folder_begin(&folder, comm, out, err));
    HR_TRY(hr_export_rows_read(&rows, comm, checkpoint, dataset, err));
    HR_TRY(write_names(&folder, &rows, format == HR_EXPORT_TSV, err));
    HR_TRY(hr_export_files(&folder, &rows, format, err));
    HR_TRY(hr_new_folder_publish(&folder, err));
done:
    hr_export_rows_free(&rows);
    hr_new_folder_end(&folder);
    return status;
}
