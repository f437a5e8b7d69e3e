/* ranks: 1 2 4, sanitized: 3 */
/* Rows in any order, with duplicates, become the ratings that plain loops make of them, on any number of ranks:
 * with numbers or texts as ids, by every rule and filter. One share that cannot be read ends all ranks. */
#include "io/base/philox.h"
#include "io/ingest/ingest_rows.h"
#include "tests/support/made_rows.h"
#include "tests/support/mpi_tests.h"

#include <math.h>
#include <stdio.h>

enum { USERS = 40, MOVIES = 30, ROWS = 3000, ID_LENGTH = 16 };

static char user_name[USERS][ID_LENGTH], movie_name[MOVIES][ID_LENGTH];
static made_row made[ROWS];

/* Names whose order is not that of their index. */
static void name_ids(bool text)
{
    for (int u = 0; u < USERS; u++)
        snprintf(user_name[u], ID_LENGTH, text && u % 3 == 0 ? "0%d" : "%d", u * 271 % 500 - 250);
    for (int m = 0; m < MOVIES; m++)
        snprintf(movie_name[m], ID_LENGTH, text ? "B%dX" : "%d", m * 97 % 1000);
}

static void make_rows(bool splits)
{
    for (int i = 0; i < ROWS; i++) {
        const hr_random4 r = hr_philox(7, HR_STREAM_SPLIT, 0, (uint64_t)i);
        made[i] = (made_row){.user = user_name[r.word[0] % USERS],
                             .item = movie_name[r.word[1] % (r.word[0] % 4 == 0 ? MOVIES : 7)],
                             .value = 0.5F * (float)(1 + r.word[2] % 10),
                             .time = r.word[3] % 8 == 0 ? HR_NO_TIME : (int64_t)(r.word[3] % 5),
                             .split = splits ? (uint8_t)(r.word[3] >> 8) % 3 : HR_TRAIN};
    }
}

/* What plain loops keep: number of the row that stays for each pair, or -1. */
typedef struct expected {
    int row[USERS][MOVIES];
    float value[USERS][MOVIES];
} expected;

static bool wins(const made_row *x, const made_row *best, hr_duplicates rule)
{
    if (x->split != best->split)
        return x->split < best->split;
    if (rule == HR_DUPLICATES_FIRST)
        return x->time < best->time;
    if (rule == HR_DUPLICATES_MAX && x->value != best->value)
        return x->value > best->value;
    return x->time >= best->time;
}

static void choose(expected *e, const hr_row_filters *f)
{
    for (int u = 0; u < USERS; u++)
        for (int m = 0; m < MOVIES; m++) {
            int best = -1;
            for (int i = 0; i < ROWS; i++)
                if (made[i].user == user_name[u] && made[i].item == movie_name[m] &&
                    hr_time_is_in(&f->range, made[i].time) &&
                    (best < 0 || wins(&made[i], &made[best], f->duplicates)))
                    best = i;
            e->row[u][m] = best;
            e->value[u][m] = best < 0 ? 0.0F : made[best].value;
            if (best < 0 || f->duplicates != HR_DUPLICATES_SUM)
                continue;
            e->value[u][m] = 0.0F;
            for (int i = 0; i < ROWS; i++)
                if (made[i].user == user_name[u] && made[i].item == movie_name[m] &&
                    hr_time_is_in(&f->range, made[i].time) && made[i].split == made[best].split)
                    e->value[u][m] += made[i].value;
        }
}

static int degree(const expected *e, int user, int movie)
{
    int count = 0;
    for (int u = 0; u < USERS; u++)
        for (int m = 0; m < MOVIES; m++)
            count += e->row[u][m] >= 0 && (u == user || m == movie);
    return count;
}

static void filter(expected *e, const hr_row_filters *f)
{
    bool changed = true;
    for (int u = 0; u < USERS; u++)
        for (int m = 0; m < MOVIES; m++)
            if (e->value[u][m] < f->min_rating)
                e->row[u][m] = -1;
    while (changed) {
        changed = false;
        for (int u = 0; u < USERS; u++)
            for (int m = 0; m < MOVIES; m++)
                if (e->row[u][m] >= 0 &&
                    (degree(e, u, -1) < f->users_need || degree(e, -1, m) < f->movies_need)) {
                    e->row[u][m] = -1;
                    changed = true;
                }
    }
}

static int64_t place_of(const hr_ids *ids, const char *name)
{
    return hr_ids_find(ids, name, (int64_t)strlen(name));
}

/* This rank's ratings are those expected of its users; the number of them. */
static int64_t compare(const hr_dataset *d, const expected *e)
{
    const hr_ratings *r = &d->ratings;
    int64_t found = 0;
    for (int u = 0; u < USERS; u++) {
        const int64_t user = place_of(&d->user_id, user_name[u]) - r->first_user;
        for (int m = 0; m < MOVIES && user >= 0 && user < r->users; m++) {
            const int64_t movie = place_of(&d->movie_id, movie_name[m]);
            for (int64_t i = r->ptr[user]; i < r->ptr[user + 1]; i++)
                if (r->movie[i] == movie) {
                    assert_true(e->row[u][m] >= 0);
                    assert_true(r->value[i] == e->value[u][m]);
                    assert_true(r->time[i] == made[e->row[u][m]].time);
                    assert_int_equal(r->split[i], made[e->row[u][m]].split);
                    found++;
                }
        }
    }
    return found;
}

static void check(const hr_row_filters *f)
{
    static expected e;
    hr_error err = {""};
    hr_dataset d = {0};
    hr_row_counts counts;
    const hr_dictionary nothing = {0};
    const made_rows rows = {made, ROWS, -1};
    const hr_row_source source = made_source(&rows);
    int64_t users = 0, kept = 0;
    choose(&e, f);
    filter(&e, f);
    assert_ok(hr_ingest_rows(&world, &source, &nothing, f, &d, &counts, &err));
    assert_true(hr_ratings_is_valid(&d.ratings));
    int64_t sums[2] = {compare(&d, &e), d.ratings.count};
    assert_ok(hr_sum_i64(&world, sums, 2, &err));
    for (int u = 0; u < USERS; u++) {
        const int ratings = degree(&e, u, -1);
        users += ratings > 0;
        kept += ratings;
    }
    assert_int_equal(sums[0], kept);
    assert_int_equal(sums[1], kept);
    assert_int_equal(d.user_id.count, users);
    assert_int_equal(counts.kept, kept);
    assert_int_equal(counts.read, ROWS);
    hr_dataset_free(&d);
}

static void every_rule_keeps_what_it_says(void **state)
{
    (void)state;
    for (int text = 0; text < 2; text++) {
        name_ids(text == 1);
        make_rows(text == 1);
        for (int rule = HR_DUPLICATES_LAST; rule < HR_DUPLICATES_ERROR; rule++) {
            hr_row_filters f = HR_ROW_FILTERS_DEFAULTS;
            f.duplicates = (hr_duplicates)rule;
            check(&f);
        }
    }
}

static void filters_leave_what_they_say(void **state)
{
    (void)state;
    hr_row_filters f = HR_ROW_FILTERS_DEFAULTS;
    name_ids(false);
    make_rows(false);
    f.min_rating = 3.0F;
    check(&f);
    f.range = (hr_time_range){1, 4};
    check(&f);
    f.users_need = 4;
    f.movies_need = 5;
    check(&f);
}

/* More rows than buffers hold, nearly all of users of other ranks. */
static void rows_travel_in_rounds(void **state)
{
    (void)state;
    enum { MANY_USERS = 997, MANY_MOVIES = 300 };
    static char users[MANY_USERS][ID_LENGTH], movies[MANY_MOVIES][ID_LENGTH];
    static made_row many[MANY_USERS * MANY_MOVIES];
    hr_error err = {""};
    hr_dataset d = {0};
    hr_row_counts counts;
    const hr_dictionary nothing = {0};
    const hr_row_filters f = HR_ROW_FILTERS_DEFAULTS;
    const made_rows rows = {many, MANY_USERS * MANY_MOVIES, -1};
    const hr_row_source source = made_source(&rows);
    for (int u = 0; u < MANY_USERS; u++)
        snprintf(users[u], ID_LENGTH, "%d", u);
    for (int m = 0; m < MANY_MOVIES; m++)
        snprintf(movies[m], ID_LENGTH, "%d", m);
    for (int i = 0; i < MANY_USERS * MANY_MOVIES; i++)
        many[i] = (made_row){users[i % MANY_USERS], movies[i / MANY_USERS], (float)i, i, HR_TRAIN};
    assert_ok(hr_ingest_rows(&world, &source, &nothing, &f, &d, &counts, &err));
    assert_int_equal(d.ratings.count, d.ratings.users * MANY_MOVIES);
    for (int64_t u = 0; u < d.ratings.users; u++)
        for (int64_t m = 0; m < MANY_MOVIES; m++) {
            const int64_t row = m * MANY_USERS + d.ratings.first_user + u;
            assert_int_equal(d.ratings.movie[u * MANY_MOVIES + m], m);
            assert_int_equal(d.ratings.time[u * MANY_MOVIES + m], row);
            assert_true(d.ratings.value[u * MANY_MOVIES + m] == (float)row);
        }
    hr_dataset_free(&d);
}

static void what_is_listed_stays(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset d = {0};
    hr_row_counts counts;
    hr_dictionary listed = {0};
    hr_row_filters f = HR_ROW_FILTERS_DEFAULTS;
    const made_row row[] = {{"1", "10", 4.0F, 1, 0}, {"2", "20", 1.0F, 2, 0}, {"1", "40", 1.0F, 2, 0}};
    const made_rows rows = {row, 3, -1};
    const hr_row_source source = made_source(&rows);
    int64_t number = 0;
    if (world.rank == 0) {
        assert_ok(hr_dictionary_number(&listed, "30", 2, &number, &err));
        assert_ok(hr_dictionary_number(&listed, "20", 2, &number, &err));
    }
    f.min_rating = 2.0F;
    assert_ok(hr_ingest_rows(&world, &source, &listed, &f, &d, &counts, &err));
    assert_int_equal(d.user_id.count, 1);
    assert_int_equal(d.movie_id.count, 3); /* 10 is rated, 20 and 30 are listed */
    assert_int_equal(d.ratings.movies, 3);
    assert_int_equal(d.movie_id.number[2], 30);
    assert_int_equal(counts.below, 2);
    hr_dictionary_free(&listed);
    hr_dataset_free(&d);
}

static void one_failure_ends_all_ranks(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset d = {0};
    hr_row_counts counts;
    const hr_dictionary nothing = {0};
    hr_row_filters f = HR_ROW_FILTERS_DEFAULTS;
    made_rows rows = {made, ROWS, ROWS - 5};
    const hr_row_source source = made_source(&rows);
    name_ids(false);
    make_rows(false);
    assert_fails(hr_ingest_rows(&world, &source, &nothing, &f, &d, &counts, &err), HR_INPUT, "row 2995");
    hr_dataset_free(&d);
    rows.fails = -1;
    f.duplicates = HR_DUPLICATES_ERROR;
    assert_fails(hr_ingest_rows(&world, &source, &nothing, &f, &d, &counts, &err), HR_INPUT,
                 "user -250 rates 0 more than once");
    hr_dataset_free(&d);
    f = (hr_row_filters)HR_ROW_FILTERS_DEFAULTS;
    f.min_rating = 99.0F;
    assert_fails(hr_ingest_rows(&world, &source, &nothing, &f, &d, &counts, &err), HR_INPUT, "no ratings");
    hr_dataset_free(&d);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_keeps_what_it_says), cmocka_unit_test(filters_leave_what_they_say),
        cmocka_unit_test(rows_travel_in_rounds),         cmocka_unit_test(what_is_listed_stays),
        cmocka_unit_test(one_failure_ends_all_ranks),
    };
    return run_mpi_tests(argc, argv, tests);
}
