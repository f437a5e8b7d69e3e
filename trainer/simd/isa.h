/* Instruction sets: those that kernels are compiled for, those that this processor has, and the one in use.
 *
 * The best that the processor has is chosen when the program starts, or the one that HALOREC_ISA names, as in
 * HALOREC_ISA=x86-64-v3: so any processor runs, tests and measures what a lesser one would.
 *
 *     x86-64      registers of 16 bytes       x86-64-v3   of 32 bytes, AVX2 and fused multiply-adds
 *     x86-64-v2   of 16 bytes, SSE 4.2        x86-64-v4   of 64 bytes, AVX-512
 *     neon        of 16 bytes, fused multiply-adds: arm64
 *     any         what the compiler makes of another processor's */
#ifndef HR_TRAINER_SIMD_ISA_H
#define HR_TRAINER_SIMD_ISA_H

#include "io/base/error.h"

#include <stdbool.h>

/* X(set, its name, …) for each set, the least first. CMakeLists.txt has the same list. */
#if defined(__x86_64__)
#define HR_ISAS(X, ...)                                                                                      \
    X(x86_64, "x86-64", __VA_ARGS__)                                                                         \
    X(x86_64_v2, "x86-64-v2", __VA_ARGS__)                                                                   \
    X(x86_64_v3, "x86-64-v3", __VA_ARGS__)                                                                   \
    X(x86_64_v4, "x86-64-v4", __VA_ARGS__)
#elif defined(__aarch64__)
#define HR_ISAS(X, ...) X(neon, "neon", __VA_ARGS__)
#else
#define HR_ISAS(X, ...) X(any, "any", __VA_ARGS__)
#endif

#define HR_ISA_CONSTANT(set, name, ...) HR_ISA_##set,
typedef enum hr_isa { HR_ISAS(HR_ISA_CONSTANT, 0) HR_ISA_COUNT } hr_isa;
#undef HR_ISA_CONSTANT

/* The set in use: the same as long as the program runs. */
__attribute__((const)) hr_isa hr_isa_chosen(void);

/* Its name, as HALOREC_ISA has it. */
const char *hr_isa_name(hr_isa isa);

/* Whether this processor has it. */
bool hr_isa_is_found(hr_isa isa);

/* The names of all sets, or of those that this processor has, with commas between them. */
enum { HR_ISA_NAMES = 128 };
void hr_isa_list(char text[HR_ISA_NAMES], bool found_only);

/* Refuses a HALOREC_ISA that is not a set, or not one of this processor's: HR_USAGE. Local. */
hr_status hr_isa_check(hr_error *err);

#endif
