/* libFuzzer: any text as what a checkpoint says of its run (JSON). Whatever it is, reading it ends with a configuration in its
 * ranges or with one message, and what is kept of a configuration is read again as it was. Where the text resolves, a
 * checkpoint with it, whose checksums are right, is opened and its scorer is loaded.
 *
 * HALOREC_FUZZ_FILES names a folder with data.h5 and run.ckpt.h5, which run.sh makes. */
#include "io/checkpoint/checkpoint.h"
#include "tests/fuzz/image.h"
#include "trainer/config/train_config.h"
#include "trainer/scoring/load_scorer.h"

#include <unistd.h>

static image checkpoint;
static char data_path[1024];

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *folder = getenv("HALOREC_FUZZ_FILES");
    (void)argc, (void)argv;
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    image_read(&checkpoint, folder, "run.ckpt.h5");
    snprintf(data_path, sizeof data_path, "%s/data.h5", folder);
    return 0;
}

/* Options alone, without a file. */
static bool resolves(const char *text)
{
    hr_error err = {""};
    hr_train_config config, again;
    const hr_graph_size graph = {40, 30, 300};
    json_t *run = json_loads(text, 0, NULL), *kept = NULL;
    hr_status status = HR_INPUT;
    if (json_is_object(json_object_get(run, "options"))) {
        status = hr_train_config_from_json(json_object_get(run, "options"), graph, &config, &err);
        need(status != HR_USAGE, "damage of a file is no wrong option");
        succeeds(status, &err);
    }
    if (status == HR_OK) {
        kept = hr_train_config_to_json(&config);
        need(hr_train_config_from_json(kept, graph, &again, &err) == HR_OK,
             "a configuration that is kept is read");
        need(again.sampling.batch == config.sampling.batch && again.model.table == config.model.table,
             "and resolves to the same");
    }
    json_decref(kept);
    json_decref(run);
    return status == HR_OK;
}

static void load(const char *text)
{
    hr_error err = {""};
    hr_loaded loaded = {0};
    const hr_comm alone = hr_comm_alone();
    const hid_t file = image_open(&checkpoint);
    char path[64];
    image_set_text(file, "run", text);
    image_sum_attributes(file);
    const int descriptor = image_close(file, path);
    const hr_status status = hr_load_scorer(&loaded, &alone, path, data_path, &err);
    need(status != HR_USAGE, "damage of a file is no wrong option");
    succeeds(status, &err);
    hr_loaded_free(&loaded);
    close(descriptor);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size >= HR_RUN_LENGTH)
        return 0;
    char *text = malloc(size + 1);
    memcpy(text, data, size);
    text[size] = '\0';
    if (resolves(text))
        load(text);
    free(text);
    return 0;
}
