/* How the body of a kernel becomes machine code for each instruction set: the one place that says so.
 *
 * A kernel is written once, as an inline body (HR_BODY) whose last arguments say which case of it is meant:
 * floats or doubles, weighted or not, columns of a row. HR_VARIANT makes a function of the body with those
 * arguments constant, so that each variant is a loop without branches, compiled for every instruction set:
 *
 *     HR_BODY void add(const hr_rows *r, bool doubles) { ... }
 *     HR_VARIANT(void add_floats(const hr_rows *r), add(r, false))
 *     HR_VARIANT(void add_doubles(const hr_rows *r), add(r, true))
 *
 * The public function of the kernel picks the variant that its arguments ask for. */
#ifndef HR_TRAINER_KERNELS_DISPATCH_H
#define HR_TRAINER_KERNELS_DISPATCH_H

/* Compiles a function for plain x86-64, AVX2 and AVX-512; the loader picks one when the program starts, so
 * that one binary runs on any x86-64. Other processors have one version, and so have builds with sanitizers,
 * which run before the loader could pick. */
#if defined(__x86_64__) && defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
#define HR_SIMD __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define HR_SIMD
#endif

/* A piece of a kernel: always part of the function that calls it, compiled as that one is. */
#define HR_BODY static inline __attribute__((always_inline))

/* A variant of a kernel: its declaration, then its statement. */
#define HR_VARIANT(declaration, ...)                                                                         \
    HR_SIMD static declaration                                                                               \
    {                                                                                                        \
        __VA_ARGS__;                                                                                         \
    }

#endif
