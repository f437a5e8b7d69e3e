/* Quoted titles with commas and quotes, CRLF, columns in any order, ids with gaps, missing side files, .dat
 * files in Latin-1, of which a whole dataset is made. */
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/imported.h"
#include "tests/support/toy.h"

#include <math.h>
#include <unistd.h>

static void clear(void)
{
    const char *const names[] = {"ratings.csv", "movies.csv",  "tags.csv",
                                 "links.csv",   "ratings.dat", "movies.dat"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(in_folder(names[i]));
}

static hr_status import(hr_dataset *d, hr_ingest_report *report, float minimum, hr_error *err)
{
    hr_ingest_options options = IMPORT_DEFAULTS;
    options.filters.min_rating = minimum;
    return import_path(in_folder("."), &options, d, report, err);
}

static void csv_with_quotes_and_crlf(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset d;
    hr_ingest_report report;
    clear();
    write_file("ratings.csv",
               "userId,movieId,rating,timestamp\r\n7,50,4.0,100\r\n7,3,0.5,200\r\n2,50,5,300\r\n\r\n"
               "7,50,3.5,900\r\n");
    write_file("movies.csv",
               "movieId,title,genres\n3,\"American President, The (1995)\",Comedy|Drama\n"
               "9,\"Say \"\"Hi\"\" (1980)\",(no genres listed)\n50,Plain,Drama\n");
    write_file("tags.csv",
               "userId,movieId,tag,timestamp\n7,3,\" very, funny \",5\n2,50,very funny,6\n99,3,lost,7\n");
    write_file("links.csv", "movieId,imdbId,tmdbId\n3,0112346,9087\n50,0114814,\n");
    assert_ok(import(&d, &report, -INFINITY, &err));
    assert_int_equal(d.ratings.users, 2);
    assert_int_equal(d.ratings.movies, 3);
    assert_int_equal(d.ratings.count, 3);
    assert_int_equal(report.rows.duplicates, 1);
    assert_int_equal(report.tags_dropped, 1);
    assert_int_equal(d.user_id.number[0], 2);
    assert_int_equal(d.movie_id.number[2], 50);
    assert_true(d.ratings.value[2] == 3.5F); /* the later of the two */
    assert_string_equal(hr_strings_at(&d.title, 0), "American President, The (1995)");
    assert_string_equal(hr_strings_at(&d.title, 1), "Say \"Hi\" (1980)");
    assert_int_equal(d.year[0], 1995);
    assert_int_equal(d.year[2], 0);
    assert_int_equal(hr_genres_of(&d.genres, 0), 2);
    assert_int_equal(hr_genres_of(&d.genres, 1), 0);
    assert_int_equal(d.imdb[0], 112346);
    assert_int_equal(d.tmdb[2], 0);
    assert_int_equal(d.tags, 2);
    assert_int_equal(d.tag_name.count, 2); /* of the tags that are kept */
    hr_dataset_free(&d);
}

static void low_ratings_are_left_out(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset d;
    hr_ingest_report report;
    clear();
    write_file("ratings.csv", "movieId,rating,timestamp,userId\n50,4.0,100,7\n3,0.5,200,7\n50,2,300,2\n");
    assert_ok(import(&d, &report, 3.0F, &err));
    assert_int_equal(d.ratings.users, 1);
    assert_int_equal(d.ratings.count, 1);
    assert_int_equal(report.rows.below, 2);
    hr_dataset_free(&d);
    assert_fails(import(&d, &report, 4.5F, &err), HR_INPUT, "no ratings: 3 read");
    hr_dataset_free(&d);
}

static void dat_files_in_latin_1(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset d;
    hr_ingest_report report;
    clear();
    write_file("ratings.dat", "1::1193::5::978300760\n1::661::3::978302109\n");
    write_file("movies.dat", "661::Mis\xE9rables: Les (1995)::Drama|Musical\n1193::Plain (1975)::Drama\n");
    assert_ok(import(&d, &report, -INFINITY, &err));
    assert_string_equal(hr_strings_at(&d.title, 0), "Mis\xC3\xA9rables: Les (1995)");
    assert_int_equal(d.ratings.count, 2);
    hr_dataset_free(&d);
}

static void the_real_small_edition(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset d;
    hr_ingest_report report;
    const hr_ingest_options options = IMPORT_DEFAULTS;
    const char *path = real_data("ml-latest-small");
    if (!path)
        skip();
    assert_ok(import_path(path, &options, &d, &report, &err));
    assert_int_equal(d.ratings.users, 610);
    assert_int_equal(d.ratings.movies, 9742);
    assert_int_equal(d.ratings.count, 100836);
    assert_int_equal(d.tags, 3683);
    assert_int_equal(d.genres.name.count, 19);
    assert_string_equal(hr_strings_at(&d.title, 0), "Toy Story (1995)");
    hr_dataset_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_with_quotes_and_crlf),
        cmocka_unit_test(low_ratings_are_left_out),
        cmocka_unit_test(dat_files_in_latin_1),
        cmocka_unit_test(the_real_small_edition),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
