/* Similarity by tags of four movies, worked out by hand. */
#include "tests/support/cmocka_tests.h"
#include "trainer/recommend/tag_similarity.h"

#include <math.h>

static void assert_near(double found, double expected)
{
    if (fabs(found - expected) > 1e-6)
        fail_msg("found %.9g, expected %.9g", found, expected);
}

/* Terms 0 a title word, 1 a genre, 2, 3, 4 tags. Movie 0: tags 3 and 4 to the word and genre that all have;
 * movie 1: tag 3 alone; movie 2: 2 and 4; movie 3 has no tag. */
static int64_t ptr[] = {0, 4, 7, 10, 12};
static int32_t term[] = {0, 1, 3, 4, 0, 1, 3, 1, 2, 4, 0, 1};
static float weight[] = {0.5F, 0.5F, 0.6F, 0.8F, 0.1F, 0.2F, 0.9F, 0.3F, 0.4F, 0.3F, 0.6F, 0.8F};
static uint8_t kind[] = {HR_TERM_TITLE, HR_TERM_GENRE, HR_TERM_TAG, HR_TERM_TAG, HR_TERM_TAG};

static void of_tags_alone(void **state)
{
    (void)state;
    hr_error err = {""};
    const hr_text text = {.movies = 4, .terms = 5, .ptr = ptr, .term = term, .weight = weight, .kind = kind};
    hr_tag_rows rows = {0};
    assert_ok(hr_tag_rows_create(&rows, &text, &err));
    const hr_similarity by = hr_tag_similarity(&rows);
    assert_near(by.between(by.known, 0, 0), 1.0);
    assert_near(by.between(by.known, 0, 1), 0.6);
    assert_near(by.between(by.known, 1, 2), 0.0);
    assert_near(by.between(by.known, 2, 0), 0.6 * 0.8);
    assert_near(by.between(by.known, 0, 3), 0.0);
    assert_near(by.between(by.known, 3, 3), 0.0); /* nothing is known of it */
    hr_tag_rows_free(&rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(of_tags_alone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
