#include "trainer/cli/command_help.h"

#include <string.h>

const hr_command *const hr_commands[] = {&hr_command_import,
                                         &hr_command_synth,
                                         &hr_command_partition,
                                         &hr_command_scaling,
                                         &hr_command_train,
                                         &hr_command_extend,
                                         &hr_command_update,
                                         &hr_command_evaluate,
                                         &hr_command_compare,
                                         &hr_command_recommend,
                                         &hr_command_explain,
                                         &hr_command_graph,
                                         &hr_command_similar,
                                         &hr_command_tags,
                                         &hr_command_top,
                                         &hr_command_export,
                                         &hr_command_info,
                                         &hr_command_stats,
                                         &hr_command_report,
                                         &hr_command_watch,
                                         &hr_command_serve,
                                         &hr_command_completion,
                                         NULL};

static const hr_help_item exit_codes[] = {
    {"0", "done"},
    {"2", "wrong option or argument"},
    {"3", "wrong content of a file"},
    {"4", "the system refuses: no such file, disk full"},
    {"5", "out of memory"},
    {"6", "another rank is lost, or all ranks stand still"},
    {"75", "stopped by SIGTERM or SIGUSR1 with a checkpoint; --resume auto continues the run"}};

static const hr_help_item environment[] = {
    {"OMP_NUM_THREADS", "threads of a rank; without it, the host's processors are divided among its ranks"},
    {"HALOREC_ISA",
     "the instruction set of the inner loops, of those that halorec --version lists; without "
     "it, the best that the processor has"},
    {"NO_COLOR", "where it is set and not empty, terminals show no colours"}};

/* Appends to a text of HR_TEXT_LENGTH bytes. */
static void append(char *text, const char *more)
{
    const size_t used = strlen(text);
    snprintf(text + used, HR_TEXT_LENGTH - used, "%s", more);
}

/* Commands that all ranks run: "a, b and c". */
static void name_collective(char *text)
{
    int left = 0;
    for (int i = 0; hr_commands[i]; i++)
        left += hr_commands[i]->collective;
    for (int i = 0; hr_commands[i]; i++)
        if (hr_commands[i]->collective) {
            append(text, hr_commands[i]->name);
            append(text, --left > 1 ? ", " : left == 1 ? " and " : "");
        }
}

static void list_commands(hr_help *help)
{
    hr_help_item items[32];
    int count = 0;
    for (; hr_commands[count]; count++)
        items[count] = (hr_help_item){hr_commands[count]->name, hr_commands[count]->summary};
    hr_help_list(help, items, count);
    char ranks[HR_TEXT_LENGTH] = "";
    name_collective(ranks);
    append(
        ranks,
        " run on all ranks that mpirun starts, the other commands on the first one. halorec COMMAND --help "
        "and halorec help COMMAND describe a command.");
    hr_help_paragraph(help, ranks);
}

/* The man pages that belong to a program's: of all commands. */
static void list_pages(hr_help *help)
{
    char pages[HR_TEXT_LENGTH] = "";
    for (int i = 0; hr_commands[i]; i++) {
        append(pages, i ? ", halorec-" : "halorec-");
        append(pages, hr_commands[i]->name);
        append(pages, "(1)");
    }
    hr_help_section(help, "see also");
    hr_help_text(help, pages);
}

void hr_program_help(hr_help *help)
{
    hr_help_begin(help,
                  &(hr_help_head){.name = "halorec",
                                  .synopsis = "[mpirun -n N] halorec COMMAND …",
                                  .summary = "Trains recommenders on graphs of ratings, on many machines"});
    hr_help_section(help, "commands");
    list_commands(help);
    hr_help_section(help, help->man ? "exit status" : "exit codes");
    hr_help_list(help, exit_codes, sizeof exit_codes / sizeof *exit_codes);
    hr_help_section(help, "environment");
    hr_help_list(help, environment, sizeof environment / sizeof *environment);
    hr_help_section(help, "example");
    hr_help_command(help, "halorec synth --preset ml-latest-small --out data.h5");
    hr_help_command(help, "mpirun -n 2 halorec train data.h5 --checkpoint run.ckpt.h5");
    hr_help_command(help, "halorec recommend run.ckpt.h5 data.h5 --user 7");
    if (help->man)
        list_pages(help);
}

void hr_command_help(hr_help *help, const hr_command *command)
{
    char name[64], synopsis[HR_TEXT_LENGTH];
    snprintf(name, sizeof name, "halorec-%s", command->name);
    snprintf(synopsis, sizeof synopsis, "%shalorec %s %s [options]",
             command->collective ? "[mpirun -n N] " : "", command->name, command->arguments);
    hr_help_begin(help, &(hr_help_head){name, synopsis, command->summary});
    if (command->describe)
        command->describe(help);
    hr_help_section(help, help->man ? "options" : "options [default]");
    hr_help_options(help, command->table, command->defaults);
    hr_help_section(help, "example");
    hr_help_command(help, command->example);
    if (help->man) {
        hr_help_section(help, "see also");
        hr_help_text(help, "halorec(1)");
    }
}
