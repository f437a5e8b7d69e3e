/* Sources that cannot be read, or that are not clear: one message says what was found and what to do. */
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "tests/support/read_source.h"

#include <stdio.h>

/* What cannot be read or is not clear, and words of the message. */
static const struct {
    const char *what;
    source_files file;
    const char *from; /* below the case's folder */
    hr_source_options options;
    hr_status status;
    const char *words;
} refused[] = {
    {.what = "one level down",
     {{"ml-20m/ratings.csv", "userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n"}},
     "",
     {0},
     HR_INPUT,
     "case/ml-20m/ (movielens: ratings.csv); type: --from "},
    {.what = "several",
     {{"ratings_A.csv", "A39HTATAQ9V7YF,0205616461,5,1\n"},
      {"ratings_B.csv", "A39HTATAQ9V7YF,0205616461,5,1\n"}},
     "",
     {0},
     HR_INPUT,
     "several files of ratings: ratings_A.csv, ratings_B.csv; name one: --from "},
    {.what = "nothing", {{"note.md", "x\n"}}, "", {0}, HR_INPUT, "found note.md; name one"},
    {.what = "no such split",
     {{"u.data", "1\t2\t3\t4\n"}, {"u1.base", "1\t2\t3\t4\n"}, {"u1.test", "1\t2\t3\t4\n"}},
     "",
     {.given = "u9"},
     HR_INPUT,
     "has no split \"u9\": expected files such as u9.base or u9.train, and u9.test; found u1.base"},
    {.what = "ml-10m before its script",
     {{"ratings.dat", "1::2::3::4\n"}, {"split_ratings.sh", "#\n"}},
     "",
     {.given = "r1"},
     HR_INPUT,
     "run its split_ratings.sh first"},
    {.what = "no such format",
     {{"u.data", "1\t2\t3\t4\n"}},
     "",
     {.format = "movie"},
     HR_USAGE,
     "expected one of netflix"},
    {.what = "no such file",
     {{"u.data", "1\t2\t3\t4\n"}},
     "u.dat",
     {0},
     HR_IO,
     "u.dat: cannot be read: No such file"},
    {.what = "Parquet", {{"x.parquet", "PAR1x"}}, "", {0}, HR_INPUT, "pandas.read_parquet("},
    {.what = "tar", {{"x.tar.gz", "x"}}, "x.tar.gz", {0}, HR_INPUT, "tar -xf"},
    {.what = "a dense matrix",
     {{"r.mtx", "%%MatrixMarket matrix array real general\n3 4\n1\n"}},
     "",
     {0},
     HR_INPUT,
     "r.mtx: line 1: expected \"%%MatrixMarket matrix coordinate\""},
    {.what = "a row beyond",
     {{"r.mtx", "%%MatrixMarket matrix coordinate real general\n3 4 1\n4 1 2\n"}},
     "",
     {0},
     HR_INPUT,
     "r.mtx:3: found row \"4\" and column \"1\", expected 1 to 3 and 1 to 4"},
    {.what = "a symmetric matrix that is cut off",
     {{"r.mtx", "%%MatrixMarket matrix coordinate pattern symmetric\n3 3 3\n2 1\n3 1\n"}},
     "",
     {0},
     HR_INPUT,
     "r.mtx: found 2 entries, expected 3 as it says; the file is cut off"},
    {.what = "a rating that is no float",
     {{"x.json", "{\"user\": 1, \"item\": 2, \"rating\": 1e300}\n"}},
     "x.json",
     {0},
     HR_INPUT,
     "x.json:1: found rating 1e+300, expected a finite number"},
    {.what = "a list that is none",
     {{"train.txt", "0 1 2\n1 x 3\n3 4\n"}},
     "train.txt",
     {.format = "lightgcn"},
     HR_INPUT,
     "train.txt:2: found \"x\", expected a non-negative whole number"},
    {.what = "a rating before a movie",
     {{"combined_data_1.txt", "1:\n2,3,2005-01-01\n"}, {"x.txt", "5,3,2005-01-01\n"}},
     "x.txt",
     {.format = "netflix"},
     HR_INPUT,
     "expected a movie and a colon"},
    {.what = "JSON without a user",
     {{"x.json", "{\"a\": 1}\n"}},
     "x.json",
     {.format = "json"},
     HR_INPUT,
     "with a user and an item"},
    {.what = "a line that is no JSON",
     {{"x.json", "{\"user\": 1, \"item\": 2}\n{\"user\": 1, \"item\"\n"}},
     "x.json",
     {0},
     HR_INPUT,
     "x.json:2: found \"{\"user\": 1, \"item\"\", expected a JSON object"},
};

static void what_is_not_clear_is_said(void **state)
{
    (void)state;
    static read_text got;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        char path[512];
        hr_error err = {""};
        make_source(refused[i].file);
        snprintf(path, sizeof path, "%s%s", in_folder("case/"), refused[i].from);
        const hr_status status = read_source(path, &refused[i].options, 1, &got, &err);
        if (status != refused[i].status || !strstr(err.text, refused[i].words))
            fail_msg("%s: found %d, \"%s\", expected %d, \"%s\"", refused[i].what, status, err.text,
                     refused[i].status, refused[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_not_clear_is_said)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
