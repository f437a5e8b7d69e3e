/* A filter's scores and shares are those of its defining equation in plain loops, for several options, of one user, of a panel
 * and of a user whom the graph does not have; singular vectors are orthonormal eigenvectors of N'N, zeros where there are no
 * more. */
#include "io/base/philox.h"
#include "tests/support/cmocka_tests.h"
#include "trainer/filters/one_user.h"
#include "trainer/filters/singular_vectors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { USERS = 40, MOVIES = 37, VECTORS = 5 };

static double rated[USERS][MOVIES], gram[MOVIES][MOVIES], low[MOVIES][MOVIES], whole[MOVIES][MOVIES];
static int64_t ptr[USERS + 1];
static int32_t movie[USERS * MOVIES], degree[MOVIES];
static float vector[MOVIES * MOVIES];
static double value[MOVIES];

/* Movie 3 has no ratings; those of lower numbers have more. */
static hr_train_graph some_graph(void)
{
    memset(degree, 0, sizeof degree);
    for (int64_t u = 0; u < USERS; u++) {
        ptr[u + 1] = ptr[u];
        for (int32_t m = 0; m < MOVIES; m++) {
            const double drawn = hr_uniform(hr_philox(7, HR_STREAM_SYNTH, (uint32_t)u, (uint64_t)m).word[0]);
            rated[u][m] = m != 3 && drawn < 0.6 - 0.014 * m ? 1.0 : 0.0;
            if (rated[u][m] > 0.0) {
                movie[ptr[u + 1]++] = m;
                degree[m]++;
            }
        }
    }
    return (hr_train_graph){USERS, MOVIES, ptr[USERS], ptr, movie, degree};
}

static double factor(int64_t m, double power)
{
    return degree[m] > 0 ? pow(degree[m], power) : 0.0;
}

/* N'N, not divided. */
static void make_gram(const hr_filter_options *o)
{
    memset(gram, 0, sizeof gram);
    for (int64_t u = 0; u < USERS; u++)
        for (int64_t i = 0; i < MOVIES; i++)
            for (int64_t j = 0; j < MOVIES; j++)
                if (rated[u][i] * rated[u][j] > 0.0)
                    gram[i][j] += pow((double)(ptr[u + 1] - ptr[u]), -2.0 * o->user_power) *
                                  factor(i, -o->movie_power) * factor(j, -o->movie_power);
}

static void multiply_into(double (*a)[MOVIES], double (*b)[MOVIES], double by)
{
    static double product[MOVIES][MOVIES];
    memset(product, 0, sizeof product);
    for (int64_t i = 0; i < MOVIES; i++)
        for (int64_t k = 0; k < MOVIES; k++)
            for (int64_t j = 0; j < MOVIES; j++)
                product[i][j] += by * a[i][k] * b[k][j];
    memcpy(a, product, sizeof product);
}

/* whole = (P + beta Di^-q V V' Di^q) sum over k of (-hP)^k / k!. */
static void define(const hr_filter_options *o, double largest)
{
    static double term[MOVIES][MOVIES];
    for (int64_t i = 0; i < MOVIES; i++)
        for (int64_t j = 0; j < MOVIES; j++) {
            gram[i][j] /= largest;
            low[i][j] = gram[i][j];
            for (int64_t c = 0; c < o->vectors; c++)
                low[i][j] += o->beta * factor(i, -o->movie_power) * (double)vector[i * VECTORS + c] *
                             (double)vector[j * VECTORS + c] * factor(j, o->movie_power);
        }
    memcpy(term, low, sizeof term);
    memcpy(whole, low, sizeof whole);
    for (int64_t k = 1; k <= o->degree; k++) {
        multiply_into(term, gram, -o->step / (double)k);
        for (int64_t i = 0; i < MOVIES; i++)
            for (int64_t j = 0; j < MOVIES; j++)
                whole[i][j] += term[i][j];
    }
}

static void check_scores(const hr_filter *f, hr_filter_workspace *w, const hr_filter_user *user, int users)
{
    hr_filter_panel(f, w, user, users);
    for (int lane = 0; lane < users; lane++)
        for (int64_t m = 0; m < MOVIES; m++) {
            double expected = 0.0;
            for (int64_t i = 0; i < user[lane].count; i++)
                expected += whole[user[lane].movie[i]][m];
            assert_true(fabs((double)w->value[m].floats[lane] - expected) < 2e-5);
        }
}

/* Alone, a user has the scores that the user has in the last panel. */
static void check_one(const hr_filter *f, hr_filter_workspace *w, const hr_filter_user *user, int lane)
{
    static float score[MOVIES], of_panel[MOVIES];
    for (int64_t m = 0; m < MOVIES; m++)
        of_panel[m] = w->value[m].floats[lane];
    hr_filter_one(f, w, user, score);
    for (int64_t m = 0; m < MOVIES; m++)
        assert_true(score[m] == of_panel[m]);
}

static void check_filter(hr_filter *f)
{
    hr_error err;
    hr_filter_workspace w = {0};
    hr_filter_user user[HR_FILTER_USERS];
    static float share[MOVIES];
    static const int32_t strange[] = {0, 3, 11, 30};
    assert_ok(hr_filter_workspace_create(&w, f, &err));
    for (int lane = 0; lane < HR_FILTER_USERS; lane++)
        user[lane] = (hr_filter_user){movie + ptr[lane], ptr[lane + 1] - ptr[lane]};
    check_scores(f, &w, user, HR_FILTER_USERS);
    check_one(f, &w, &user[9], 9);
    check_scores(f, &w, user + 5, 1);
    check_scores(f, &w, &(hr_filter_user){strange, 4}, 1);
    check_one(f, &w, &(hr_filter_user){strange, 4}, 0);
    for (int64_t m = 0; m < MOVIES; m += 9) {
        hr_filter_shares(f, &w, m, share);
        for (int64_t i = 0; i < MOVIES; i++)
            assert_true(fabs((double)share[i] - whole[i][m]) < 2e-5);
    }
    hr_filter_workspace_free(&w);
}

static void scores_and_shares(void **state)
{
    (void)state;
    static const hr_filter_options asked[] = {{0.5, 0.5, 4, 2.0, 0.3, VECTORS},
                                              {0.5, 0.25, 4, 1.0, 1.0, VECTORS},
                                              {0.4, 0.3, 0, 2.0, 0.1, 3},
                                              {0.5, 0.4, 7, 0.0, 0.2, VECTORS},
                                              {0.5, 0.5, 4, 1.5, 0.0, 0}};
    hr_error err;
    const hr_comm alone = hr_comm_alone();
    const hr_train_graph graph = some_graph();
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        hr_filter f = {0};
        assert_ok(hr_filter_create(&f, &graph, &asked[i], &err));
        make_gram(&asked[i]);
        assert_ok(hr_singular_vectors(&alone, &f, HR_SUM_PLAIN, 1, VECTORS, vector, value, &err));
        f.largest = value[0];
        f.movie_row = calloc((size_t)(MOVIES * VECTORS), sizeof *f.movie_row);
        for (int64_t m = 0; m < MOVIES; m++)
            for (int64_t c = 0; c < asked[i].vectors; c++)
                f.movie_row[m * asked[i].vectors + c] =
                    (float)(factor(m, asked[i].movie_power) * (double)vector[m * VECTORS + c]);
        define(&asked[i], f.largest);
        check_filter(&f);
        hr_filter_free(&f);
    }
}

/* Column j of V against N'N v = value v; of lengths 1, or 0. */
static void check_vectors(int64_t columns, int64_t accurate)
{
    for (int64_t a = 0; a < columns; a++)
        for (int64_t b = 0; b <= a; b++) {
            double product = 0.0;
            for (int64_t m = 0; m < MOVIES; m++)
                product += (double)vector[m * columns + a] * (double)vector[m * columns + b];
            assert_true(fabs(product - (a == b && value[a] > 0.0 ? 1.0 : 0.0)) < 1e-4);
        }
    for (int64_t c = 0; c < accurate; c++)
        for (int64_t m = 0; m < MOVIES; m++) {
            double product = 0.0;
            for (int64_t i = 0; i < MOVIES; i++)
                product += gram[m][i] * (double)vector[i * columns + c];
            assert_true(fabs(product - value[c] * (double)vector[m * columns + c]) < 2e-2 * value[0]);
        }
}

static void singular_vectors(void **state)
{
    (void)state;
    static const hr_filter_options options = {.user_power = 0.5, .movie_power = 0.4};
    hr_error err;
    hr_filter f = {0};
    const hr_comm alone = hr_comm_alone();
    const hr_train_graph graph = some_graph();
    assert_ok(hr_filter_create(&f, &graph, &options, &err));
    make_gram(&options);
    for (int how = HR_SUM_PLAIN; how <= HR_SUM_REPRODUCIBLE; how++) {
        assert_ok(hr_singular_vectors(&alone, &f, (hr_summation)how, 1, 12, vector, value, &err));
        check_vectors(12, 3);
        assert_ok(hr_singular_vectors(&alone, &f, (hr_summation)how, 1, MOVIES, vector, value, &err));
        check_vectors(MOVIES, MOVIES);
        assert_true(value[MOVIES - 1] == 0.0); /* movie 3 */
    }
    hr_filter_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(scores_and_shares),
                                       cmocka_unit_test(singular_vectors)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
