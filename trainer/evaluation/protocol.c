#include "trainer/evaluation/protocol.h"

#include "io/options/list.h"
#include "trainer/evaluation/sampled.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool read_one(const char *name, hr_protocol *protocol)
{
    static const char sampled[] = "sampled-";
    const char *digits = name + sizeof sampled - 1;
    char *end = NULL;
    *protocol = (hr_protocol){0};
    if (strlen(name) >= sizeof protocol->name)
        return false;
    strcpy(protocol->name, name);
    if (strcmp(name, "full") == 0)
        return true;
    if (strcmp(name, "auc-sampled") == 0) {
        protocol->kind = HR_PROTOCOL_AUC_SAMPLED;
        protocol->negatives = 1;
        return true;
    }
    if (strncmp(name, sampled, sizeof sampled - 1) != 0 || !isdigit((unsigned char)*digits))
        return false;
    protocol->kind = HR_PROTOCOL_SAMPLED;
    protocol->negatives = strtol(digits, &end, 10);
    return *end == '\0' && protocol->negatives >= 1 && protocol->negatives <= HR_MOST_SAMPLED;
}

static bool is_new(const hr_protocols *protocols)
{
    const hr_protocol *last = &protocols->list[protocols->count];
    for (int i = 0; i < protocols->count; i++)
        if (protocols->list[i].kind == last->kind && protocols->list[i].negatives == last->negatives)
            return false;
    return true;
}

hr_status hr_protocols_parse(const char *text, hr_protocols *protocols, hr_error *err)
{
    hr_word name[HR_MAX_PROTOCOLS];
    const int names = hr_separate_words(text, ',', name, HR_MAX_PROTOCOLS);
    *protocols = (hr_protocols){0};
    while (protocols->count < names && read_one(name[protocols->count], &protocols->list[protocols->count]) &&
           is_new(protocols))
        protocols->count++;
    if (names > 0 && protocols->count == names)
        return HR_OK;
    return hr_fail(
        err, HR_USAGE,
        "--protocol %s: expected 1 to %d different ones of full, sampled-N with N from 1 to %d, and "
        "auc-sampled, such as full,sampled-99",
        text, HR_MAX_PROTOCOLS, HR_MOST_SAMPLED);
}
