/* How a kernel becomes machine code for each instruction set: the one place that says so.
 *
 * A kernel has one source, which the build compiles once for each set (halorec_add_kernels in cmake), with
 * HR_ISA defined as the set. Its header declares it by
 *
 *     HR_KERNEL(void, hr_add, (float *to, const float *from, int64_t count), (to, from, count))
 *
 * and its source defines the version of the set that it is compiled for:
 *
 *     void HR_OF_ISA(hr_add)(float *to, const float *from, int64_t count) { ... }
 *
 * Others call hr_add, which calls the version of the set in use (isa.h). Kernels do not call each other.
 *
 * Inside, a kernel is an inline body (HR_BODY) whose arguments say which case of it is meant: floats or
 * doubles, weighted or not. HR_VARIANT makes a function of the body with those arguments constant, so that
 * each variant is a loop without branches. */
#ifndef HR_TRAINER_SIMD_DISPATCH_H
#define HR_TRAINER_SIMD_DISPATCH_H

#include "trainer/simd/isa.h"

/* A piece of a kernel: always part of the function that calls it. */
#define HR_BODY static inline __attribute__((always_inline))

/* A variant of a kernel: its declaration, then its statement. */
#define HR_VARIANT(declaration, ...)                                                                         \
    static declaration                                                                                       \
    {                                                                                                        \
        __VA_ARGS__;                                                                                         \
    }

#define HR_JOIN_2(name, isa) name##_##isa
#define HR_JOIN(name, isa) HR_JOIN_2(name, isa)

#ifdef HR_ISA

#define HR_OF_ISA(name) HR_JOIN(name, HR_ISA)
#define HR_KERNEL(result, name, parameters, arguments) result HR_OF_ISA(name) parameters;

#else

#define HR_RETURN_void
#define HR_RETURN_float return
#define HR_RETURN_double return
#define HR_RETURN_int64_t return
#define HR_ISA_DECLARED(set, text, result, name, parameters) result name##_##set parameters;
#define HR_ISA_VERSION(set, text, name) name##_##set,
#define HR_KERNEL(result, name, parameters, arguments)                                                       \
    HR_ISAS(HR_ISA_DECLARED, result, name, parameters)                                                       \
    static inline result name parameters                                                                     \
    {                                                                                                        \
        static result(*const version[]) parameters = {HR_ISAS(HR_ISA_VERSION, name)};                        \
        HR_RETURN_##result version[hr_isa_chosen()] arguments;                                               \
    }

#endif

#endif
