/* Pages of help: wrapped at a width, and as roff that prints what was written. */
#include "io/options/help.h"
#include "tests/support/cmocka_tests.h"

typedef struct options {
    int64_t count;
    char name[HR_TEXT_LENGTH];
} options;

static const hr_option table[] = {
    {"count", "N", HR_OPTION_INT, HR_OPTION_CALL, offsetof(options, count), 0, 9, NULL, "how many of them"},
    {"a-long-option", "NAME", HR_OPTION_TEXT, HR_OPTION_CALL, offsetof(options, name), 0, 0, NULL, "…"},
    {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
    {0}};

static const options defaults = {.count = 3};

static void write_page(hr_help *help)
{
    const hr_help_item items[] = {{"one", "the first"}, {"other", "the second one of them"}};
    hr_help_begin(help,
                  &(hr_help_head){"tool-do", "tool do FILE [options]", "Does what it does with one file"});
    hr_help_paragraph(help, ".5 is \\half. Then et al. 2017 it's é.");
    hr_help_list(help, items, 2);
    hr_help_section(help, "options");
    hr_help_options(help, table, &defaults);
    hr_help_section(help, "example");
    hr_help_command(help, "tool do file --count 2 --a-long-option name");
}

static void assert_page(hr_help help, const char *expected)
{
    char *text = NULL;
    size_t size = 0;
    help.out = open_memstream(&text, &size);
    write_page(&help);
    fclose(help.out);
    assert_string_equal(text, expected);
    free(text);
}

static void lines_are_as_wide_as_the_terminal(void **state)
{
    (void)state;
    assert_page((hr_help){.width = 30},
                "usage: tool do FILE [options]\n"
                "\n"
                "Does what it does with one\n"
                "file.\n"
                "\n"
                ".5 is \\half. Then et al. 2017\n"
                "it's é.\n"
                "  one    the first\n"
                "  other  the second one of\n"
                "         them\n"
                "\n"
                "options:\n"
                "  --count N\n"
                "          how many of them [3]\n"
                "  --a-long-option NAME\n"
                "          …\n"
                "  --help  print this\n"
                "\n"
                "example:\n"
                "  tool do file --count 2 --a-long-option name\n");
}

static void a_man_page_prints_the_same_text(void **state)
{
    (void)state;
    setenv("SOURCE_DATE_EPOCH", "86400", 1);
    assert_page((hr_help){.man = true, .width = 60},
                ".TH TOOL-DO 1 1970-01-02 \"halorec " HR_VERSION
                "\" \"halorec manual\"\n"
                ".SH NAME\n"
                "tool\\-do \\- Does what it does with one file\n"
                ".SH SYNOPSIS\n"
                "tool do FILE [options]\n"
                ".SH DESCRIPTION\n"
                "Does what it does with one file.\n"
                ".PP\n"
                "\\&.5 is \\ehalf.\n"
                "Then et al. 2017 it\\(aqs \\[u00E9].\n"
                ".TP\n"
                "\\fBone\\fR\n"
                "the first\n"
                ".TP\n"
                "\\fBother\\fR\n"
                "the second one of them\n"
                ".SH OPTIONS\n"
                ".TP\n"
                "\\fB\\-\\-count N\\fR\n"
                "how many of them [3]\n"
                ".TP\n"
                "\\fB\\-\\-a\\-long\\-option NAME\\fR\n"
                "\\[u2026]\n"
                ".TP\n"
                "\\fB\\-\\-help\\fR\n"
                "print this\n"
                ".SH EXAMPLE\n"
                ".RS 4\n"
                ".nf\n"
                "tool do file \\-\\-count 2 \\-\\-a\\-long\\-option name\n"
                ".fi\n"
                ".RE\n");
}

static void the_environment_says_how_wide(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    setenv("COLUMNS", "61", 1);
    assert_int_equal(hr_help_terminal(file).width, 61);
    setenv("COLUMNS", "1", 1);
    assert_int_equal(hr_help_terminal(file).width, 20);
    unsetenv("COLUMNS");
    assert_int_equal(hr_help_terminal(file).width, 80);
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lines_are_as_wide_as_the_terminal),
                                       cmocka_unit_test(a_man_page_prints_the_same_text),
                                       cmocka_unit_test(the_environment_says_how_wide)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
