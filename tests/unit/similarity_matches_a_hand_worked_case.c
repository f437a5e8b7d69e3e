/* Cosines of movies with the mean of a user's movies, by texts and by imported features. */
#include "tests/support/cmocka_tests.h"
#include "trainer/scoring/content_similarity.h"

#include <math.h>

/* Movie 0 has term 0, movie 1 terms 0 and 1 alike, movie 2 none; features are along two axes. */
static int64_t ptr[] = {0, 1, 3, 3};
static int32_t term[] = {0, 0, 1};
static float features[] = {1.0F, 0.0F, 0.0F, 1.0F, 0.6F, 0.8F};

static void score(int64_t columns, const int32_t *movie, int64_t count, float scores[3])
{
    hr_error err = {""};
    const float half = sqrtf(0.5F);
    float weight[] = {1.0F, half, half};
    hr_content content = {.text = {.movies = 3, .terms = 2, .ptr = ptr, .term = term, .weight = weight},
                          .columns = columns,
                          .features = features};
    hr_content_workspace workspace = {0};
    assert_ok(hr_content_workspace_create(&workspace, &content, &err));
    assert_ok(hr_interleaved_rows_create(&content.interleaved, 3, columns, HR_SUM_PLAIN, &err));
    hr_interleaved_rows_fill(&content.interleaved, features, 3);
    hr_content_load_user(&content, &workspace, 0, movie, count);
    hr_content_score(&content, &workspace, 1, scores);
    hr_content_workspace_free(&workspace);
    hr_interleaved_rows_free(&content.interleaved);
}

static void assert_scores(const float scores[3], double a, double b, double c)
{
    const double expected[] = {a, b, c};
    for (int i = 0; i < 3; i++)
        assert_true(fabs((double)scores[i] - expected[i]) < 1e-6);
}

static void of_texts(void **state)
{
    (void)state;
    static const int32_t first = 0, both[] = {0, 1};
    float scores[3];
    score(0, &first, 1, scores);
    assert_scores(scores, 1.0, sqrt(0.5), 0.0);
    score(0, both, 2, scores); /* (1 + 1/sqrt 2, 1/sqrt 2) of length sqrt(2 + sqrt 2) */
    assert_scores(scores, (1.0 + sqrt(0.5)) / sqrt(2.0 + sqrt(2.0)), cos(acos(-1.0) / 8.0), 0.0);
    score(0, NULL, 0, scores);
    assert_scores(scores, 0.0, 0.0, 0.0);
}

static void of_imported_features_as_well(void **state)
{
    (void)state;
    static const int32_t first = 0;
    float scores[3];
    score(2, &first, 1, scores); /* 0.3 of texts, 0.7 of features */
    assert_scores(scores, 1.0, 0.3 * sqrt(0.5), 0.7 * 0.6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(of_texts),
                                       cmocka_unit_test(of_imported_features_as_well)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
