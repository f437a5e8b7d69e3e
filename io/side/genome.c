#include "io/side/genome.h"

#include "io/base/memory.h"
#include "io/base/search.h"
#include "io/dataset/ids_file.h"
#include "io/side/side_table.h"
#include "io/text/numbers.h"

#include <string.h>

enum { MOST_TAGS = 1 << 16, ROOM = 127 };

/* The table as a matrix, which grows by rows and by columns. */
typedef struct genome {
    const hr_ids *movie_id;
    hr_ids listed;   /* ids of the rows */
    int64_t *row_of; /* [movie_id->count] row of each movie, plus 1; 0 without */
    int64_t rows, columns, id_capacity;
    int64_t tags; /* the largest number of a tag; columns beyond are room */
    float *value; /* [rows x columns] */
    int64_t capacity;
    int64_t last; /* number of the movie of the row before, in movie_id; HR_NOT_FOUND at first */
    hr_strings last_id;
} genome;

/* Moves the rows together, to the columns that there are tags for. */
static void narrow(genome *g)
{
    for (int64_t r = 1; r < g->rows; r++)
        memmove(g->value + r * g->tags, g->value + r * g->columns, (size_t)g->tags * sizeof *g->value);
    g->columns = g->tags;
}

/* Moves the rows apart to make room for more columns. */
static hr_status widen(genome *g, int64_t columns, hr_error *err)
{
    hr_status status = HR_OK;
    HR_GROW(g->value, g->capacity, g->rows * columns);
    for (int64_t r = g->rows - 1; r >= 0; r--) {
        memmove(g->value + r * columns, g->value + r * g->columns, (size_t)g->columns * sizeof *g->value);
        memset(g->value + r * columns + g->columns, 0, (size_t)(columns - g->columns) * sizeof *g->value);
    }
    g->columns = columns;
done:
    return status;
}

static hr_status add_row(genome *g, int64_t movie, hr_error *err)
{
    hr_status status = HR_OK;
    HR_GROW(g->value, g->capacity, (g->rows + 1) * g->columns + 1);
    memset(g->value + g->rows * g->columns, 0, (size_t)g->columns * sizeof *g->value);
    if (g->movie_id->number) {
        HR_GROW(g->listed.number, g->id_capacity, g->rows + 1);
        g->listed.number[g->rows] = g->movie_id->number[movie];
    } else {
        const char *id = hr_strings_at(&g->movie_id->text, movie);
        HR_TRY(hr_strings_append(&g->listed.text, id, (int64_t)strlen(id), err));
    }
    g->row_of[movie] = ++g->rows;
    g->listed.count = g->rows;
done:
    return status;
}

/* The movie's number in the dataset; scores of one movie follow each other. */
static hr_status find_movie(genome *g, hr_text_piece id, int64_t *movie, hr_error *err)
{
    hr_status status = HR_OK;
    if (g->last_id.count == 0 || !hr_piece_is(id, hr_strings_at(&g->last_id, 0))) {
        g->last_id.count = g->last_id.used = 0;
        HR_TRY(hr_strings_append(&g->last_id, id.at, id.length, err));
        g->last = hr_ids_find(g->movie_id, id.at, id.length);
    }
    *movie = g->last;
done:
    return status;
}

static hr_status take_score(void *context, hr_side_file *file, const hr_text_piece *field, const hr_row *row,
                            hr_error *err)
{
    genome *g = context;
    hr_status status = HR_OK;
    int64_t tag = 0, movie = 0;
    double score = 0;
    (void)row;
    if (!hr_whole_parse(hr_id_trimmed(field[1]), &tag) || tag < 1 || tag > MOST_TAGS) {
        hr_side_bad(file, "found tagId \"%.*s\", expected 1 to %d", HR_PIECE(field[1]), MOST_TAGS);
        return HR_OK;
    }
    if (!hr_number_parse(field[2], false, &score)) {
        hr_side_bad(file, "found relevance \"%.*s\", expected a number", HR_PIECE(field[2]));
        return HR_OK;
    }
    HR_TRY(find_movie(g, field[0], &movie, err));
    if (movie == HR_NOT_FOUND)
        return HR_OK;
    if (g->row_of[movie] == 0)
        HR_TRY(add_row(g, movie, err));
    if (tag > g->columns)
        HR_TRY(widen(g, g->rows > 1 ? tag + ROOM : tag, err));
    g->tags = tag > g->tags ? tag : g->tags;
    g->value[(g->row_of[movie] - 1) * g->columns + tag - 1] = (float)score;
done:
    return status;
}

hr_status hr_genome_write(const char *path, const hr_ids *movie_id, hr_h5 *file, hr_side_report *report,
                          hr_error *err)
{
    static const hr_side_form form = {.names = {"movieid", "tagid", "relevance"}};
    hr_status status = HR_OK;
    genome g = {.movie_id = movie_id, .last = HR_NOT_FOUND};
    HR_ALLOC(g.row_of, movie_id->count);
    HR_TRY(hr_side_table_read(path, &form, take_score, &g, report, err));
    if (g.rows == 0)
        goto done;
    narrow(&g);
    HR_TRY(hr_h5_write(file, "features", HR_H5_F32, g.rows, g.columns, g.value, err));
    HR_TRY(hr_ids_write(file, "movie_id", &g.listed, err));
done:
    hr_strings_free(&g.last_id);
    hr_ids_free(&g.listed);
    free(g.row_of);
    free(g.value);
    return status;
}
