/* libFuzzer: any command line, a word a line, of which the first names the command. Whatever it is, reading it against the
 * command's table ends with options in their ranges or with one message. What a checkpoint keeps of them is read again as it
 * was; options of training are resolved too. */
#include "tests/fuzz/input.h"
#include "trainer/commands/commands.h"
#include "trainer/config/recipe.h"
#include "trainer/config/train_config.h"

enum { MOST_WORDS = 64 };

static const hr_command *find_command(const char *name)
{
    for (int i = 0; hr_commands[i]; i++)
        if (strcmp(hr_commands[i]->name, name) == 0)
            return hr_commands[i];
    return NULL;
}

/* What is kept is read as it was. */
static void keep(const hr_command *command, const void *options)
{
    hr_error err = {""};
    json_t *kept = hr_options_to_json(command->table, options), *again = NULL;
    void *copy = malloc(command->size);
    memcpy(copy, command->defaults, command->size);
    need(kept != NULL, "options are kept");
    const hr_status status = hr_options_from_json(command->table, kept, copy, &err);
    if (status != HR_OK)
        fprintf(stderr, "%s\n", err.text);
    need(status == HR_OK, "options that are kept are read");
    again = hr_options_to_json(command->table, copy);
    need(json_equal(kept, again), "options are read as they were kept");
    need(hr_options_compare_fixed(command->table, options, copy, &err) == HR_OK, "and are the same");
    json_decref(again);
    json_decref(kept);
    free(copy);
}

static void resolve(const hr_command_line *line, hr_train_options *options)
{
    hr_error err = {""};
    hr_train_config config, again;
    const hr_graph_size graph = {1000, 500, 20000};
    hr_status status = hr_recipe_apply(options, &err);
    const int loss = options->loss;
    hr_options_apply(line, options);
    options->loss = loss;
    if (status == HR_OK)
        status = hr_train_config_resolve(options, graph, &config, &err);
    if (!succeeds(status, &err))
        return;
    need(config.sampling.batch >= 1 && config.model.table != NULL, "a configuration is complete");
    json_t *kept = hr_train_config_to_json(&config);
    status = hr_train_config_from_json(kept, graph, &again, &err);
    if (status != HR_OK)
        fprintf(stderr, "%s\n", err.text);
    need(status == HR_OK, "a configuration that is kept is read");
    need(again.sampling.batch == config.sampling.batch && again.model.table == config.model.table,
         "and resolves to the same");
    json_decref(kept);
}

static void read_line(const hr_command *command, int count, char **word)
{
    hr_error err = {""};
    hr_command_line line = {0};
    void *options = malloc(command->size);
    memcpy(options, command->defaults, command->size);
    const hr_status status = hr_command_line_read(&line, command->table, count, word, command->wants, &err);
    if (succeeds(status, &err) && !line.help) {
        need(line.argument_count <= command->wants, "no more arguments than are wanted");
        hr_options_apply(&line, options);
        if (hr_options_check(command->table, command->defaults, &err) ==
            HR_OK) { /* else some mean "not given" */
            need(hr_options_check(command->table, options, &err) == HR_OK, "options are in their ranges");
            keep(command, options);
        }
        if (strcmp(command->name, "train") == 0)
            resolve(&line, options);
    }
    hr_command_line_free(&line);
    free(options);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *word[MOST_WORDS + 1], *rest = NULL, *text = malloc(size + 1);
    int count = 0;
    memcpy(text, data, size);
    text[size] = '\0';
    for (char *at = strtok_r(text, "\n", &rest); at && count < MOST_WORDS; at = strtok_r(NULL, "\n", &rest))
        word[count++] = at;
    word[count] = NULL;
    const hr_command *command = count > 0 ? find_command(word[0]) : NULL;
    if (command)
        read_line(command, count - 1, word + 1);
    free(text);
    return 0;
}
