/* ranks: 1 2 4, sanitized: 3 */
/* A dataset whose ratings are spread over ranks becomes the file that one process makes of the whole, with the
 * same bytes, text features and fingerprint; a failure of one rank leaves no file. */
#include "io/base/even.h"
#include "io/dataset/dataset.h"
#include "io/features/text_features.h"
#include "tests/support/mpi_tests.h"
#include "tests/support/toy.h"

#include <unistd.h>

enum { USERS = 37, MOVIES = 23 };

static const hr_text_options texts = {.tag_min_count = 1, .max_tags = 9, .tags_a_movie = 3};

/* Tags of all users, whose features depend on which ratings are held out. */
static void add_tags(hr_dataset *d)
{
    hr_error err = {""};
    d->tags = USERS;
    d->tag_user = calloc(USERS, sizeof *d->tag_user);
    d->tag_movie = calloc(USERS, sizeof *d->tag_movie);
    d->tag_text = calloc(USERS, sizeof *d->tag_text);
    d->tag_time = calloc(USERS, sizeof *d->tag_time);
    assert_true(d->tag_user && d->tag_movie && d->tag_text && d->tag_time);
    assert_ok(hr_strings_append(&d->tag_name, "dark", 4, &err));
    assert_ok(hr_strings_append(&d->tag_name, "slow", 4, &err));
    for (int32_t t = 0; t < USERS; t++) {
        d->tag_user[t] = USERS - 1 - t;
        d->tag_movie[t] = d->ratings.movie[d->ratings.ptr[USERS - 1 - t]];
        d->tag_text[t] = t % 2;
    }
}

static hr_dataset whole(void)
{
    hr_error err = {""};
    hr_dataset d = toy_dataset(USERS, MOVIES, 0.3, 1, 5);
    hr_strings_free(&d.tag_name);
    free(d.tag_user);
    free(d.tag_movie);
    free(d.tag_text);
    free(d.tag_time);
    add_tags(&d);
    hr_text_free(&d.text);
    assert_ok(hr_text_build(&d, &texts, &d.text, &err));
    return d;
}

/* What this rank has of it: pieces of the whole's arrays, and an offset array of its own. */
static hr_dataset part_of(const hr_dataset *d, int64_t *ptr)
{
    hr_dataset part = {.ratings = d->ratings};
    const int64_t first_user = hr_block_first(USERS, world.rank, world.size);
    const int64_t first = d->ratings.ptr[first_user];
    if (world.rank == 0)
        part = *d;
    part.ratings.first_user = first_user;
    part.ratings.users = hr_block_first(USERS, world.rank + 1, world.size) - first_user;
    for (int64_t u = 0; u <= part.ratings.users; u++)
        ptr[u] = d->ratings.ptr[first_user + u] - first;
    part.ratings.ptr = ptr;
    part.ratings.count = ptr[part.ratings.users];
    part.ratings.movie += first;
    part.ratings.value += first;
    part.ratings.time += first;
    part.ratings.split += first;
    return part;
}

static void the_file_is_that_of_one_process(void **state)
{
    (void)state;
    hr_error err = {""};
    int64_t ptr[USERS + 1];
    hr_dataset d = whole();
    hr_dataset part = part_of(&d, ptr);
    const char *one = shared_path("one.h5"), *all = shared_path("all.h5");
    part.text = (hr_text){0};
    assert_ok(hr_text_build_ranks(&world, &part, &texts, &part.text, &err));
    assert_ok(hr_dataset_write_ranks(&world, &part, all, NULL, NULL, &err));
    if (world.rank == 0) {
        assert_ok(hr_dataset_write(&d, one, &err));
        assert_same_bytes("one.h5", "all.h5");
    }
    hr_text_free(&part.text);
    hr_dataset_free(&d);
}

static hr_status refuse(void *context, hr_h5 *file, hr_error *err)
{
    (void)context;
    (void)file;
    return hr_fail(err, HR_INPUT, "refused on rank 0");
}

static void a_failure_leaves_no_file(void **state)
{
    (void)state;
    hr_error err = {""};
    int64_t ptr[USERS + 1];
    hr_dataset d = whole();
    hr_dataset part = part_of(&d, ptr);
    const char *path = shared_path("none.h5"), *temporary = shared_path("none.h5.tmp");
    assert_fails(hr_dataset_write_ranks(&world, &part, path, refuse, NULL, &err), HR_INPUT, "refused");
    assert_int_not_equal(access(path, F_OK), 0);
    assert_int_not_equal(access(temporary, F_OK), 0);
    hr_dataset_free(&d);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file_is_that_of_one_process),
        cmocka_unit_test(a_failure_leaves_no_file),
    };
    return run_mpi_tests(argc, argv, tests);
}
