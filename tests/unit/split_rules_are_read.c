/* Each way to write --split, what is refused, and what a rule promises to fill. */
#include "io/split/split_rule.h"
#include "tests/support/cmocka_tests.h"

static void rules_have_one_way_of_writing(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_split_rule rule;
    static const struct {
        const char *given, *text;
        hr_split_kind kind;
    } rules[] = {{"ratio:0.8,0.1,0.1", "ratio:0.8,0.1,0.1", HR_SPLIT_RATIO},
                 {"ratio:.80,1e-1,0.10", "ratio:0.8,0.1,0.1", HR_SPLIT_RATIO},
                 {"global-ratio:0.9,0,0.1", "global-ratio:0.9,0,0.1", HR_SPLIT_GLOBAL_RATIO},
                 {"leave-one-out", "leave-one-out", HR_SPLIT_LAST},
                 {"leave-one-out:random", "leave-one-out:random", HR_SPLIT_ANY_ONE},
                 {"time:0.8,0.1,0.1", "time:0.8,0.1,0.1", HR_SPLIT_TIME},
                 {"folds:5", "folds:5:1", HR_SPLIT_FOLDS},
                 {"folds:10:10", "folds:10:10", HR_SPLIT_FOLDS},
                 {"users:10000,10000,0.8", "users:10000,10000,0.8", HR_SPLIT_USERS},
                 {"users:0,0.1,0.5", "users:0,0.1,0.5", HR_SPLIT_USERS},
                 {"given", "given", HR_SPLIT_GIVEN}};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        assert_ok(hr_split_parse(rules[i].given, &rule, &err));
        assert_int_equal(rule.kind, rules[i].kind);
        assert_string_equal(rule.text, rules[i].text);
        assert_ok(hr_split_parse(rule.text, &rule, &err));
        assert_string_equal(rule.text, rules[i].text);
    }
}

static void other_rules_are_refused(void **state)
{
    (void)state;
    hr_error err = {""};
    hr_split_rule rule;
    static const char *const wrong[][2] = {{"", "leave-one-out"},
                                           {"half", "leave-one-out:random"},
                                           {"ratio", "sum to 1"},
                                           {"ratio:0.8,0.1", "sum to 1"},
                                           {"ratio:0.8,0.1,0.2", "sum to 1"},
                                           {"ratio:0,0.5,0.5", "sum to 1"},
                                           {"ratio:1.2,-0.1,-0.1", "sum to 1"},
                                           {"ratio:0.8,0.1,0.1,0", "sum to 1"},
                                           {"ratio:nan,0.1,0.1", "sum to 1"},
                                           {"time:1", "time:TRAIN"},
                                           {"leave-one-out:", "leave-one-out:random"},
                                           {"leave-one-out:last", "leave-one-out:random"},
                                           {"folds", "folds:N:K"},
                                           {"folds:1", "folds:N:K"},
                                           {"folds:5:0", "folds:N:K"},
                                           {"folds:5:6", "folds:N:K"},
                                           {"folds:5:1:1", "folds:N:K"},
                                           {"users:10,10", "users:VALID"},
                                           {"users:0,0,0.8", "users:VALID"},
                                           {"users:1.5,1,0.8", "users:VALID"},
                                           {"users:-1,1,0.8", "users:VALID"},
                                           {"users:1e300,1,0.8", "users:VALID"},
                                           {"users:1,1,1", "users:VALID"},
                                           {"users:1,1,0", "users:VALID"},
                                           {"given:1", "given"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_fails(hr_split_parse(wrong[i][0], &rule, &err), HR_USAGE, wrong[i][1]);
}

static void rules_say_what_they_fill(void **state)
{
    (void)state;
    hr_error err = {""};
    static const struct {
        const char *text;
        bool fills[HR_SPLITS];
    } rules[] = {
        {"ratio:0.8,0.1,0.1", {true, true, true, false}}, {"time:0.8,0,0.2", {true, false, true, false}},
        {"leave-one-out", {true, true, true, false}},     {"folds:5:2", {true, false, true, false}},
        {"users:0,5,0.8", {true, false, true, true}},     {"given", {true, false, false, false}}};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        hr_split_rule rule;
        assert_ok(hr_split_parse(rules[i].text, &rule, &err));
        for (int part = 0; part < HR_SPLITS; part++)
            assert_int_equal(hr_split_fills(&rule, (hr_split)part), rules[i].fills[part]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rules_have_one_way_of_writing),
                                       cmocka_unit_test(other_rules_are_refused),
                                       cmocka_unit_test(rules_say_what_they_fill)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
