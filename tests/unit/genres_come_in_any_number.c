/* Genres of movies, however many, survive a round trip; files of version 1, which have a word of bits a movie, are
 * read; what is damaged is refused. */
#include "io/dataset/dataset.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/toy.h"
#include "tests/support/whole_h5.h"

#include <stdio.h>

enum { USERS = 5, MOVIES = 4, NAMES = 70 };

/* Movie 0 has none, movie 1 all 70, movie 2 the last and the first, movie 3 the middle one. */
static hr_genres seventy(void)
{
    hr_error err = {""};
    hr_genres g = {0};
    int32_t all[2 * NAMES];
    for (int i = 0; i < NAMES; i++) {
        char name[8];
        all[i] = all[2 * NAMES - 1 - i] = i;
        assert_ok(hr_strings_append(&g.name, name, snprintf(name, sizeof name, "g%d", i), &err));
    }
    assert_ok(hr_genres_append(&g, NULL, 0, &err));
    assert_ok(hr_genres_append(&g, all, 2 * NAMES, &err));
    assert_ok(hr_genres_append(&g, (const int32_t[]){NAMES - 1, 0}, 2, &err));
    assert_ok(hr_genres_append(&g, (const int32_t[]){35, 35}, 2, &err));
    return g;
}

static void sets(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_genres g = seventy();
    assert_ok(hr_genres_check(&g, MOVIES, "it", &err));
    assert_int_equal(hr_genres_of(&g, 0), 0);
    assert_int_equal(hr_genres_of(&g, 1), NAMES);
    assert_int_equal(hr_genres_of(&g, 3), 1);
    assert_int_equal(hr_genres_shared(&g, 1, 2), 2);
    assert_int_equal(hr_genres_shared(&g, 2, 3), 0);
    assert_int_equal(hr_genres_shared(&g, 0, 0), 0);
    assert_fails(hr_genres_check(&g, MOVIES + 1, "it", &err), HR_INPUT, "of as many movies");
    g.genre[g.ptr[2]] = NAMES;
    assert_fails(hr_genres_check(&g, MOVIES, "it", &err), HR_INPUT, "movie number 2 are out of order");
    g.ptr[2] = -1;
    assert_fails(hr_genres_check(&g, MOVIES, "it", &err), HR_INPUT, "movie number 1 are out of range");
    hr_genres_free(&g);
}

/* A dataset file with these genres, which it takes. */
static void write_with(hr_genres genres, const char *path)
{
    hr_error err = {""};
    hr_dataset d = toy_dataset(USERS, MOVIES, 0.5, 1, 3);
    hr_text_free(&d.text);
    hr_genres_free(&d.genres);
    d.genres = genres;
    assert_ok(hr_dataset_write(&d, path, &err));
    hr_dataset_free(&d);
}

static void round_trip(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset_summary summary;
    hr_h5 *file = NULL;
    hr_genres g = seventy(), again;
    hr_strings joined = {0};
    write_with(seventy(), in_folder("seventy.h5"));
    assert_ok(hr_dataset_open(&file, &summary, in_folder("seventy.h5"), &err));
    assert_ok(hr_genres_read(file, MOVIES, &again, &err));
    assert_memory_equal(again.ptr, g.ptr, (MOVIES + 1) * sizeof *g.ptr);
    assert_memory_equal(again.genre, g.genre, (size_t)g.ptr[MOVIES] * sizeof *g.genre);
    assert_string_equal(hr_strings_at(&again.name, 69), "g69");
    for (int64_t m = 0; m < MOVIES; m++)
        assert_ok(hr_genres_read_joined(file, &g.name, m, &joined, &err));
    assert_string_equal(hr_strings_at(&joined, 0), "");
    assert_int_equal(strlen(hr_strings_at(&joined, 1)), 10 * 2 + 60 * 3 + 69);
    assert_string_equal(hr_strings_at(&joined, 2), "g0|g69");
    assert_fails(hr_genres_read_joined(file, &(hr_strings){.count = 69}, 2, &joined, &err), HR_INPUT,
                 "out of order");
    hr_strings_free(&joined);
    hr_genres_free(&again);
    hr_genres_free(&g);
    hr_h5_close(file);
}

/* The genre arrays of a file of version 1. */
static hr_h5 *write_words(const char *path, const uint64_t *words, int64_t names)
{
    hr_error err = {""};
    hr_h5 *file = NULL;
    hr_strings name = {0};
    for (int64_t i = 0; i < names; i++)
        assert_ok(hr_strings_append(&name, "x", 1, &err));
    assert_ok(hr_h5_create(&file, path, HR_DATASET_FORMAT, 1, 1024, &err));
    assert_ok(hr_h5_write(file, "movie/genres", HR_H5_U64, MOVIES, 1, words, &err));
    assert_ok(hr_h5_write_strings(file, "genre/name", &name, &err));
    assert_ok(make_whole(file, &err));
    hr_h5_close(file);
    hr_strings_free(&name);
    assert_ok(hr_h5_open(&file, path, HR_DATASET_FORMAT, 2, &err));
    return file;
}

static void words_of_version_1(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_genres g;
    hr_strings joined = {0};
    const uint64_t words[MOVIES] = {5, 0, UINT64_MAX, (uint64_t)1 << 63};
    hr_h5 *file = write_words(in_folder("words.h5"), words, 64);
    assert_ok(hr_genres_check_shapes(file, MOVIES, &err));
    assert_ok(hr_genres_read(file, MOVIES, &g, &err));
    assert_int_equal(hr_genres_of(&g, 0), 2);
    assert_int_equal(hr_genres_of(&g, 2), 64);
    assert_int_equal(g.genre[g.ptr[3]], 63);
    assert_ok(hr_genres_read_joined(file, &g.name, 0, &joined, &err));
    assert_string_equal(hr_strings_at(&joined, 0), "x|x");
    assert_fails(hr_genres_check_shapes(file, MOVIES + 1, &err), HR_INPUT, "movie/genres has 4 x 1");
    hr_strings_free(&joined);
    hr_genres_free(&g);
    hr_h5_close(file);
    file = write_words(in_folder("few.h5"), words, 3); /* a bit without a name */
    assert_fails(hr_genres_read(file, MOVIES, &g, &err), HR_INPUT, "movie number 2 are out of order");
    hr_h5_close(file);
    file = write_words(in_folder("many.h5"), words, 65);
    assert_fails(hr_genres_check_shapes(file, MOVIES, &err), HR_INPUT, "65 genres, expected at most 64");
    hr_h5_close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sets), cmocka_unit_test(round_trip),
                                       cmocka_unit_test(words_of_version_1)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
