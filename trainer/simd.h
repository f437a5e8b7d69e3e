/* Vectors of sixteen floats, a cache line, that the compiler maps to what the processor has. */
#ifndef HR_TRAINER_SIMD_H
#define HR_TRAINER_SIMD_H

enum { HR_LANES = 16 };

typedef float hr_f32x16 __attribute__((vector_size(4 * HR_LANES)));

/* Compiles a function for plain x86-64, AVX2 and AVX-512 and picks one when the program starts, so that one
 * binary runs on any x86-64. Other processors have one version. Sanitizers run before the picking could. */
#if defined(__x86_64__) && defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
#define HR_SIMD __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define HR_SIMD
#endif

#endif
