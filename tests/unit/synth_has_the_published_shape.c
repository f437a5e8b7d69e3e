/* Users, movies, ratings, the quantiles of their numbers and the histogram within 2 % of the edition's
 * figures. Check-ins are sparse, lie in towns, and are the same on any machine. */
#include "io/base/sort.h"
#include "io/split/split_rule.h"
#include "io/synth/check_ins.h"
#include "io/synth_by_user/synth_file.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"

#include <math.h>
#include <stdlib.h>

static void assert_near(double found, double expected, double share)
{
    if (fabs(found - expected) > share * expected)
        fail_msg("found %g, expected %g within %g %%", found, expected, 100.0 * share);
}

static void assert_within(double found, double expected)
{
    assert_near(found, expected, 0.02);
}

static void check_shape_within(const hr_degree_shape *shape, int64_t *degree, int64_t count, double share)
{
    double sum = 0.0;
    hr_sort_i64(degree, count);
    for (int64_t i = 0; i < count; i++)
        sum += (double)degree[i];
    assert_within((double)degree[0], shape->minimum);
    assert_near((double)degree[count - 1], shape->maximum, share);
    assert_near(0.5 * (double)(degree[(count - 1) / 2] + degree[count / 2]), shape->median, share);
    assert_within(sum / (double)count, shape->mean);
}

static void check_shape(const hr_degree_shape *shape, int64_t *degree, int64_t count)
{
    check_shape_within(shape, degree, count, 0.02);
}

static void check_preset(const char *name)
{
    hr_error err = {""};
    const hr_synth_preset *preset = NULL;
    hr_dataset d = {0};
    assert_ok(hr_synth_find(name, &preset, &err));
    assert_ok(hr_synth(preset, 3, &d, &err));
    assert_ok(hr_dataset_check(&d, &err));
    const hr_ratings *r = &d.ratings;
    assert_int_equal(r->users, preset->users);
    assert_int_equal(r->movies, preset->movies_listed);
    assert_int_equal(r->count, preset->ratings);
    assert_int_equal(d.tags, preset->tags);
    int64_t *users = calloc((size_t)r->users, sizeof *users),
            *movies = calloc((size_t)r->movies, sizeof *movies);
    int64_t histogram[10] = {0}, rated = 0;
    for (int64_t u = 0; u < r->users; u++)
        users[u] = r->ptr[u + 1] - r->ptr[u];
    for (int64_t i = 0; i < r->count; i++) {
        movies[r->movie[i]]++;
        histogram[lroundf(2.0F * r->value[i]) - 1]++;
    }
    for (int64_t m = 0; m < r->movies; m++)
        if (movies[m] > 0)
            movies[rated++] = movies[m];
    assert_int_equal(rated, preset->movies_rated);
    check_shape(&preset->user, users, r->users);
    check_shape(&preset->movie, movies, rated);
    for (int s = 0; s < 10; s++)
        assert_within((double)histogram[s], (double)preset->histogram[s]);
    free(movies);
    free(users);
    hr_dataset_free(&d);
}

/* Made user by user: how many ratings a movie has is drawn. */
static void an_edition_that_is_made_user_by_user(void **state)
{
    (void)state;
    hr_error err = {""};
    const hr_synth_preset *preset = NULL;
    const hr_comm alone = hr_comm_alone();
    hr_split_rule rule;
    hr_dataset_summary summary;
    hr_h5 *file = NULL;
    hr_ratings r = {0};
    int64_t splits[HR_SPLITS], rated = 0, histogram[10] = {0};
    assert_ok(hr_synth_find("ml-100k", &preset, &err));
    assert_ok(hr_split_parse("ratio:0.8,0.1,0.1", &rule, &err));
    assert_ok(hr_synth_write(&alone, preset, &rule, 3, in_folder("s.h5"), splits, &err));
    assert_ok(hr_dataset_open(&file, &summary, in_folder("s.h5"), &err));
    assert_int_equal(summary.users, preset->users);
    assert_int_equal(summary.movies, preset->movies_listed);
    assert_int_equal(summary.ratings, preset->ratings);
    assert_memory_equal(summary.splits, splits, sizeof splits);
    assert_ok(hr_dataset_read_slice(file, 0, summary.users, 0.0, &r, &err));
    assert_ok(hr_dataset_read_values(file, &r, &err));
    assert_true(hr_ratings_is_valid(&r)); /* nobody rates a movie twice */
    int64_t *users = calloc((size_t)r.users, sizeof *users),
            *movies = calloc((size_t)r.movies, sizeof *movies);
    for (int64_t u = 0; u < r.users; u++)
        users[u] = r.ptr[u + 1] - r.ptr[u];
    for (int64_t i = 0; i < r.count; i++) {
        movies[r.movie[i]]++;
        histogram[lroundf(2.0F * r.value[i]) - 1]++;
    }
    for (int64_t m = 0; m < r.movies; m++)
        rated += movies[m] > 0;
    assert_int_equal(rated, preset->movies_rated);
    check_shape(&preset->user, users, r.users);
    check_shape_within(&preset->movie, movies, r.movies, 0.15);
    for (int s = 0; s < 10; s++)
        assert_within((double)histogram[s], (double)preset->histogram[s]);
    free(movies);
    free(users);
    hr_ratings_free(&r);
    hr_h5_close(file);
}

/* Sizes from sparse to the densest there is, in each shape: all numbers come out. */
static void any_size_can_be_made(void **state)
{
    (void)state;
    static const int64_t sizes[][3] = {
        {1, 2, 1}, {3, 7, 10}, {50, 20, 500}, {400, 90, 17000}, {2000, 3000, 5000}};
    static const char *const shapes[] = {"ml-20m", "even", "ml-100k"};
    const hr_comm alone = hr_comm_alone();
    hr_error err = {""};
    hr_split_rule rule;
    assert_ok(hr_split_parse("leave-one-out", &rule, &err));
    for (int i = 0; i < 15; i++) {
        const int64_t *size = sizes[i / 3];
        hr_synth_preset shape;
        hr_dataset_summary summary;
        hr_h5 *file = NULL;
        hr_ratings r = {0};
        int64_t splits[HR_SPLITS];
        assert_ok(hr_synth_scale(shapes[i % 3], size[0], size[1], size[2], &shape, &err));
        const hr_status status = hr_synth_write(&alone, &shape, &rule, 5, in_folder("s.h5"), splits, &err);
        if (size[2] < size[1]) { /* an item without a rating */
            assert_int_equal(status, HR_USAGE);
            continue;
        }
        assert_ok(status);
        assert_ok(hr_dataset_open(&file, &summary, in_folder("s.h5"), &err));
        assert_int_equal(summary.ratings, size[2]);
        assert_ok(hr_dataset_read_slice(file, 0, size[0], 0.0, &r, &err));
        assert_true(hr_ratings_is_valid(&r));
        hr_ratings_free(&r);
        hr_h5_close(file);
    }
}

static void small_edition(void **state)
{
    (void)state;
    check_preset("ml-latest-small");
}

static void whole_ratings(void **state)
{
    (void)state;
    check_preset("ml-1m");
}

/* Numbers of visits a location, ascending. The caller frees. */
static int64_t *visits_of_locations(const hr_ratings *r)
{
    int64_t *visits = calloc((size_t)r->movies, sizeof *visits);
    for (int64_t i = 0; i < r->count; i++) {
        assert_true(r->value[i] == 1.0F);
        visits[r->movie[i]]++;
    }
    hr_sort_i64(visits, r->movies);
    return visits;
}

static uint64_t weighted_sum(const hr_ratings *r)
{
    uint64_t sum = 0;
    for (int64_t i = 0; i < r->count; i++)
        sum += (uint64_t)(i + 1) * (uint64_t)r->movie[i];
    return sum;
}

static void check_ins_are_sparse_and_have_busy_locations(void **state)
{
    (void)state;
    hr_error err = {""};
    const hr_synth_preset *preset = NULL;
    hr_dataset d = {0};
    assert_ok(hr_synth_find("check-ins", &preset, &err));
    assert_ok(hr_synth(preset, 3, &d, &err));
    assert_ok(hr_dataset_check(&d, &err)); /* nobody visits a location twice */
    const hr_ratings *r = &d.ratings;
    assert_int_equal(r->users, 30000);
    assert_int_equal(r->movies, 41000);
    assert_int_equal(r->count, 862500);
    assert_int_equal(d.title.count, r->movies);
    assert_int_equal(d.genres.name.count, HR_LOCATION_KINDS);
    int64_t *users = calloc((size_t)r->users, sizeof *users), *locations = visits_of_locations(r);
    for (int64_t u = 0; u < r->users; u++)
        users[u] = r->ptr[u + 1] - r->ptr[u];
    check_shape(&preset->user, users, r->users);
    assert_in_range(locations[r->movies / 2], 10, 16);
    assert_in_range(locations[r->movies - 1], 1000, 6000);
    assert_true(locations[r->movies / 100] <= 1);
    assert_int_equal(weighted_sum(r), 0x1af7218a1d58f0); /* on any machine */
    free(locations);
    free(users);
    hr_dataset_free(&d);
}

/* Nine draws out of ten are at home, and of two visits 0.9^2 + 0.1^2 are in one town; somewhat fewer, because the
 * location of a draw at home is more often one that the user has visited. */
static void most_visits_of_a_user_are_in_one_town(void **state)
{
    enum { USERS = 400, LOCATIONS = 2000, VISITS = 10, TOWNS = 20 };
    (void)state;
    hr_error err = {""};
    int64_t ptr[USERS + 1], same = 0;
    uint64_t kind[LOCATIONS];
    int32_t town[LOCATIONS], visited[USERS * VISITS];
    for (int64_t u = 0; u <= USERS; u++)
        ptr[u] = u * VISITS;
    const hr_check_ins shape = {USERS, LOCATIONS, TOWNS, .seed = 5, .user_ptr = ptr};
    assert_ok(hr_check_ins_draw(&shape, town, kind, visited, &err));
    for (int64_t m = 0; m < LOCATIONS; m++) {
        assert_in_range(town[m], 0, TOWNS - 1);
        assert_true(kind[m] != 0 && (kind[m] & (kind[m] - 1)) == 0 && kind[m] >> HR_LOCATION_KINDS == 0);
    }
    for (int64_t i = 0; i < ptr[USERS]; i++)
        for (int64_t j = ptr[i / VISITS]; j < i; j++)
            same += town[visited[i]] == town[visited[j]];
    const int64_t pairs = USERS * VISITS * (VISITS - 1) / 2;
    assert_in_range(same, pairs * 70 / 100, pairs * 82 / 100);
}

static void titles_are_unlike_and_years_plausible(void **state)
{
    (void)state;
    hr_error err = {""};
    const hr_synth_preset *preset = NULL;
    hr_dataset d = {0};
    assert_ok(hr_synth_find("ml-latest-small", &preset, &err));
    assert_ok(hr_synth(preset, 1, &d, &err));
    for (int64_t m = 1; m < d.title.count; m++) {
        assert_string_not_equal(hr_strings_at(&d.title, m), hr_strings_at(&d.title, m - 1));
        assert_in_range(d.year[m], 1900, 2020);
        assert_true(hr_genres_of(&d.genres, m) > 0);
    }
    hr_dataset_free(&d);
}

static void another_seed_is_other_data_and_the_same_seed_is_the_same(void **state)
{
    (void)state;
    hr_error err = {""};
    const hr_synth_preset *preset = NULL;
    hr_dataset a = {0}, b = {0}, c = {0};
    assert_ok(hr_synth_find("ml-latest-small", &preset, &err));
    assert_ok(hr_synth(preset, 1, &a, &err));
    assert_ok(hr_synth(preset, 1, &b, &err));
    assert_ok(hr_synth(preset, 2, &c, &err));
    const size_t bytes = (size_t)a.ratings.count * sizeof(int32_t);
    assert_memory_equal(a.ratings.movie, b.ratings.movie, bytes);
    assert_memory_equal(a.ratings.value, b.ratings.value, bytes);
    assert_memory_not_equal(a.ratings.movie, c.ratings.movie, bytes);
    hr_dataset_free(&c);
    hr_dataset_free(&b);
    hr_dataset_free(&a);
    assert_fails(hr_synth_find("ml-2m", &preset, &err), HR_USAGE, "ml-20m");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_edition),
        cmocka_unit_test(whole_ratings),
        cmocka_unit_test(an_edition_that_is_made_user_by_user),
        cmocka_unit_test(any_size_can_be_made),
        cmocka_unit_test(check_ins_are_sparse_and_have_busy_locations),
        cmocka_unit_test(most_visits_of_a_user_are_in_one_town),
        cmocka_unit_test(titles_are_unlike_and_years_plausible),
        cmocka_unit_test(another_seed_is_other_data_and_the_same_seed_is_the_same),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
