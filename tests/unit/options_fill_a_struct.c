/* The table's options are read from a command line and from JSON, and what is wrong with either is told. */
#include "io/options/options.h"
#include "tests/support/cmocka_tests.h"
#include "trainer/config/train_options.h"

static hr_status parse(hr_command_line *line, const char *const *words, hr_error *err)
{
    char *argv[16] = {"train"};
    static char copies[16][64];
    int argc = 1;
    for (; words[argc - 1]; argc++) {
        strcpy(copies[argc], words[argc - 1]);
        argv[argc] = copies[argc];
    }
    return hr_command_line_read(line, hr_train_table, argc, argv, 1, err);
}

static void values_in_either_form_and_any_order(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_train_options options = hr_train_defaults;
    hr_command_line line;
    const char *const words[] = {"--dim=32", "data.h5", "--lr",    "0.5", "--sample",
                                 "edge",     "--log",   "x.jsonl", NULL};
    assert_ok(parse(&line, words, &err));
    hr_options_apply(&line, &options);
    assert_int_equal(line.argument_count, 1);
    assert_string_equal(line.arguments[0], "data.h5");
    assert_false(line.help);
    assert_int_equal(options.dim, 32);
    assert_true(options.lr == 0.5);
    assert_int_equal(options.sample, 1);
    assert_string_equal(options.log, "x.jsonl");
    assert_int_equal(options.layers, hr_train_defaults.layers);
    hr_command_line_free(&line);
    const char *const asks[] = {"--help", "--dim", "0", NULL};
    assert_ok(parse(&line, asks, &err));
    assert_true(line.help);
    hr_command_line_free(&line);
}

static void a_line_is_applied_over_any_defaults(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_train_options options = hr_train_defaults;
    hr_command_line line;
    const char *const words[] = {"--dim", "32", "--batch-norm", "--dim", "16", NULL};
    assert_ok(parse(&line, words, &err));
    hr_options_apply(&line, &options);
    assert_int_equal(options.dim, 16); /* the last one counts */
    options = (hr_train_options){.layers = 7, .dim = 9};
    hr_options_apply(&line, &options);
    assert_int_equal(options.dim, 16);
    assert_int_equal(options.layers, 7);
    assert_true(options.batch_norm);
    hr_command_line_free(&line);
}

static void wrong_values_are_told(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_command_line line;
    const struct {
        const char *words[4], *complaint;
    } cases[] = {
        {{"--dim", "0", NULL}, "--dim 0: expected a value from 1 to 4096"},
        {{"--dim", "6x", NULL}, "--dim 6x: expected a whole number"},
        {{"--lr", "inf", NULL}, "--lr inf: expected a number"},
        {{"--sample", "both", NULL}, "expected one of user, edge"},
        {{"--sized", "1", NULL}, "--sized: no such option"},
        {{"--dim", NULL}, "--dim: needs a value"},
        {{"a", "b", NULL}, "b: one argument too many"},
        {{"--log", "", NULL}, "--log: expected 1 to 1023 characters"},
        {{"--item-features", "f\xFC.h5", NULL}, "--item-features: not UTF-8, in which a checkpoint keeps it"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_fails(parse(&line, cases[i].words, &err), HR_USAGE, cases[i].complaint);
        hr_command_line_free(&line);
    }
}

static void defaults_are_within_their_own_ranges(void **state)
{
    (void)state;
    hr_error err = {""};
    assert_ok(hr_options_check(hr_train_table, &hr_train_defaults, &err));
}

static void kept_options_come_back(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_train_options kept = hr_train_defaults, read = hr_train_defaults;
    kept.dim = 48;
    kept.decay = 0.25;
    kept.sample = 1;
    strcpy(kept.log, "not kept");
    json_t *object = hr_options_to_json(hr_train_table, &kept);
    assert_null(json_object_get(object, "log"));
    assert_ok(hr_options_from_json(hr_train_table, object, &read, &err));
    assert_int_equal(read.dim, 48);
    assert_true(read.decay == 0.25);
    assert_int_equal(read.sample, 1);
    json_object_set_new(object, "dim", json_string("many"));
    assert_fails(hr_options_from_json(hr_train_table, object, &read, &err), HR_INPUT, "dim");
    json_object_set_new(object, "dim", json_integer(0));
    assert_fails(hr_options_from_json(hr_train_table, object, &read, &err), HR_INPUT, "--dim 0");
    json_decref(object);
}

static void what_is_fixed_may_not_change(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_train_options kept = hr_train_defaults, asked = hr_train_defaults;
    asked.epochs = 7;
    assert_ok(hr_options_compare_fixed(hr_train_table, &kept, &asked, &err));
    asked.layers = 2;
    assert_fails(hr_options_compare_fixed(hr_train_table, &kept, &asked, &err), HR_USAGE,
                 "--layers is 2, but the run to be resumed has 3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_in_either_form_and_any_order),
        cmocka_unit_test(a_line_is_applied_over_any_defaults),
        cmocka_unit_test(wrong_values_are_told),
        cmocka_unit_test(defaults_are_within_their_own_ranges),
        cmocka_unit_test(kept_options_come_back),
        cmocka_unit_test(what_is_fixed_may_not_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
