#include "trainer/completion/shell_completion.h"

static void bash_values(const hr_command *command, FILE *out)
{
    for (const hr_option *o = command->table; o->name; o++) {
        const hr_value_kind kind = hr_value_kind_of(o);
        if (kind == HR_VALUE_NONE)
            continue;
        fprintf(out, "    %s,--%s) ", command->name, o->name);
        if (kind == HR_VALUE_WORDS) {
            fputs("COMPREPLY=($(compgen -W \"", out);
            hr_value_words(o, out);
            fputs("\" -- \"$word\")); return ;;\n", out);
        } else {
            fputs(kind == HR_VALUE_FILES ? "COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n"
                                         : "return ;;\n",
                  out);
        }
    }
}

static void bash_options(const hr_command *command, FILE *out)
{
    fprintf(out, "        %s) COMPREPLY=($(compgen -W \"", command->name);
    for (const hr_option *o = command->table; o->name; o++)
        fprintf(out, "--%s ", o->name);
    fputs("\" -- \"$word\")) ;;\n", out);
}

void hr_completion_bash(const hr_command *const *commands, FILE *out)
{
    fputs("# bash completion of halorec " HR_VERSION
          ": halorec completion bash\n"
          "_halorec() {\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= i\n"
          "    COMPREPLY=()\n"
          "    [ \"$word\" != = ] || word=\n"
          "    [ \"$before\" != = ] || before=${COMP_WORDS[COMP_CWORD - 2]}\n"
          "    for ((i = 1; i < COMP_CWORD && ${#command} == 0; i++)); do\n"
          "        [[ ${COMP_WORDS[i]} == -* ]] || command=${COMP_WORDS[i]}\n"
          "    done\n"
          "    case $command in\n"
          "    \"\" | help) COMPREPLY=($(compgen -W \"",
          out);
    hr_completion_commands(commands, out);
    fputs(" --help --version\" -- \"$word\")); return ;;\n    esac\n    case $command,$before in\n", out);
    for (int i = 0; commands[i]; i++)
        bash_values(commands[i], out);
    fputs("    esac\n    if [[ $word == -* ]]; then\n        case $command in\n", out);
    for (int i = 0; commands[i]; i++)
        bash_options(commands[i], out);
    fputs(
        "        esac\n    else\n        COMPREPLY=($(compgen -f -- \"$word\"))\n    fi\n}\n"
        "complete -o filenames -F _halorec halorec\n",
        out);
}
