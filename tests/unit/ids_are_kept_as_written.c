/* Ids are numbers or texts, are found as they are written, come back from a file, and are the same id in lists
 * of both kinds where they are written alike. */
#include "io/base/search.h"
#include "io/dataset/ids.h"
#include "io/dataset/ids_file.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/toy.h"
#include "tests/support/whole_h5.h"

#include <stdlib.h>

static int64_t length_of(const char *text)
{
    return (int64_t)strlen(text);
}

static void canonical_integers_are_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool canonical;
        int64_t number;
    } cases[] = {{"0", true, 0},
                 {"7", true, 7},
                 {"-7", true, -7},
                 {"9223372036854775807", true, INT64_MAX},
                 {"-9223372036854775808", true, INT64_MIN},
                 {"9223372036854775808", false, 0},
                 {"-9223372036854775809", false, 0},
                 {"18446744073709551615", false, 0},
                 {"10000000000000000000000", false, 0},
                 {"0205616461", false, 0},
                 {"00", false, 0},
                 {"-0", false, 0},
                 {"+7", false, 0},
                 {"7 ", false, 0},
                 {" 7", false, 0},
                 {"1.0", false, 0},
                 {"-", false, 0},
                 {"", false, 0},
                 {"034545104X", false, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t number = 0;
        assert_int_equal(hr_id_number(cases[i].text, length_of(cases[i].text), &number), cases[i].canonical);
        assert_true(number == cases[i].number);
    }
}

static hr_ids texts(const char *const *text, int64_t count)
{
    hr_error err;
    hr_ids ids = {.count = count};
    for (int64_t i = 0; i < count; i++)
        assert_ok(hr_strings_append(&ids.text, text[i], length_of(text[i]), &err));
    return ids;
}

static const char *const mixed[] = {"-5",  "0205616461",        "10",     "205616461", "9", "AX1",
                                    "ax1", "\xC3\xA9t\xC3\xA9", "\xFFraw"};
enum { MIXED = sizeof mixed / sizeof *mixed };

static void texts_are_found_by_their_bytes(void **state)
{
    (void)state;
    char buffer[HR_ID_BUFFER];
    hr_ids ids = texts(mixed, MIXED);
    assert_int_equal(hr_ids_disorder(&ids), MIXED);
    for (int64_t i = 0; i < MIXED; i++) {
        assert_int_equal(hr_ids_find(&ids, mixed[i], length_of(mixed[i])), i);
        assert_string_equal(hr_ids_text(&ids, i, buffer), mixed[i]);
    }
    assert_int_equal(hr_ids_find(&ids, "AX12", 3), 5); /* not beyond the length */
    static const char *const unknown[] = {"AX", "AX12", "05616461", "1", "", "zzz", "\xFF\xFF"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        assert_int_equal(hr_ids_find(&ids, unknown[i], length_of(unknown[i])), HR_NOT_FOUND);
    hr_ids_free(&ids);
}

static void numbers_are_found_as_they_are_written(void **state)
{
    (void)state;
    int64_t number[] = {INT64_MIN, -5, 0, 9, 10, INT64_MAX};
    const hr_ids ids = {.count = 6, .number = number};
    char buffer[HR_ID_BUFFER];
    for (int64_t i = 0; i < ids.count; i++) {
        const char *text = hr_ids_text(&ids, i, buffer);
        assert_int_equal(hr_ids_find(&ids, text, length_of(text)), i);
    }
    assert_int_equal(hr_ids_find(&ids, "09", 2), HR_NOT_FOUND);
    assert_int_equal(hr_ids_find(&ids, "AX1", 3), HR_NOT_FOUND);
    number[3] = 0;
    assert_int_equal(hr_ids_disorder(&ids), 3);
}

/* As of a dataset before and after somebody with an id in letters came. */
static void ids_of_both_kinds_are_the_same(void **state)
{
    (void)state;
    int64_t number[] = {-5, 8, 9, 10, 205616461}, index[MIXED];
    const hr_ids before = {.count = 5, .number = number};
    hr_ids after = texts(mixed, MIXED);
    static const int64_t of_after[MIXED] = {
        0, HR_NOT_FOUND, 3, 4, 2, HR_NOT_FOUND, HR_NOT_FOUND, HR_NOT_FOUND, HR_NOT_FOUND};
    hr_ids_match(&before, &after, index);
    assert_memory_equal(index, of_after, sizeof of_after);
    static const int64_t of_before[] = {0, HR_NOT_FOUND, 4, 2, 3};
    hr_ids_match(&after, &before, index);
    assert_memory_equal(index, of_before, sizeof of_before);
    hr_ids_match(&after, &after, index);
    for (int64_t i = 0; i < MIXED; i++)
        assert_int_equal(index[i], i);
    int64_t wanted[] = {-6, 8, 10, 11};
    static const int64_t of_wanted[] = {HR_NOT_FOUND, 1, 3, HR_NOT_FOUND};
    hr_ids_match(&before, &(hr_ids){.count = 4, .number = wanted}, index);
    assert_memory_equal(index, of_wanted, sizeof of_wanted);
    hr_ids_free(&after);
}

static void expect_alike(const hr_ids *ids, const char *text, int count, const int64_t *expected)
{
    int64_t index[HR_ALIKE_IDS];
    assert_int_equal(hr_ids_most_alike(ids, text, index), count);
    for (int i = 0; i < count; i++)
        assert_int_equal(index[i], expected[i]);
}

static void similar_ids_are_named(void **state)
{
    (void)state;
    int64_t number[] = {7, 31, 1260, 99999};
    const hr_ids numbers = {.count = 4, .number = number};
    expect_alike(&numbers, "007", 1, (const int64_t[]){0});
    expect_alike(&numbers, "+31", 1, (const int64_t[]){1});
    expect_alike(&numbers, "126", 1, (const int64_t[]){2});
    expect_alike(&numbers, "bob", 0, NULL);
    hr_ids ids = texts(mixed, MIXED);
    expect_alike(&ids, "20561646", 2, (const int64_t[]){1, 3});
    hr_ids_free(&ids);
    static const char *const names[] = {"an", "ann", "anna", "hanna", "hannah", "zoe"};
    ids = texts(names, 6);
    expect_alike(&ids, "Anna", 1, (const int64_t[]){2});
    expect_alike(&ids, "hannab", 3, (const int64_t[]){3, 4, 2});
    hr_ids_free(&ids);
}

static void json_has_numbers_and_strings(void **state)
{
    (void)state;
    int64_t number[] = {-5};
    hr_ids ids = texts(mixed, MIXED);
    json_t *values[] = {hr_ids_json(&(hr_ids){.count = 1, .number = number}, 0), hr_ids_json(&ids, 0),
                        hr_ids_json(&ids, MIXED - 1)};
    assert_int_equal(json_integer_value(values[0]), -5);
    assert_string_equal(json_string_value(values[1]), "-5");
    assert_string_equal(json_string_value(values[2]), "\\xFFraw");
    for (int i = 0; i < 3; i++)
        json_decref(values[i]);
    hr_ids_free(&ids);
}

/* A dataset whose nine movies have these ids. */
static void write_mixed(const char *path)
{
    hr_error err = {""};
    hr_dataset d = toy_dataset(6, MIXED, 0.5, 0, 3);
    free(d.movie_id.number);
    d.movie_id = texts(mixed, MIXED);
    assert_ok(hr_dataset_check(&d, &err));
    assert_ok(hr_dataset_write(&d, path, &err));
    hr_dataset_free(&d);
}

static void texts_come_back_from_a_file(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset_summary summary;
    hr_h5 *file = NULL;
    hr_ids ids = {0}, some = {0};
    hr_strings title = {0}, genres = {0};
    const int32_t wanted[] = {8, 1};
    write_mixed(in_folder("d.h5"));
    assert_ok(hr_dataset_open(&file, &summary, in_folder("d.h5"), &err));
    assert_ok(hr_ids_read(file, "movie/id", 4, 5, &ids, &err));
    assert_null(ids.number);
    assert_int_equal(ids.count, 5);
    assert_string_equal(hr_strings_at(&ids.text, 4), mixed[8]);
    assert_ok(hr_dataset_read_movies(file, wanted, 2, &some, &title, &genres, &err));
    assert_string_equal(hr_strings_at(&some.text, 0), mixed[8]);
    assert_string_equal(hr_strings_at(&some.text, 1), "0205616461");
    hr_ids_free(&ids);
    hr_ids_free(&some);
    hr_strings_free(&genres);
    hr_strings_free(&title);
    hr_h5_close(file);
}

static void ids_out_of_order_are_damage(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_h5 *file = NULL;
    int64_t number[] = {1, 2, 2, 3};
    hr_ids ids = {0};
    assert_ok(hr_h5_create(&file, in_folder("i.h5"), "halorec-ids", 1, 0, &err));
    assert_ok(hr_ids_write(file, "user/id", &(hr_ids){.count = 4, .number = number}, &err));
    assert_ok(hr_h5_write(file, "movie/id", HR_H5_F32, 1, 1, &(float){1.0F}, &err));
    assert_ok(make_whole(file, &err));
    hr_h5_close(file);
    assert_ok(hr_h5_open(&file, in_folder("i.h5"), "halorec-ids", 1, &err));
    assert_fails(hr_ids_read(file, "user/id", 1, 3, &ids, &err), HR_INPUT,
                 "\"user/id\" is damaged: id number 2 does not come after the one before it");
    assert_fails(hr_ids_read(file, "movie/id", 0, 1, &ids, &err), HR_INPUT,
                 "neither whole numbers nor strings");
    assert_fails(hr_ids_read(file, "user/id", 1, 4, &ids, &err), HR_INPUT, "has 4 rows");
    hr_h5_close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical_integers_are_numbers),
        cmocka_unit_test(texts_are_found_by_their_bytes),
        cmocka_unit_test(numbers_are_found_as_they_are_written),
        cmocka_unit_test(ids_of_both_kinds_are_the_same),
        cmocka_unit_test(similar_ids_are_named),
        cmocka_unit_test(json_has_numbers_and_strings),
        cmocka_unit_test(texts_come_back_from_a_file),
        cmocka_unit_test(ids_out_of_order_are_damage),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
