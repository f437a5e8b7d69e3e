/* What the benchmarks have in common: options, MPI, and one JSON object of figures. */
#ifndef HR_BENCH_BENCH_H
#define HR_BENCH_BENCH_H

#include "io/base/error.h"
#include "io/comm/comm.h"
#include "io/options/options.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct hr_bench_call {
    char preset[HR_TEXT_LENGTH]; /* of synthetic data, where no file is given */
    int64_t dim;
    char dims[HR_TEXT_LENGTH]; /* several numbers of columns, of benches that take them; "" for dim alone */
    bool json;
    const char *dataset; /* "" where none is given */
} hr_bench_call;

typedef struct hr_bench {
    const char *name, *summary, *example;
    /* Measures, and makes the figures on rank 0, which the caller frees. Collective. */
    hr_status (*measure)(const hr_comm *comm, const hr_bench_call *call, json_t **figures, hr_error *err);
    void (*print)(const json_t *figures); /* as text */
} hr_bench;

/* The whole of main: options, measuring, printing. Returns the exit code. */
int hr_bench_main(int argc, char **argv, const hr_bench *bench);

/* A number of an object of figures; 0 where it is missing or null. */
double hr_bench_figure(const json_t *figures, const char *key);

#endif
