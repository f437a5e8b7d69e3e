#include "trainer/many_models/result_file.h"

#include "io/base/even.h"
#include "io/base/json.h"
#include "io/base/memory.h"
#include "io/hdf5/h5.h"
#include "io/hdf5/shared_file.h"

#include <math.h>
#include <string.h>

enum { VERSION = 1, LONGEST_ABOUT = 60000, ARRAYS = 3 };

/* Of which values, errors too, are multiples (figure_table.h). */
static const double unit = 0x1p-30;

static const char *const names[ARRAYS] = {"user", "ratings", "value"};

/* Whether the file has the figure. */
static bool is_kept(const hr_figure *figure)
{
    return figure->segment == HR_SEGMENT_ALL || figure->segment == HR_SEGMENT_RATINGS;
}

/* What is written: this rank's users, and where they are among all. */
typedef struct rows {
    int64_t first, users, figures; /* users of all ranks */
    int64_t *ratings, *value;
} rows;

static hr_status make_rows(rows *r, const hr_figure_table *table, json_t *about, hr_error *err)
{
    hr_status status = HR_OK;
    json_t *figures = json_array();
    for (int f = 0; f < table->figures; f++)
        if (is_kept(&table->figure[f]))
            json_array_append_new(figures, json_string(table->figure[f].name));
    r->figures = (int64_t)json_array_size(figures);
    json_object_set_new(about, "figures", figures);
    HR_ALLOC(r->ratings, table->users);
    HR_ALLOC(r->value, table->users * r->figures);
    int64_t *value = r->value;
    for (int64_t u = 0; u < table->users; u++) {
        r->ratings[u] = (int64_t)table->weight[u * HR_SEGMENTS + HR_SEGMENT_RATINGS];
        for (int f = 0; f < table->figures; f++) {
            const double of = table->value[u * table->figures + f];
            if (is_kept(&table->figure[f]))
                *value++ = isnan(of) ? INT64_MIN : llround(of / unit);
        }
    }
done:
    return status;
}

/* Rank 0 lays the file out. */
static hr_status lay_out(const char *path, const rows *r, const json_t *about, int64_t offset[ARRAYS],
                         hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    char *text = NULL;
    const int64_t cols[ARRAYS] = {1, 1, r->figures};
    HR_TRY(hr_json_text(about, JSON_REAL_PRECISION(17), "the result", &text, err));
    HR_TRY(hr_h5_create(&file, path, HR_RESULT_FORMAT, VERSION, r->users * (2 + r->figures) * 8, err));
    HR_TRY(hr_h5_set_text(file, "about", text, err));
    for (int i = 0; i < ARRAYS; i++) {
        HR_TRY(hr_h5_declare(file, names[i], HR_H5_I64, r->users, cols[i], err));
        HR_TRY(hr_h5_offset(file, names[i], &offset[i], err));
    }
    HR_TRY(hr_h5_hand_over(file, err));
done:
    free(text);
    hr_h5_close(file);
    return status;
}

static hr_status write_rows(hr_shared_file *file, const rows *r, const hr_figure_table *table,
                            const int64_t offset[ARRAYS], hr_error *err)
{
    const int64_t *data[ARRAYS] = {table->user, r->ratings, r->value}, cols[ARRAYS] = {1, 1, r->figures};
    hr_status status = HR_OK;
    for (int i = 0; i < ARRAYS && status == HR_OK; i++) {
        const int64_t row = cols[i] * (int64_t)sizeof **data;
        status = hr_shared_write(file, offset[i] + r->first * row, data[i], table->users * row, err);
    }
    return status;
}

hr_status hr_result_write(const hr_comm *comm, const char *path, json_t *about, const hr_figure_table *table,
                          hr_error *err)
{
    hr_status status = HR_OK;
    rows r = {.first = table->users, .users = table->users};
    int64_t offset[ARRAYS] = {0};
    hr_shared_file *file = NULL;
    HR_TRY(hr_sum_before_i64(comm, &r.first, 1, err));
    HR_TRY(hr_sum_i64(comm, &r.users, 1, err));
    HR_TRY(hr_agree(comm, make_rows(&r, table, about, err), NULL, err));
    if (comm->rank == 0)
        status = lay_out(path, &r, about, offset, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_broadcast(comm, offset, sizeof offset, 0, err));
    HR_TRY(hr_shared_open(&file, comm, path, err));
    status = hr_shared_publish(file, write_rows(file, &r, table, offset, err), err);
done:
    hr_shared_close(file);
    free(r.ratings);
    free(r.value);
    return status;
}

static hr_status read_about(hr_h5 *file, json_t **about, hr_error *err)
{
    hr_status status = HR_OK;
    char *text = NULL;
    HR_ALLOC(text, LONGEST_ABOUT);
    HR_TRY(hr_h5_get_text(file, "about", text, LONGEST_ABOUT, err));
    *about = json_loads(text, 0, NULL);
    HR_TRY(hr_json_check("the result", err));
    if (!json_is_array(json_object_get(*about, "figures")))
        HR_TRY(hr_fail(err, HR_INPUT, "%s: its attribute about is no JSON of a result; remove the file",
                       hr_h5_path(file)));
done:
    free(text);
    return status;
}

hr_status hr_result_read_about(const char *path, json_t **about, hr_error *err)
{
    hr_h5 *file = NULL;
    hr_status status = hr_h5_open(&file, path, HR_RESULT_FORMAT, VERSION, err);
    if (status == HR_OK)
        status = read_about(file, about, err);
    hr_h5_close(file);
    return status;
}

/* Names the figures of a file in the table that they belong to. HR_INPUT where there are more than there can be. */
static hr_status name_figures(hr_result *result, const char *path, hr_error *err)
{
    const json_t *figures = json_object_get(result->about, "figures");
    for (size_t f = 0; f < json_array_size(figures); f++) {
        const char *name = json_string_value(json_array_get(figures, f));
        const bool is_root = name && strcmp(name, "rmse") == 0,
                   is_error = is_root || (name && strcmp(name, "mae") == 0);
        hr_figure_table *table = is_error ? &result->errors : &result->rankings;
        if (!name || strlen(name) >= HR_FIGURE_NAME || table->figures == HR_MOST_FIGURES)
            return hr_fail(err, HR_INPUT, "%s: its attribute about names no figures; remove the file", path);
        hr_figure *figure = &table->figure[table->figures++];
        *figure = (hr_figure){.segment = is_error ? HR_SEGMENT_RATINGS : HR_SEGMENT_ALL,
                              .is_root = is_root,
                              .is_error = is_error};
        strcpy(figure->name, name);
    }
    return HR_OK;
}

static hr_status fill_table(hr_figure_table *table, const rows *r, const int64_t *user, bool is_errors,
                            hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t first = is_errors ? r->figures - table->figures : 0;
    table->users = r->users;
    HR_ALLOC(table->user, r->users);
    HR_ALLOC(table->weight, r->users * HR_SEGMENTS);
    HR_ALLOC(table->value, r->users * table->figures);
    for (int64_t u = 0; u < r->users; u++) {
        table->user[u] = user[u];
        table->weight[u * HR_SEGMENTS + HR_SEGMENT_ALL] = 1.0;
        table->weight[u * HR_SEGMENTS + HR_SEGMENT_RATINGS] = (double)r->ratings[u];
        for (int f = 0; f < table->figures; f++) {
            const int64_t value = r->value[u * r->figures + first + f];
            table->value[u * table->figures + f] = value == INT64_MIN ? (double)NAN : (double)value * unit;
        }
    }
done:
    return status;
}

hr_status hr_result_read(hr_result *result, const hr_comm *comm, const char *path, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    rows r = {0};
    int64_t all = 0, *user = NULL;
    HR_TRY(hr_h5_open(&file, path, HR_RESULT_FORMAT, VERSION, err));
    HR_TRY(read_about(file, &result->about, err));
    HR_TRY(name_figures(result, path, err));
    HR_TRY(hr_h5_shape(file, names[0], &all, NULL, err));
    r.first = hr_block_first(all, comm->rank, comm->size);
    r.users = hr_block_first(all, comm->rank + 1, comm->size) - r.first;
    r.figures = result->rankings.figures + result->errors.figures;
    HR_ALLOC(user, r.users);
    HR_ALLOC(r.ratings, r.users);
    HR_ALLOC(r.value, r.users * r.figures);
    HR_TRY(hr_h5_read_rows(file, names[0], HR_H5_I64, r.first, r.users, 1, user, err));
    HR_TRY(hr_h5_read_rows(file, names[1], HR_H5_I64, r.first, r.users, 1, r.ratings, err));
    HR_TRY(hr_h5_read_rows(file, names[2], HR_H5_I64, r.first, r.users, r.figures, r.value, err));
    HR_TRY(fill_table(&result->rankings, &r, user, false, err));
    HR_TRY(fill_table(&result->errors, &r, user, true, err));
done:
    free(user);
    free(r.ratings);
    free(r.value);
    hr_h5_close(file);
    return status;
}

void hr_result_free(hr_result *result)
{
    json_decref(result->about);
    hr_figure_table_free(&result->rankings);
    hr_figure_table_free(&result->errors);
    *result = (hr_result){0};
}
