/* What is written is read back, slice by slice; strangers and damaged files are refused; a failed write
 * leaves the old file whole. */
#include "io/dataset/dataset.h"
#include "io/features/text_features.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/toy.h"
#include "tests/support/whole_h5.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static void slices_equal_the_whole(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset d = toy_dataset(30, 20, 0.4, 1, 7);
    hr_dataset_summary summary;
    hr_h5 *file = NULL;
    const char *path = in_folder("d.h5");
    assert_ok(hr_dataset_write(&d, path, &err));
    assert_int_not_equal(access(in_folder("d.h5.tmp"), F_OK), 0);
    assert_ok(hr_dataset_open(&file, &summary, path, &err));
    assert_int_equal(summary.users, 30);
    assert_int_equal(summary.ratings, d.ratings.count);
    assert_int_equal(summary.splits[0] + summary.splits[1] + summary.splits[2], d.ratings.count);
    for (int64_t first = 0; first < 30; first += 7) {
        hr_ratings slice;
        const int64_t users = 30 - first < 7 ? 30 - first : 7, from = d.ratings.ptr[first];
        assert_ok(hr_dataset_read_slice(file, first, users, 0.0, &slice, &err));
        assert_int_equal(slice.count, d.ratings.ptr[first + users] - from);
        assert_memory_equal(slice.movie, d.ratings.movie + from, (size_t)slice.count * sizeof(int32_t));
        assert_memory_equal(slice.split, d.ratings.split + from, (size_t)slice.count);
        hr_ratings_free(&slice);
    }
    int64_t user = -1;
    hr_ids id = {0};
    hr_strings title = {0}, genres = {0};
    const int32_t wanted[2] = {19, 3};
    assert_ok(hr_dataset_find_user(file, "61", &user, &err));
    assert_int_equal(user, 17);
    assert_fails(hr_dataset_find_user(file, "11", &user, &err), HR_INPUT,
                 "has no user 11; ids run from 10 to 97; the most similar are 10, 13, 16");
    assert_ok(hr_dataset_read_movies(file, wanted, 2, &id, &title, &genres, &err));
    assert_int_equal(id.number[0], d.movie_id.number[19]);
    assert_string_equal(hr_strings_at(&title, 1), "Film 3");
    hr_ids_free(&id);
    hr_strings_free(&genres);
    hr_strings_free(&title);
    hr_h5_close(file);
    hr_dataset_free(&d);
}

static void a_share_of_train_is_held_out(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset d = toy_dataset(60, 40, 0.5, 0, 7);
    hr_dataset_summary summary;
    hr_h5 *file = NULL;
    hr_ratings slice;
    int64_t counts[HR_SPLITS];
    assert_ok(hr_dataset_write(&d, in_folder("d.h5"), &err));
    assert_ok(hr_dataset_open(&file, &summary, in_folder("d.h5"), &err));
    assert_ok(hr_dataset_read_slice(file, 0, 60, 0.25, &slice, &err));
    hr_ratings_count_splits(&slice, counts);
    assert_int_equal(counts[HR_TEST], summary.splits[HR_TEST]);
    assert_in_range(counts[HR_VALID], summary.splits[HR_TRAIN] * 20 / 100,
                    summary.splits[HR_TRAIN] * 30 / 100);
    hr_ratings_free(&slice);
    hr_h5_close(file);
    hr_dataset_free(&d);
}

static void strangers_are_refused(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset d = toy_dataset(30, 20, 0.4, 1, 7);
    hr_dataset_summary summary;
    hr_h5 *file = NULL;
    assert_fails(hr_dataset_open(&file, &summary, in_folder("none.h5"), &err), HR_IO, "No such file");
    write_file("text.h5", "this is no HDF5 file");
    assert_fails(hr_dataset_open(&file, &summary, in_folder("text.h5"), &err), HR_INPUT, "not an HDF5 file");
    assert_ok(hr_h5_create(&file, in_folder("other.h5"), "halorec-partition", 1, 0, &err));
    assert_ok(make_whole(file, &err));
    hr_h5_close(file);
    assert_fails(hr_dataset_open(&file, &summary, in_folder("other.h5"), &err), HR_INPUT,
                 "found a \"halorec-partition\" file, expected \"halorec-dataset\"");
    assert_ok(hr_h5_create(&file, in_folder("newer.h5"), "halorec-dataset", 99, 0, &err));
    assert_ok(make_whole(file, &err));
    hr_h5_close(file);
    assert_fails(hr_dataset_open(&file, &summary, in_folder("newer.h5"), &err), HR_INPUT, "version 99");
    assert_ok(hr_dataset_write(&d, in_folder("cut.h5"), &err));
    cut_file(in_folder("cut.h5"));
    assert_fails(hr_dataset_open(&file, &summary, in_folder("cut.h5"), &err), HR_INPUT, "cut off");
    assert_null(file);
    hr_dataset_free(&d);
}

/* Writes the data, reads its text features back. */
static hr_status text_again(const hr_dataset *d, hr_text *text, hr_error *message)
{
    hr_error err = {""};
    hr_dataset_summary summary;
    hr_h5 *file = NULL;
    assert_ok(hr_dataset_write(d, in_folder("d.h5"), &err));
    assert_ok(hr_dataset_open(&file, &summary, in_folder("d.h5"), &err));
    const hr_status status = hr_dataset_read_text(file, text, message);
    hr_h5_close(file);
    return status;
}

static void text_features_come_back(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_text text;
    hr_dataset d = toy_dataset(30, 20, 0.4, 1, 7);
    assert_ok(hr_dataset_check(&d, &err));
    assert_true(d.text.terms > 3); /* "film", three genres */
    assert_ok(text_again(&d, &text, &err));
    const size_t weights = (size_t)d.text.ptr[20];
    assert_int_equal(text.movies, 20);
    assert_int_equal(text.terms, d.text.terms);
    assert_memory_equal(text.ptr, d.text.ptr, 21 * sizeof *text.ptr);
    assert_memory_equal(text.term, d.text.term, weights * sizeof *text.term);
    assert_memory_equal(text.weight, d.text.weight, weights * sizeof *text.weight);
    assert_memory_equal(text.kind, d.text.kind, (size_t)text.terms);
    assert_int_equal(text.name.count, text.terms);
    for (int64_t t = 0; t < text.terms; t++)
        assert_string_equal(hr_strings_at(&text.name, t), hr_strings_at(&d.text.name, t));
    hr_text_free(&text);
    hr_dataset_free(&d);
}

/* As of users and movies without a text: no title, genre or tag. */
static void no_terms_come_back_as_none(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_text text;
    hr_dataset d = toy_dataset(30, 20, 0.4, 1, 7);
    hr_text_free(&d.text);
    hr_genres_free(&d.genres);
    hr_strings_free(&d.title);
    for (int64_t m = 0; m < 20; m++) {
        assert_ok(hr_genres_append(&d.genres, NULL, 0, &err));
        assert_ok(hr_strings_append(&d.title, "", 0, &err));
    }
    assert_ok(hr_text_build(&d, &(hr_text_options)HR_TEXT_DEFAULTS, &d.text, &err));
    assert_ok(hr_dataset_check(&d, &err));
    assert_ok(text_again(&d, &text, &err));
    assert_int_equal(text.terms, 0);
    assert_int_equal(text.ptr[20], 0);
    hr_text_free(&text);
    hr_dataset_free(&d);
}

/* Writes text features into a file of their own and reads them again. */
static hr_status text_alone(const hr_text *given, hr_text *text, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    *text = (hr_text){0};
    HR_TRY(hr_h5_create(&file, in_folder("t.h5"), "halorec-text", 1, hr_text_bytes(given), err));
    HR_TRY(hr_text_write(file, given, err));
    HR_TRY(make_whole(file, err));
    hr_h5_close(file);
    file = NULL;
    HR_TRY(hr_h5_open(&file, in_folder("t.h5"), "halorec-text", 1, err));
    HR_TRY(hr_text_read(file, given->movies, text, err));
done:
    hr_h5_close(file);
    return status;
}

static void text_that_is_missing_or_damaged_is_refused(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_text text;
    hr_dataset d = toy_dataset(30, 20, 0.4, 1, 7);
    hr_text_free(&d.text);
    assert_fails(text_again(&d, &text, &err), HR_INPUT, "has no text features"); /* as older files */
    assert_null(text.ptr);
    assert_ok(hr_text_build(&d, &(hr_text_options)HR_TEXT_DEFAULTS, &d.text, &err));
    const hr_text whole = d.text;
    const int32_t term = whole.term[0];
    whole.term[0] = (int32_t)whole.terms;
    assert_fails(hr_dataset_check(&d, &err), HR_INPUT, "a term is out of range, at 0");
    assert_fails(text_alone(&d.text, &text, &err), HR_INPUT, "a term is out of range, at 0");
    assert_null(text.ptr);
    whole.term[0] = term;
    whole.weight[0] *= 2.0F;
    assert_fails(text_alone(&d.text, &text, &err), HR_INPUT, "not of length 1");
    whole.weight[0] /= -2.0F;
    assert_fails(text_alone(&d.text, &text, &err), HR_INPUT, "a weight is not above 0");
    whole.weight[0] *= -1.0F;
    whole.ptr[1] = INT64_MAX;
    assert_fails(text_alone(&d.text, &text, &err), HR_INPUT, "end before they begin");
    whole.ptr[1] = -1;
    assert_fails(text_alone(&d.text, &text, &err), HR_INPUT, "end before they begin");
    hr_dataset_free(&d);
}

static void a_write_without_room_leaves_the_old_file(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset small = toy_dataset(10, 10, 0.5, 0, 1), large = toy_dataset(300, 300, 0.9, 0, 2);
    hr_dataset_summary before, after;
    hr_h5 *file = NULL;
    struct rlimit limit, tight;
    const char *path = in_folder("d.h5");
    assert_ok(hr_dataset_write(&small, path, &err));
    assert_ok(hr_dataset_open(&file, &before, path, &err));
    hr_h5_close(file);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    tight = limit;
    tight.rlim_cur = 100000;
    setrlimit(RLIMIT_FSIZE, &tight);
    const hr_status status = hr_dataset_write(&large, path, &err);
    setrlimit(RLIMIT_FSIZE, &limit);
    assert_int_equal(status, HR_IO);
    assert_non_null(strstr(err.text, "no room"));
    assert_ok(hr_dataset_open(&file, &after, path, &err));
    assert_string_equal(before.fingerprint, after.fingerprint);
    hr_h5_close(file);
    assert_int_not_equal(access(in_folder("d.h5.tmp"), F_OK), 0);
    hr_dataset_free(&large);
    hr_dataset_free(&small);
}

static void the_fingerprint_tells_data_and_splits_apart(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset d = toy_dataset(30, 20, 0.4, 1, 7);
    hr_dataset_summary one, two;
    hr_h5 *file = NULL;
    assert_ok(hr_dataset_write(&d, in_folder("a.h5"), &err));
    d.ratings.split[3] = d.ratings.split[3] == HR_TEST ? HR_TRAIN : HR_TEST;
    assert_ok(hr_dataset_write(&d, in_folder("b.h5"), &err));
    assert_ok(hr_dataset_open(&file, &one, in_folder("a.h5"), &err));
    hr_h5_close(file);
    assert_ok(hr_dataset_open(&file, &two, in_folder("b.h5"), &err));
    hr_h5_close(file);
    assert_string_not_equal(one.fingerprint, two.fingerprint);
    hr_dataset_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_equal_the_whole),
        cmocka_unit_test(a_share_of_train_is_held_out),
        cmocka_unit_test(strangers_are_refused),
        cmocka_unit_test(text_features_come_back),
        cmocka_unit_test(no_terms_come_back_as_none),
        cmocka_unit_test(text_that_is_missing_or_damaged_is_refused),
        cmocka_unit_test(a_write_without_room_leaves_the_old_file),
        cmocka_unit_test(the_fingerprint_tells_data_and_splits_apart),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
