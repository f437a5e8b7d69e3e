/* Ways to evaluate, by the names they have on the command line and beside their figures. */
#ifndef HR_TRAINER_EVALUATION_PROTOCOL_H
#define HR_TRAINER_EVALUATION_PROTOCOL_H

#include "io/base/error.h"

#include <stdint.h>

enum { HR_MAX_PROTOCOLS = 8, HR_PROTOCOL_NAME_LENGTH = 24 };

typedef enum hr_protocol_kind {
    HR_PROTOCOL_FULL,       /* "full": among all movies that are candidates (evaluate.h) */
    HR_PROTOCOL_SAMPLED,    /* "sampled-99": each held-out movie among 99 drawn (sampled.h) */
    HR_PROTOCOL_AUC_SAMPLED /* "auc-sampled": against one drawn (sampled.h) */
} hr_protocol_kind;

typedef struct hr_protocol {
    hr_protocol_kind kind;
    int64_t negatives; /* 0 for full */
    char name[HR_PROTOCOL_NAME_LENGTH];
} hr_protocol;

typedef struct hr_protocols {
    int count;
    hr_protocol list[HR_MAX_PROTOCOLS];
} hr_protocols;

/* Reads "full,sampled-99,auc-sampled". HR_USAGE for anything but 1 to HR_MAX_PROTOCOLS different names. */
hr_status hr_protocols_parse(const char *text, hr_protocols *protocols, hr_error *err);

#endif
