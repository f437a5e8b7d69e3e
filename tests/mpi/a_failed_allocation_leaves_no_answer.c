/* ranks: 1, sanitized: 1
 * Allocations of what asks a trained model fail, one each time: the answer is HR_MEMORY and a message, and
 * nothing stays allocated. */
#include "io/base/json.h"
#include "io/features/text_features.h"
#include "tests/support/failing_allocations.h"
#include "tests/support/toy.h"
#include "tests/support/toy_run.h"
#include "trainer/config/recipe.h"
#include "trainer/explain/explain.h"
#include "trainer/explain/explanation_text.h"
#include "trainer/lists/list_file.h"
#include "trainer/lists/newcomer.h"
#include "trainer/page/page.h"
#include "trainer/run/load_graph.h"
#include "trainer/similar/suggested_tags.h"

#include <omp.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { USERS = 12, MOVIES = 9, DIM = 4, TAGS = 8 };

/* What files are asked, and what is made of them. */
static char checkpoint[1024], data[1024], lists[1024], log_file[1024], page[1024];

static void copy_path(char path[1024], const char *name)
{
    snprintf(path, 1024, "%s", shared_path(name));
}

static void write_data(void)
{
    hr_error err = {""};
    hr_dataset d = toy_dataset(USERS, MOVIES, 0.5, 1, 3);
    d.tags = TAGS;
    d.tag_user = calloc(TAGS, sizeof *d.tag_user);
    d.tag_movie = calloc(TAGS, sizeof *d.tag_movie);
    d.tag_text = calloc(TAGS, sizeof *d.tag_text);
    d.tag_time = calloc(TAGS, sizeof *d.tag_time);
    for (int t = 0; t < TAGS; t++) {
        d.tag_user[t] = t;
        d.tag_movie[t] = t;
    }
    assert_ok(hr_strings_append(&d.tag_name, "dark", 4, &err));
    hr_text_free(&d.text);
    assert_ok(hr_text_build(&d, &(hr_text_options)HR_TEXT_DEFAULTS, &d.text, &err));
    assert_ok(hr_dataset_write(&d, data, &err));
    hr_dataset_free(&d);
}

static void train(const char *model)
{
    hr_error err = {""};
    hr_train_options options = hr_train_defaults;
    strcpy(options.model, model);
    assert_ok(hr_recipe_apply(&options, &err));
    options.dim = DIM;
    options.epochs = options.eval_every = 1;
    strcpy(options.checkpoint, checkpoint);
    strcpy(options.log, log_file);
    toy_train(&world, "d.h5", &options);
}

/* Two models: the same one twice. */
static hr_mixing twice(void)
{
    return (hr_mixing){.other = {checkpoint}, .others = 1, .shares = "70/30"};
}

static hr_status explain(hr_error *err)
{
    hr_status status = HR_OK;
    hr_loaded loaded = {.mixing = twice()};
    hr_catalogue catalogue = {0};
    hr_explainer explainer = {0};
    hr_user_block block = {0};
    hr_explanation why[2] = {{0}};
    json_t *object = NULL;
    const int64_t user = 2;
    HR_TRY(hr_catalogue_read(&catalogue, &world, data, err));
    HR_TRY(hr_load_model(&loaded, &world, checkpoint, data, err));
    HR_TRY(hr_load_users(&block, &loaded, &user, 1, err));
    HR_TRY(hr_explainer_create(&explainer, &loaded, &catalogue, err));
    HR_TRY(hr_explain(&explainer, &(hr_explained_user){&block, 0, user, 0}, (const int32_t[]){1, 4}, 2, why,
                      err));
    object = hr_explanation_json(&why[1], &catalogue);
    HR_TRY(hr_json_check("the explanation", err));
done:
    json_decref(object);
    hr_explanation_free(&why[0]);
    hr_explanation_free(&why[1]);
    hr_explainer_free(&explainer);
    hr_user_block_free(&block);
    hr_loaded_free(&loaded);
    hr_catalogue_free(&catalogue);
    return status;
}

static hr_status ask_for_similar(hr_error *err)
{
    hr_status status = HR_OK;
    hr_loaded loaded = {0};
    hr_catalogue catalogue = {0};
    hr_movie_comparer comparer = {0};
    hr_tag_suggester suggester = {0};
    hr_similar_movies similar = {0};
    hr_suggested_tags tags = {0};
    json_t *object = NULL;
    hr_similar_request request = {.by = HR_BY_BOTH, .top = 5};
    HR_TRY(hr_catalogue_read(&catalogue, &world, data, err));
    HR_TRY(hr_find_movie(&catalogue, "film 8", &request.movie, err));
    HR_TRY(hr_load_model(&loaded, &world, checkpoint, data, err));
    HR_TRY(hr_movie_comparer_create(&comparer, &loaded, true, err));
    HR_TRY(hr_similar_movies_find(&similar, &comparer, &request, err));
    HR_TRY(hr_tag_suggester_create(&suggester, &comparer, err));
    HR_TRY(hr_suggest_tags(&tags, &suggester, &request, err));
    object = json_pack("[o, o]", hr_similar_movies_json(&similar, &request, &catalogue),
                       hr_suggested_tags_json(&tags, request.movie, &catalogue));
    HR_TRY(hr_json_check("the lists", err));
done:
    json_decref(object);
    hr_suggested_tags_free(&tags);
    hr_tag_suggester_free(&suggester);
    hr_similar_movies_free(&similar);
    hr_movie_comparer_free(&comparer);
    hr_loaded_free(&loaded);
    hr_catalogue_free(&catalogue);
    return status;
}

/* The lists of all users, as the file `lists`. */
static hr_status write_lists(hr_error *err)
{
    hr_status status = HR_OK;
    hr_recommender r = {0};
    hr_list_file file = {0};
    hr_list_users users = {0};
    const hr_list_request request = {.top = 3};
    HR_TRY(hr_recommender_create(&r, &world, checkpoint, data, &request, err));
    users.count = r.loaded.data.users;
    const hr_list_target target = {.comm = &world, .path = lists, .recommender = &r, .users = &users};
    HR_TRY(hr_list_file_create(&file, &target, err));
    const hr_list_sink sink = hr_list_file_sink(&file);
    status = hr_make_lists(&r, &world, &users, &sink, err);
    HR_TRY(hr_list_file_publish(&file, status, err));
done:
    hr_list_file_close(&file);
    hr_recommender_free(&r);
    return status;
}

static hr_status fold_in(hr_error *err)
{
    hr_status status = HR_OK;
    hr_loaded loaded = {.mixing = twice()};
    hr_catalogue catalogue = {0};
    hr_newcomer newcomer = {0};
    hr_user_block block = {0};
    HR_TRY(hr_catalogue_read(&catalogue, &world, data, err));
    HR_TRY(hr_load_model(&loaded, &world, checkpoint, data, err));
    HR_TRY(hr_newcomer_add(&newcomer, &catalogue, "Film 3", HR_LIKES, 0.0F, err));
    HR_TRY(hr_newcomer_block(&newcomer, &loaded, &catalogue, &block, err));
done:
    hr_user_block_free(&block);
    hr_newcomer_free(&newcomer);
    hr_loaded_free(&loaded);
    hr_catalogue_free(&catalogue);
    return status;
}

/* Tries allocation `number`; whether there was one. */
static bool may_fail(const char *name, fallible *scenario, int64_t number)
{
    hr_error err = {""};
    const int64_t before = allocations_alive();
    allocations_fail_at(number);
    const hr_status status = scenario(&err);
    const bool failed = allocations_failed();
    const int64_t left = allocations_alive() - before;
    if (left == 0 && status == (failed ? HR_MEMORY : HR_OK))
        return failed;
    allocations_tell();
    fail_msg("%s, allocation %d: status %d, %d not freed: %s", name, (int)number, (int)status, (int)left,
             err.text);
    return false;
}

/* How soon the distance grows. */
#ifdef __SANITIZE_ADDRESS__
enum { EQUAL_STEPS = 2 };
#else
enum { EQUAL_STEPS = 10 };
#endif

/* The first allocations one by one, then at growing distances: each try takes the whole way. */
static void assert_some_may_fail(const char *name, fallible *scenario)
{
    int64_t number = 1;
    while (may_fail(name, scenario, number))
        number += 1 + number / EQUAL_STEPS;
}

static void answers(void **state)
{
    (void)state;
    static const char *const files[] = {"lists.jsonl", "lists.h5", "lists.npy"};
    train("lightgcn");
    assert_some_may_fail("explain", explain);
    assert_some_may_fail("similar and tags", ask_for_similar);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        copy_path(lists, files[i]);
        unlink(lists);
        assert_some_may_fail(files[i], write_lists);
    }
    assert_some_may_fail("a newcomer", fold_in);
}

/* Draws nothing, quickly. */
static void write_gnuplot(void)
{
    FILE *file = fopen(shared_path("gnuplot"), "w");
    assert_non_null(file);
    fputs(
        "#!/bin/sh\n[ \"$1\" = --version ] && exit\n"
        "echo '<svg width=\"480\" height=\"320\" viewBox=\"0 0 480 320\">'\necho '</svg>'\n",
        file);
    fclose(file);
    assert_int_equal(chmod(shared_path("gnuplot"), 0755), 0);
    assert_int_equal(setenv("PATH", shared_folder(), 1), 0);
}

static hr_status report(hr_error *err)
{
    const char *logs[] = {log_file};
    const hr_page_request request = {
        .checkpoint = checkpoint, .dataset = data, .partition = "", .log = logs, .logs = 1, .out = page};
    hr_page_summary summary;
    return hr_page_write(&request, &summary, err);
}

static void pages(void **state)
{
    (void)state;
    char index[1100];
    snprintf(index, sizeof index, "%s/index.html", page);
    write_gnuplot();
    assert_some_may_fail("a page", report);
    assert_int_equal(unlink(index), 0);
    assert_int_equal(rmdir(page), 0);
}

hr_status __real_hr_load_graph(hr_graph_context *graph, const hr_comm *comm, const char *dataset,
                               const char *fingerprint, const hr_train_config *config, hr_error *err);
hr_status __wrap_hr_load_graph(hr_graph_context *graph, const hr_comm *comm, const char *dataset,
                               const char *fingerprint, const hr_train_config *config, hr_error *err);
hr_status __wrap_hr_load_graph(hr_graph_context *graph, const hr_comm *comm, const char *dataset,
                               const char *fingerprint, const hr_train_config *config, hr_error *err)
{
    return __real_hr_load_graph(graph, comm, dataset, fingerprint, config, err);
}

/* Instead of hr_log: these calls are many. */
void __wrap_hr_log(const hr_comm *comm, const char *format, ...);
void __wrap_hr_log(const hr_comm *comm, const char *format, ...)
{
    (void)comm;
    (void)format;
}

int main(int argc, char **argv)
{
    omp_set_num_threads(1); /* the graph is tiny */
    const struct CMUnitTest tests[] = {cmocka_unit_test(answers), cmocka_unit_test(pages)};
    start_mpi(&argc, &argv);
    copy_path(data, "d.h5");
    copy_path(checkpoint, "run.ckpt.h5");
    copy_path(log_file, "run.jsonl");
    copy_path(page, "page");
    write_data();
    return finish_mpi(cmocka_run_group_tests(tests, NULL, NULL));
}
