#include "io/base/json.h"
#include "io/base/utf8.h"
#include "trainer/commands/commands.h"
#include "trainer/report/file_report.h"

#include <string.h>

typedef struct options {
    bool json, verify;
} options;

static const hr_option table[] = {{"json", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, offsetof(options, json), 0,
                                   0, NULL, "print one JSON object"},
                                  {"verify", NULL, HR_OPTION_FLAG, HR_OPTION_CALL, offsetof(options, verify),
                                   0, 0, NULL, "read a whole checkpoint and compare it with its checksums"},
                                  {"help", NULL, HR_OPTION_HELP, HR_OPTION_CALL, 0, 0, 0, NULL, "print this"},
                                  {0}};

static hr_status print_text(json_t *facts, hr_error *err)
{
    hr_status status = HR_OK;
    const char *name = NULL;
    json_t *value = NULL;
    HR_TRY(hr_json_check("the description", err));
    json_object_foreach(facts, name, value)
    {
        char *text = NULL;
        if (!json_is_string(value))
            HR_TRY(hr_json_text(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(6), name, &text, err));
        const char *plain = text ? text : json_string_value(value);
        char shown[HR_TEXT_LENGTH];
        printf("%-15s %s\n", name,
               text ? text : hr_escape(shown, sizeof shown, plain, (int64_t)strlen(plain)));
        free(text);
    }
done:
    return status;
}

static hr_status run(const hr_comm *comm, const hr_call *call, hr_error *err)
{
    (void)comm;
    const options *o = call->options;
    json_t *facts = NULL;
    hr_status status = hr_file_facts(call->arguments[0], o->verify, &facts, err);
    if (status == HR_OK)
        status = o->json ? hr_json_print(facts, "the description", stdout, err) : print_text(facts, err);
    json_decref(facts);
    return status;
}

static const options defaults = {.json = false};

const hr_command hr_command_info = {
    .name = "info",
    .arguments = "ANY.h5",
    .summary = "Describes a dataset, partition or checkpoint file",
    .example = "halorec info data.h5 --json",
    .wants = 1,
    .table = table,
    .defaults = &defaults,
    .size = sizeof defaults,
    .run = run,
};
