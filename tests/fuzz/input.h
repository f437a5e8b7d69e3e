/* Inputs of fuzz targets: bytes that are used up from the left, and what holds of every reader. */
#ifndef HR_TESTS_FUZZ_INPUT_H
#define HR_TESTS_FUZZ_INPUT_H

#include "io/base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes of an input that are not used yet. */
typedef struct input {
    const uint8_t *at, *end;
} input;

/* The next bytes as a number; zeros when they are out. */
static inline uint64_t take(input *in, int bytes)
{
    uint64_t value = 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | (in->at < in->end ? *in->at++ : 0);
    return value;
}

/* Ends the program where something that always holds does not. */
static inline void need(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "does not hold: %s\n", what);
    abort();
}

/* A reader succeeds or fails with a message: of the content, the system or an option, and never for want of
 * memory, as inputs are short. */
static inline bool succeeds(hr_status status, const hr_error *err)
{
    if (status != HR_OK && status != HR_INPUT && status != HR_IO && status != HR_USAGE)
        fprintf(stderr, "status %d: %s\n", (int)status, err->text);
    need(status == HR_OK || status == HR_INPUT || status == HR_IO || status == HR_USAGE,
         "a status that short inputs may have");
    need(status == HR_OK || err->text[0] != '\0', "a message where it fails");
    return status == HR_OK;
}

#endif
