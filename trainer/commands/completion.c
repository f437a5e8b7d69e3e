#include "io/base/json.h"
#include "trainer/commands/commands.h"
#include "trainer/completion/shell_completion.h"

#include <string.h>

typedef struct options {
    bool json;
} options;

static const hr_option table[] = {{"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, offsetof(options, json), 0,
                                   0, NULL, "print commands and options as one JSON object, for SHELL any"},
                                  {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
                                  {0}};

static const struct {
    const char *name;
    void (*write)(const hr_command *const *commands, FILE *out);
} shells[] = {{"bash", hr_completion_bash}, {"zsh", hr_completion_zsh}, {"fish", hr_completion_fish}};

static json_t *option_to_json(const hr_option *o)
{
    json_t *words = json_array();
    for (int i = 0; o->choices && o->choices[i]; i++)
        json_array_append_new(words, json_string(o->choices[i]));
    return json_pack("{s:s, s:s?, s:s, s:o}", "name", o->name, "value", o->value, "help", o->help, "choices",
                     words);
}

static hr_status print_json(hr_error *err)
{
    json_t *all = json_array();
    for (int i = 0; hr_commands[i]; i++) {
        const hr_command *c = hr_commands[i];
        json_t *list = json_array();
        for (const hr_option *o = c->table; o->name; o++)
            json_array_append_new(list, option_to_json(o));
        json_array_append_new(all, json_pack("{s:s, s:s, s:s, s:o}", "name", c->name, "arguments",
                                             c->arguments, "summary", c->summary, "options", list));
    }
    json_t *object = json_pack("{s:s, s:o}", "version", HR_VERSION, "commands", all);
    const hr_status status = hr_json_print(object, "the commands", stdout, err);
    json_decref(object);
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    (void)comm;
    const options *o = call->options;
    if (o->json)
        return print_json(err);
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(call->arguments[0], shells[i].name) == 0) {
            shells[i].write(hr_commands, stdout);
            return HR_OK;
        }
    return hr_fail(err, HR_USAGE, "%s: no shell that is known; expected bash, zsh or fish",
                   call->arguments[0]);
}

static const options defaults = {.json = false};

static void describe(hr_help *help)
{
    static const hr_help_item items[] = {
        {"bash",
         "source <(halorec completion bash), or into ~/.local/share/bash-completion/completions/halorec"},
        {"zsh", "source <(halorec completion zsh) after compinit, or into a folder of $fpath as _halorec"},
        {"fish", "halorec completion fish > ~/.config/fish/completions/halorec.fish"}};
    hr_help_paragraph(
        help, "An install puts them where the shells of the system find them. For one user, by SHELL:");
    hr_help_list(help, items, sizeof items / sizeof *items);
    hr_help_paragraph(
        help,
        "JSON keys: version; commands: a list of name, arguments, summary, options: a list of name, "
        "value, help, choices.");
}

const hr_command hr_command_completion = {
    .name = "completion",
    .arguments = "SHELL",
    .summary = "Prints a script by which bash, zsh or fish completes commands and options",
    .describe = describe,
    .example = "halorec completion bash",
    .wants = 1,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .run = run,
};
