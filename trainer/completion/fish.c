#include "trainer/completion/shell_completion.h"

static void fish_option(const hr_command *command, const hr_option *o, FILE *out)
{
    const hr_value_kind kind = hr_value_kind_of(o);
    fprintf(out, "complete -c halorec -n '__fish_seen_subcommand_from %s' -l %s", command->name, o->name);
    if (kind == HR_VALUE_FILES)
        fputs(" -r -F", out);
    else if (kind != HR_VALUE_NONE)
        fputs(" -x", out);
    if (kind == HR_VALUE_WORDS) {
        fputs(" -a '", out);
        hr_value_words(o, out);
        fputc('\'', out);
    }
    fputs(" -d '", out);
    hr_completion_short(o->help, out);
    fputs("'\n", out);
}

void hr_completion_fish(const hr_command *const *commands, FILE *out)
{
    fputs("# fish completion of halorec " HR_VERSION ": halorec completion fish\n", out);
    for (int i = 0; commands[i]; i++) {
        fprintf(out, "complete -c halorec -n __fish_use_subcommand -f -a %s -d '", commands[i]->name);
        hr_completion_short(commands[i]->summary, out);
        fputs("'\n", out);
        for (const hr_option *o = commands[i]->table; o->name; o++)
            fish_option(commands[i], o, out);
    }
    fputs("complete -c halorec -n '__fish_seen_subcommand_from help' -f -a '", out);
    hr_completion_commands(commands, out);
    fputs("'\n", out);
}
