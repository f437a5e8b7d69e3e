/* Rows into and out of panels, layers between sweeps, and messages between ranks. */
#include "tests/kernels/support/checks.h"
#include "trainer/kernels/panel_messages.h"
#include "trainer/kernels/panel_rows.h"

#include <stdlib.h>
#include <string.h>

/* Rows of a shard: users 0 1 2, movies 3 4, then the ghosts 5, a user, 6, a movie, and 7, a user. */
enum { OWNED_USERS = 3, OWNED = 5, GHOSTS = 3, ROWS = OWNED + GHOSTS, USERS = 5, MOVIES = 3, STRIDE = 20 };
static const int32_t user_row[USERS] = {0, 1, 2, 5, 7}, movie_row[MOVIES] = {3, 4, 6};

typedef struct panel {
    bool doubles;
    int64_t columns; /* of a line */
    hr_line *user;
    hr_movie_line *movie;
} panel;

/* Half of a line or a bit more, and all of it. */
static panel some_panel(bool doubles, bool is_whole)
{
    const int64_t lanes = doubles ? HR_LANES / 2 : HR_LANES;
    panel p = {doubles, is_whole ? lanes : lanes / 2 + 1, some_lines(USERS, 1),
               (hr_movie_line *)some_lines(2 * MOVIES, 2)};
    if (doubles) {
        free(p.movie);
        free(p.user);
        p.user = (hr_line *)some_doubles(USERS * HR_LANES / 2, 1);
        p.movie = (hr_movie_line *)some_doubles(MOVIES * HR_LANES, 2);
    }
    return p;
}

static void panel_free(panel *p)
{
    free(p->movie);
    free(p->user);
}

static void keep(const panel *p)
{
    if (!p->doubles)
        return;
    keep_bits(p->user, USERS * sizeof *p->user);
    keep_bits(p->movie, MOVIES * sizeof *p->movie);
}

static double at(const panel *p, const hr_line *line, int64_t c)
{
    return lane_of(p->doubles, line, c);
}

static double rounded(const panel *p, double x)
{
    return p->doubles ? hr_round_to_unit(x, sum_unit) : x;
}

static void load_and_store(bool doubles, bool is_whole)
{
    panel p = some_panel(doubles, is_whole);
    float *x = some_floats(ROWS * STRIDE, 3);
    hr_row_sums y = some_sums(doubles, ROWS * STRIDE, 4);
    const hr_panel_rows rows = {doubles,  p.user,    p.movie, USERS,    MOVIES,
                                user_row, movie_row, STRIDE,  p.columns};
    hr_panel_rows_store(&rows, &y, 2);
    for (int64_t c = 0; c < p.columns; c++) {
        for (int64_t u = 0; u < USERS; u++)
            check_number("stored user", true, sum_number(&y, user_row[u] * STRIDE + 2 + c),
                         at(&p, &p.user[u], c));
        for (int64_t m = 0; m < MOVIES; m++)
            check_number("stored movie", true, sum_number(&y, movie_row[m] * STRIDE + 2 + c),
                         at(&p, &p.movie[m].y, c));
    }
    hr_panel_rows_load(&rows, x + 1, sum_unit);
    for (int64_t c = 0; c < (doubles ? HR_LANES / 2 : HR_LANES); c++) {
        const bool is_column = c < p.columns;
        for (int64_t u = 0; u < USERS; u++)
            check_number("loaded user", true, at(&p, &p.user[u], c),
                         is_column ? rounded(&p, (double)x[user_row[u] * STRIDE + 1 + c]) : 0.0);
        for (int64_t m = 0; m < MOVIES; m++) {
            check_number("loaded movie", true, at(&p, &p.movie[m].x, c),
                         is_column ? rounded(&p, (double)x[movie_row[m] * STRIDE + 1 + c]) : 0.0);
            check_number("its sum", true, at(&p, &p.movie[m].y, c), 0.0);
        }
    }
    keep(&p);
    free(y.doubles);
    free(y.floats);
    free(x);
    panel_free(&p);
}

/* The sum of owned row v: a user's line, or a movie's y. */
static hr_line *sum_of(const panel *p, int64_t v)
{
    return v < OWNED_USERS ? &p->user[v] : &p->movie[v - OWNED_USERS].y;
}

static void layer_next(bool doubles, bool is_whole, bool is_first)
{
    panel p = some_panel(doubles, is_whole), before = some_panel(doubles, is_whole);
    float *x = some_floats(OWNED * STRIDE, 5), *scale = some_floats(OWNED, 6);
    const hr_panel_layer layer = {doubles, p.user,    p.movie, OWNED_USERS, OWNED,
                                  STRIDE,  p.columns, scale,   sum_unit};
    hr_panel_layer_next(&layer, is_first, x);
    for (int64_t v = 0; v < OWNED; v++)
        for (int64_t c = 0; c < p.columns; c++) {
            const double by = (double)scale[v], sum = is_first ? 0.0 : at(&p, sum_of(&before, v), c);
            const hr_line *row = v < OWNED_USERS ? &p.user[v] : &p.movie[v - OWNED_USERS].x;
            check_number("row of the next sweep", doubles, at(&p, row, c),
                         rounded(&p, by * ((double)x[v * STRIDE + c] + by * sum)));
            if (v >= OWNED_USERS)
                check_number("sum before the next sweep", true, at(&p, sum_of(&p, v), c), 0.0);
        }
    keep(&p);
    free(scale);
    free(x);
    panel_free(&before);
    panel_free(&p);
}

static void layer_last(bool doubles, bool is_whole)
{
    panel p = some_panel(doubles, is_whole);
    float *x = some_floats(OWNED * STRIDE, 5), *scale = some_floats(OWNED, 6),
          *out = some_floats(OWNED * STRIDE, 7);
    const hr_panel_layer layer = {doubles, p.user,    p.movie, OWNED_USERS, OWNED,
                                  STRIDE,  p.columns, scale,   sum_unit};
    hr_panel_layer_last(&layer, 0.25F, x, out);
    for (int64_t v = 0; v < OWNED; v++)
        for (int64_t c = 0; c < p.columns; c++)
            check_number("row after the last sweep", false, (double)out[v * STRIDE + c],
                         0.25 * ((double)x[v * STRIDE + c] + (double)scale[v] * at(&p, sum_of(&p, v), c)));
    if (doubles)
        keep_bits(out, OWNED * STRIDE * sizeof *out);
    free(out);
    free(scale);
    free(x);
    panel_free(&p);
}

static hr_panel_message message_of(const panel *p)
{
    return (hr_panel_message){.doubles = p->doubles,
                              .user = p->user,
                              .movie = p->movie,
                              .users = USERS,
                              .movies = MOVIES,
                              .owned_users = OWNED_USERS,
                              .owned = OWNED,
                              .user_row = user_row,
                              .movie_row = movie_row,
                              .width = STRIDE,
                              .bytes = (size_t)p->columns * (p->doubles ? sizeof(double) : sizeof(float))};
}

static void check_bytes(const char *what, const float *message, int64_t row, const hr_line *line,
                        size_t bytes)
{
    check_that(what, memcmp(message + row * STRIDE, line, bytes) == 0);
}

static void owned_rows(bool doubles, bool is_whole)
{
    static const int32_t row[] = {4, 0, 2, 3};
    panel p = some_panel(doubles, is_whole), before = some_panel(doubles, is_whole);
    const hr_panel_message message = message_of(&p);
    float *packed = some_floats(ROWS * STRIDE, 8);
    float *sums = doubles ? (float *)some_doubles(ROWS * STRIDE / 2, 9) : some_floats(ROWS * STRIDE, 9);
    hr_panel_pack_owned(&message, row, 4, packed);
    for (int64_t i = 0; i < 4; i++)
        check_bytes("a packed row is not the line", packed, i,
                    row[i] < OWNED_USERS ? &p.user[row[i]] : &p.movie[row[i] - OWNED_USERS].x, message.bytes);
    hr_panel_add_owned(&message, row, 4, sums);
    for (int64_t i = 0; i < 4; i++) {
        hr_line arrived;
        memcpy(&arrived, sums + i * STRIDE, message.bytes);
        for (int64_t c = 0; c < p.columns; c++)
            check_number("sum with what arrived", doubles, at(&p, sum_of(&p, row[i]), c),
                         at(&p, sum_of(&before, row[i]), c) + at(&p, &arrived, c));
    }
    keep(&p);
    free(sums);
    free(packed);
    panel_free(&before);
    panel_free(&p);
}

static void ghost_rows(bool doubles, bool is_whole)
{
    static const hr_line none;
    panel p = some_panel(doubles, is_whole);
    const hr_panel_message message = message_of(&p);
    float *packed = some_floats(ROWS * STRIDE, 10), *arrived = some_floats(ROWS * STRIDE, 11);
    int64_t next[2] = {OWNED_USERS, OWNED - OWNED_USERS};
    hr_panel_pack_ghosts(&message, packed);
    check_bytes("a packed sum is not that of ghost 0", packed, 0, &p.user[3], message.bytes);
    check_bytes("a packed sum is not that of ghost 1", packed, 1, &p.movie[2].y, message.bytes);
    check_bytes("a packed sum is not that of ghost 2", packed, 2, &p.user[4], message.bytes);
    hr_panel_unpack_ghosts(&message, 0, 2, arrived, next);
    check_that("the next ghost is not the last", next[0] == 4 && next[1] == MOVIES);
    hr_panel_unpack_ghosts(&message, 2, 1, arrived + 2 * STRIDE, next);
    check_that("there is another ghost", next[0] == USERS && next[1] == MOVIES);
    check_bytes("the line of ghost 0 is not what arrived", arrived, 0, &p.user[3], message.bytes);
    check_bytes("the line of ghost 1 is not what arrived", arrived, 1, &p.movie[2].x, message.bytes);
    check_bytes("the line of ghost 2 is not what arrived", arrived, 2, &p.user[4], message.bytes);
    check_that("the sum of ghost 1 is not zero", memcmp(&p.movie[2].y, &none, sizeof none) == 0);
    free(arrived);
    free(packed);
    panel_free(&p);
}

/* Floats and doubles, whole lines and parts. */
static void all(void)
{
    for (int way = 0; way < 4; way++) {
        load_and_store(way & 1, way & 2);
        layer_next(way & 1, way & 2, true);
        layer_next(way & 1, way & 2, false);
        layer_last(way & 1, way & 2);
        owned_rows(way & 1, way & 2);
        ghost_rows(way & 1, way & 2);
    }
}

RUN_CHECKS(all)
