/* Each allocation fails once: what was asked for ends in HR_MEMORY and a message, with nothing left
 * allocated. */
#include "io/base/json.h"
#include "io/export/movielens_csv.h"
#include "io/features/item_features.h"
#include "io/formats/open.h"
#include "io/split/split.h"
#include "io/synth/synth.h"
#include "io/synth_by_user/expand.h"
#include "io/synth_by_user/synth_file.h"
#include "partition/halo/shard.h"
#include "partition/plan/plan_dataset.h"
#include "tests/support/cmocka_tests.h"
#include "tests/support/failing_allocations.h"
#include "tests/support/folder.h"
#include "tests/support/imported.h"
#include "tests/support/toy.h"
#include "trainer/config/train_options.h"

#include <hdf5.h>
#include <unistd.h>

enum { USERS = 12, MOVIES = 9, PARTS = 3 };

/* Opened before allocations fail: recognising a format is a matter of its own. */
static hr_source *source;

static void open_folder(void)
{
    hr_error err = {""};
    const hr_source_options options = {0};
    assert_ok(hr_source_open(&source, in_folder("."), &options, &err));
}

static hr_status import_folder(hr_dataset *d, hr_error *err)
{
    static const hr_ingest_options options = IMPORT_DEFAULTS;
    const hr_comm alone = hr_comm_alone();
    hr_ingest_report report;
    return hr_ingest(&alone, source, "here", &options, d, &report, err);
}

static hr_status import_and_free(hr_error *err)
{
    hr_dataset d = {0};
    const hr_status status = import_folder(&d, err);
    hr_dataset_free(&d);
    return status;
}

static void assert_import_may_fail(const char *name)
{
    open_folder();
    assert_each_allocation_may_fail(name, import_and_free);
    hr_source_close(source);
}

static void imports(void **state)
{
    (void)state;
    write_file("ratings.csv", "userId,movieId,rating,timestamp\n7,50,4.0,100\n7,3,0.5,200\n2,50,5,300\n");
    write_file("movies.csv",
               "movieId,title,genres\n3,\"President, The (1995)\",Comedy|Drama\n50,Plain,Drama\n");
    write_file("tags.csv", "userId,movieId,tag,timestamp\n7,3,very funny,5\n2,50,dark,6\n");
    write_file("links.csv", "movieId,imdbId,tmdbId\n3,0112346,9087\n50,0114814,\n");
    assert_import_may_fail("import of MovieLens");
    write_file("ratings.dat", "1::2::5::3\n");
    write_file("movies.dat", "2::T\xE9st (1999)::Drama\n");
    unlink(in_folder("ratings.csv"));
    unlink(in_folder("movies.csv"));
    assert_import_may_fail("import of .dat files");
    unlink(in_folder("ratings.dat"));
    unlink(in_folder("movies.dat"));
    write_file("train.txt", "0 5 9\n1 5\n2 7 \n");
    write_file("test.txt", "0 7 5\n1\n2 9");
    assert_import_may_fail("import of LightGCN's files");
}

static const hr_synth_preset tiny = {.name = "tiny",
                                     .users = USERS,
                                     .movies_listed = MOVIES + 1,
                                     .movies_rated = MOVIES,
                                     .ratings = 4 * USERS,
                                     .tags = 5,
                                     .user = {2, 4, 4, 6},
                                     .movie = {2, 5, 5.3, 9},
                                     .histogram = {0, 0, 0, 8, 0, 20, 0, 12, 0, 8}};

static hr_status synthesise(hr_error *err)
{
    hr_dataset d = {0};
    const hr_status status = hr_synth(&tiny, 1, &d, err);
    hr_dataset_free(&d);
    return status;
}

static hr_status synthesise_by_user(hr_error *err)
{
    const hr_comm alone = hr_comm_alone();
    hr_split_rule rule;
    int64_t splits[HR_SPLITS];
    const hr_status status = hr_split_parse("ratio:0.8,0.1,0.1", &rule, err);
    return status == HR_OK ? hr_synth_write(&alone, &tiny, &rule, 1, in_folder("s.h5"), splits, err) : status;
}

static hr_status expand(hr_error *err)
{
    const hr_comm alone = hr_comm_alone();
    hr_split_rule rule;
    hr_expanded made;
    const hr_status status = hr_split_parse("leave-one-out", &rule, err);
    return status == HR_OK
               ? hr_expand(&alone, in_folder("s.h5"), 2, 2, &rule, 1, in_folder("e.h5"), &made, err)
               : status;
}

static hr_status write_csv(hr_error *err)
{
    return hr_movielens_write(in_folder("s.h5"), in_folder(""), err);
}

static hr_status round_trip(hr_error *err)
{
    hr_status status = HR_OK;
    hr_dataset d = {0};
    hr_h5 *file = NULL;
    hr_dataset_summary summary;
    hr_ratings slice = {0};
    hr_text text = {0};
    hr_strings title = {0}, genres = {0};
    const int32_t movie[] = {4, 1};
    hr_ids id = {0};
    int64_t user = 0;
    HR_TRY(import_folder(&d, err));
    HR_TRY(hr_dataset_write(&d, in_folder("d.h5"), err));
    HR_TRY(hr_dataset_open(&file, &summary, in_folder("d.h5"), err));
    HR_TRY(hr_dataset_read_slice(file, 0, summary.users, 0.1, &slice, err));
    HR_TRY(hr_dataset_read_values(file, &slice, err));
    HR_TRY(hr_dataset_read_text(file, &text, err));
    HR_TRY(hr_dataset_find_user(file, "7", &user, err));
    HR_TRY(hr_dataset_read_movies(file, movie + 1, 1, &id, &title, &genres, err));
done:
    hr_ids_free(&id);
    hr_strings_free(&genres);
    hr_strings_free(&title);
    hr_text_free(&text);
    hr_ratings_free(&slice);
    hr_h5_close(file);
    hr_dataset_free(&d);
    return status;
}

static hr_status read_features(hr_error *err)
{
    int64_t movie_id[] = {3, 50};
    const hr_ids ids = {.count = 2, .number = movie_id};
    float *rows = NULL;
    int64_t columns = 0;
    const hr_status status = hr_item_features_read(in_folder("f.h5"), &ids, &rows, &columns, err);
    free(rows);
    return status;
}

static void files(void **state)
{
    (void)state;
    unlink(in_folder("train.txt"));
    unlink(in_folder("test.txt"));
    write_file("ratings.csv", "userId,movieId,rating,timestamp\n7,50,4.0,100\n7,3,0.5,200\n2,50,5,300\n");
    assert_each_allocation_may_fail("synthetic data", synthesise);
    assert_each_allocation_may_fail("synthetic data by user", synthesise_by_user);
    assert_each_allocation_may_fail("expanded data", expand);
    assert_each_allocation_may_fail("MovieLens files", write_csv);
    open_folder();
    assert_each_allocation_may_fail("dataset file", round_trip);
    hr_source_close(source);
    const hsize_t rows = 2;
    const float values[] = {1.0F, 2.0F};
    const int ids[] = {50, 3};
    const hid_t file = H5Fcreate(in_folder("f.h5"), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t space = H5Screate_simple(1, &rows, NULL);
    const hid_t x =
        H5Dcreate2(file, "features", H5T_IEEE_F32LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t y = H5Dcreate2(file, "movie_id", H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Dwrite(x, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
    H5Dwrite(y, H5T_NATIVE_INT, H5S_ALL, H5S_ALL, H5P_DEFAULT, ids);
    H5Dclose(y);
    H5Dclose(x);
    H5Sclose(space);
    H5Fclose(file);
    assert_each_allocation_may_fail("imported features", read_features);
}

static hr_cut_method method;

static hr_status partition(hr_error *err)
{
    hr_status status = HR_OK;
    hr_partition_origin origin = {.method = method, .seed = 1};
    const hr_comm alone = hr_comm_alone();
    hr_graph graph = {0};
    hr_plan plan = {0};
    hr_h5 *file = NULL;
    hr_plan_summary summary;
    hr_shard shard = {0};
    HR_TRY(hr_partition_graph(&graph, &alone, &origin, in_folder("toy.h5"), err));
    HR_TRY(hr_partition_plan(&plan, &graph, &origin, PARTS, err));
    HR_TRY(hr_partition_write(&plan, &graph, &origin, in_folder("toy.k3.h5"), err));
    HR_TRY(hr_partition_open(&file, &origin, &summary, in_folder("toy.k3.h5"), err));
    HR_TRY(hr_shard_read(&shard, file, 1, err));
    HR_TRY(hr_shard_read_values(&shard, file, err));
done:
    hr_shard_free(&shard);
    hr_h5_close(file);
    hr_plan_free(&plan);
    hr_graph_free(&graph);
    return status;
}

static void partitions(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_dataset d = toy_dataset(USERS, MOVIES, 0.4, 1, 3);
    assert_ok(hr_dataset_write(&d, in_folder("toy.h5"), &err));
    hr_dataset_free(&d);
    for (method = HR_CUT_METIS; method <= HR_CUT_STREAM; method++)
        assert_each_allocation_may_fail("partition", partition);
}

/* A command line, its options, kept and read again. */
static hr_status options(hr_error *err)
{
    hr_status status = HR_OK;
    char words[][16] = {"train", "d.h5", "--dim", "32", "--model", "sage"};
    char *argv[] = {words[0], words[1], words[2], words[3], words[4], words[5]};
    hr_command_line line = {0};
    hr_train_options asked = hr_train_defaults, kept = hr_train_defaults;
    json_t *json = NULL;
    HR_TRY(hr_command_line_read(&line, hr_train_table, 6, argv, 1, err));
    hr_options_apply(&line, &asked);
    json = hr_options_to_json(hr_train_table, &asked);
    HR_TRY(hr_json_check("the options", err));
    HR_TRY(hr_train_options_from_json(json, &kept, err));
    HR_TRY(hr_options_compare_fixed(hr_train_table, &kept, &asked, err));
    assert_int_equal(kept.dim, 32);
done:
    json_decref(json);
    hr_command_line_free(&line);
    return status;
}

static void command_lines(void **state)
{
    (void)state;
    assert_each_allocation_may_fail("options", options);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(imports), cmocka_unit_test(files),
                                       cmocka_unit_test(partitions), cmocka_unit_test(command_lines)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
