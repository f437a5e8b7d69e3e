/* Terms and weights of a few movies are those worked out by hand; limits on tags hold; nothing that users did
 * to movies whose ratings are held out is in the features. */
#include "io/features/text_features.h"
#include "io/features/words.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/imported.h"
#include "tests/support/toy.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Films with titles and genres "A" (1), "B" (2); two users, who rated every film, in the train part. */
static hr_dataset films(const char *const *titles, const uint64_t *genres, int64_t count)
{
    hr_error err = {""};
    hr_dataset d = toy_dataset(2, count, 1.0, 0, 1);
    hr_strings_free(&d.title);
    hr_genres_free(&d.genres);
    for (int64_t m = 0; m < count; m++) {
        assert_ok(hr_strings_append(&d.title, titles[m], (int64_t)strlen(titles[m]), &err));
        assert_ok(hr_genres_append_bits(&d.genres, genres ? genres[m] : 0, &err));
    }
    assert_ok(hr_strings_append(&d.genres.name, "A", 1, &err));
    assert_ok(hr_strings_append(&d.genres.name, "B", 1, &err));
    memset(d.ratings.split, HR_TRAIN, (size_t)d.ratings.count);
    enum { ROOM = 4096 };
    d.tag_user = calloc(ROOM, sizeof *d.tag_user);
    d.tag_movie = calloc(ROOM, sizeof *d.tag_movie);
    d.tag_text = calloc(ROOM, sizeof *d.tag_text);
    d.tag_time = calloc(ROOM, sizeof *d.tag_time);
    assert_true(d.tag_user && d.tag_movie && d.tag_text && d.tag_time);
    return d;
}

/* The user gives the movie the tag, so many times. */
static void tag(hr_dataset *d, int32_t user, int32_t movie, const char *text, int times)
{
    hr_error err = {""};
    assert_ok(hr_strings_append(&d->tag_name, text, (int64_t)strlen(text), &err));
    for (int i = 0; i < times; i++) {
        d->tag_user[d->tags] = user;
        d->tag_movie[d->tags] = movie;
        d->tag_text[d->tags++] = (int32_t)d->tag_name.count - 1;
    }
}

static void build(hr_dataset *d, hr_text_options options)
{
    hr_error err = {""};
    hr_text_free(&d->text);
    assert_ok(hr_text_build(d, &options, &d->text, &err));
    assert_ok(hr_dataset_check(d, &err));
}

/* The weight of a term in a movie, 0 where it is not. */
static double weight(const hr_text *text, int64_t movie, hr_term_kind kind, const char *name)
{
    for (int64_t i = text->ptr[movie]; i < text->ptr[movie + 1]; i++)
        if (text->kind[text->term[i]] == kind && strcmp(hr_strings_at(&text->name, text->term[i]), name) == 0)
            return (double)text->weight[i];
    return 0.0;
}

static int64_t terms_of(const hr_text *text, int64_t movie)
{
    return text->ptr[movie + 1] - text->ptr[movie];
}

static void assert_near(double found, double expected)
{
    if (fabs(found - expected) > 1e-6)
        fail_msg("found %.9f, expected %.9f", found, expected);
}

/* Four films. "night" is in three, "train" in two; "house" in one, so no term. Genre A is in two films, B in
 * one. The tag "fun" was given twice to film 0, once to film 1, whose rating nobody holds out.
 *
 *   idf of a term in df of N = 4 films: ln(5 / (1 + df)) + 1
 *     df 1: 1.916290732   df 2: 1.510825624   df 3: 1.223143551
 *   film 0: night 1.223143551, train twice (1 + ln 2) x 1.510825624 = 2.558050145, A 1.510825624,
 *           fun twice 2.558050145; length sqrt(1.496080146 + 6.543620545 + 2.282594065 + 6.543620545)
 *           = sqrt(16.865915303) = 4.106813278
 *   film 1: night 1.223143551, A 1.510825624, B 1.916290732, fun 1.510825624;
 *           length sqrt(1.496080146 + 2.282594065 + 3.672170168 + 2.282594065) = sqrt(9.733438444)
 * = 3.119845900 film 2: night and train; length sqrt(1.496080146 + 2.282594065) = 1.943881224 film 3: nothing
 */
static void weights_are_those_worked_by_hand(void **state)
{
    (void)state;
    const char *const titles[] = {"Night Train, the TRAIN (1995)", "House of Night, A (1999-2001)",
                                  "Night/train", "I (2001)"};
    const uint64_t genres[] = {1, 3, 0, 0};
    hr_dataset d = films(titles, genres, 4);
    tag(&d, 0, 0, "Fun", 1);
    tag(&d, 1, 0, " fun\t", 1);
    tag(&d, 1, 1, "FUN", 1);
    tag(&d, 1, 2, "  ", 3);
    build(&d, (hr_text_options){.tag_min_count = 3, .tags_a_movie = 8, .max_tags = 3000});
    const hr_text *t = &d.text;
    static const char *const names[] = {"night", "train", "A", "B", "fun"};
    static const uint8_t kinds[] = {HR_TERM_TITLE, HR_TERM_TITLE, HR_TERM_GENRE, HR_TERM_GENRE, HR_TERM_TAG};
    assert_int_equal(t->terms, 5);
    for (int i = 0; i < 5; i++)
        assert_string_equal(hr_strings_at(&t->name, i), names[i]);
    assert_memory_equal(t->kind, kinds, sizeof kinds);
    assert_near(weight(t, 0, HR_TERM_TITLE, "night"), 1.223143551 / 4.106813278);
    assert_near(weight(t, 0, HR_TERM_TITLE, "train"), 2.558050145 / 4.106813278);
    assert_near(weight(t, 0, HR_TERM_GENRE, "A"), 1.510825624 / 4.106813278);
    assert_near(weight(t, 0, HR_TERM_TAG, "fun"), 2.558050145 / 4.106813278);
    assert_int_equal(terms_of(t, 0), 4);
    assert_near(weight(t, 1, HR_TERM_TITLE, "night"), 1.223143551 / 3.119845900);
    assert_near(weight(t, 1, HR_TERM_GENRE, "A"), 1.510825624 / 3.119845900);
    assert_near(weight(t, 1, HR_TERM_GENRE, "B"), 1.916290732 / 3.119845900);
    assert_near(weight(t, 1, HR_TERM_TAG, "fun"), 1.510825624 / 3.119845900);
    assert_int_equal(terms_of(t, 1), 4);
    assert_near(weight(t, 2, HR_TERM_TITLE, "night"), 1.223143551 / 1.943881224);
    assert_int_equal(terms_of(t, 2), 2);
    assert_int_equal(terms_of(t, 3), 0);
    hr_dataset_free(&d);
}

/* User 0 gave "leak" to film 0, which they rated in the part that is set, and "plain" to film 1, in train. */
static void held_out_tags_do_not_count(void **state)
{
    (void)state;
    const char *const titles[] = {"", "", ""};
    const hr_text_options all = {.tag_min_count = 1, .tags_a_movie = 8, .max_tags = 3000};
    hr_dataset d = films(titles, NULL, 3);
    tag(&d, 0, 0, "leak", 1);
    tag(&d, 0, 1, "plain", 1);
    build(&d, all);
    assert_near(weight(&d.text, 0, HR_TERM_TAG, "leak"), 1.0);
    for (int part = HR_VALID; part <= HR_TEST; part++) {
        d.ratings.split[0] = (uint8_t)part;
        build(&d, all);
        assert_int_equal(terms_of(&d.text, 0), 0);
        assert_int_equal(d.text.terms, 1); /* not even its name is there */
        assert_near(weight(&d.text, 1, HR_TERM_TAG, "plain"), 1.0);
    }
    /* the other user's rating of the film is in train, so the other user's tag counts, once */
    tag(&d, 1, 0, "leak", 1);
    build(&d, all);
    assert_near(weight(&d.text, 0, HR_TERM_TAG, "leak"), 1.0);
    build(&d, (hr_text_options){.tag_min_count = 2, .tags_a_movie = 8, .max_tags = 3000});
    assert_int_equal(d.text.terms, 0);
    hr_dataset_free(&d);
}

/* A user with a rating of film 1 alone, in the test part, tagged film 0 too. */
static void a_tag_without_a_rating_counts(void **state)
{
    (void)state;
    const char *const titles[] = {"", ""};
    hr_dataset d = films(titles, NULL, 2);
    const int64_t ptr[] = {0, 1, 3};
    const int32_t movie[] = {1, 0, 1};
    memcpy(d.ratings.ptr, ptr, sizeof ptr);
    memcpy(d.ratings.movie, movie, sizeof movie);
    d.ratings.count = 3;
    d.ratings.split[0] = HR_TEST;
    tag(&d, 0, 0, "seen", 1);
    tag(&d, 0, 1, "leak", 1);
    build(&d, (hr_text_options){.tag_min_count = 1, .tags_a_movie = 8, .max_tags = 3000});
    assert_int_equal(d.text.terms, 1);
    assert_near(weight(&d.text, 0, HR_TERM_TAG, "seen"), 1.0);
    hr_dataset_free(&d);
}

static void seldom_tags_are_dropped(void **state)
{
    (void)state;
    const char *const titles[] = {"", "", ""};
    hr_dataset d = films(titles, NULL, 3);
    tag(&d, 0, 0, "four", 4);
    tag(&d, 0, 0, "five", 2);
    tag(&d, 1, 1, "five", 3);
    build(&d, (hr_text_options)HR_TEXT_DEFAULTS);
    assert_int_equal(d.text.terms, 1);
    assert_string_equal(hr_strings_at(&d.text.name, 0), "five");
    assert_int_equal(terms_of(&d.text, 0), 1);
    assert_int_equal(terms_of(&d.text, 1), 1);
    hr_dataset_free(&d);
}

/* Ten tags of a film: one applied 7 times, the others 5 times, of which the first by name stay. */
static void a_movie_keeps_its_most_applied_tags(void **state)
{
    (void)state;
    const char *const titles[] = {"", ""};
    const char *const names[] = {"j", "i", "h", "g", "f", "e", "d", "c", "b", "a"};
    hr_dataset d = films(titles, NULL, 2);
    for (int i = 0; i < 10; i++)
        tag(&d, 0, 0, names[i], i == 0 ? 7 : 5);
    build(&d, (hr_text_options)HR_TEXT_DEFAULTS);
    assert_int_equal(terms_of(&d.text, 0), 8);
    assert_true(weight(&d.text, 0, HR_TERM_TAG, "j") > weight(&d.text, 0, HR_TERM_TAG, "a"));
    assert_true(weight(&d.text, 0, HR_TERM_TAG, "g") > 0.0);
    assert_near(weight(&d.text, 0, HR_TERM_TAG, "h"), 0.0);
    assert_near(weight(&d.text, 0, HR_TERM_TAG, "i"), 0.0);
    build(&d, (hr_text_options){.tag_min_count = 5, .tags_a_movie = 0, .max_tags = 3000});
    assert_int_equal(d.text.terms, 0);
    hr_dataset_free(&d);
}

/* "b" 6 times, "a" and "c" 5 times each: of two the first by name stays. A movie's tags are chosen among
 * them. */
static void the_most_applied_tags_are_terms(void **state)
{
    (void)state;
    const char *const titles[] = {"", ""};
    hr_dataset d = films(titles, NULL, 2);
    tag(&d, 0, 0, "c", 5);
    tag(&d, 0, 0, "a", 2);
    tag(&d, 0, 1, "a", 3);
    tag(&d, 1, 1, "b", 6);
    build(&d, (hr_text_options){.tag_min_count = 5, .tags_a_movie = 1, .max_tags = 2});
    assert_int_equal(d.text.terms, 2);
    assert_near(weight(&d.text, 0, HR_TERM_TAG, "a"), 1.0);
    assert_near(weight(&d.text, 1, HR_TERM_TAG, "b"), 1.0);
    build(&d, (hr_text_options){.tag_min_count = 5, .tags_a_movie = 8, .max_tags = 0});
    assert_int_equal(d.text.terms, 0);
    hr_dataset_free(&d);
}

static void titles_fall_into_words(void **state)
{
    (void)state;
    static const struct {
        const char *title, *words;
    } cases[] = {{"Toy Story 2 (1999)", "toy story"},
                 {"2001: A Space Odyssey (1968)", "2001 space odyssey"},
                 {"Seven (a.k.a. Se7en) (1995)", "seven se7en"},
                 {"Usual Suspects, The (1995)", "usual suspects"},
                 {"Schindler's List (1993)", "schindler list"},
                 {"Am\xC3\xA9lie (2001)", "am\xC3\xA9lie"},
                 {"L'\xC3\x89T\xC3\x89 (1968)", "\xC3\x89t\xC3\x89"},
                 {"\xC3\xA9 M", ""}, /* one letter of two bytes, and one of one */
                 {"Wallace-Gromit", "wallace gromit"},
                 {"(1995)", ""},
                 {"", ""}};
    hr_error err = {""};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        hr_strings words = {0};
        char joined[256] = "";
        assert_ok(hr_title_words(cases[i].title, &words, &err));
        for (int64_t w = 0; w < words.count; w++)
            snprintf(joined + strlen(joined), sizeof joined - strlen(joined), "%s%s", w ? " " : "",
                     hr_strings_at(&words, w));
        assert_string_equal(joined, cases[i].words);
        hr_strings_free(&words);
    }
}

static void tags_have_one_spelling(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{" Time \t Travel ", "time travel"},
                                           {"sci-fi", "sci-fi"},
                                           {"Am\xC3\xA9lie", "am\xC3\xA9lie"},
                                           {" \t", ""},
                                           {"", ""}};
    hr_error err = {""};
    hr_strings cleaned = {0};
    for (int64_t i = 0; i < 5; i++) {
        assert_ok(hr_tag_clean(cases[i][0], &cleaned, &err));
        assert_string_equal(hr_strings_at(&cleaned, i), cases[i][1]);
    }
    hr_strings_free(&cleaned);
}

/* Figures from another program, a few lines of Python over movies.csv and tags.csv: title words and genres do
 * not depend on the split; of the tags it counted 184 without holding any out. */
static void real_data_has_the_terms_it_should(void **state)
{
    (void)state;
    hr_error err = {""};
    const hr_ingest_options options = IMPORT_DEFAULTS;
    hr_dataset d = {0};
    hr_ingest_report report;
    int64_t counts[HR_TERM_KINDS];
    const char *path = real_data("ml-latest-small");
    if (!path)
        skip();
    assert_ok(import_path(path, &options, &d, &report, &err));
    hr_text_free(&d.text);
    build(&d, (hr_text_options)HR_TEXT_DEFAULTS);
    hr_text_count_kinds(&d.text, counts);
    assert_int_equal(counts[HR_TERM_TITLE], 3178);
    assert_int_equal(counts[HR_TERM_GENRE], 19);
    assert_in_range(counts[HR_TERM_TAG], 120, 183); /* 8 in 10 applications are left */
    hr_dataset_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_are_those_worked_by_hand),
        cmocka_unit_test(held_out_tags_do_not_count),
        cmocka_unit_test(a_tag_without_a_rating_counts),
        cmocka_unit_test(seldom_tags_are_dropped),
        cmocka_unit_test(a_movie_keeps_its_most_applied_tags),
        cmocka_unit_test(the_most_applied_tags_are_terms),
        cmocka_unit_test(titles_fall_into_words),
        cmocka_unit_test(tags_have_one_spelling),
        cmocka_unit_test(real_data_has_the_terms_it_should),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
