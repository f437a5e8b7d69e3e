/* Lines in registers: as many registers as the instruction set needs for sixteen floats or eight doubles.
 * Only for kernels.
 *
 * Every set does the same arithmetic on the same lanes, and sums over lanes go in one order. So results have
 * the same bits on all sets, but for the operations named `fused`, which round once where the set multiplies
 * and adds in one instruction: reproducible sums do without them. The build keeps the
 * compiler from fusing by itself. */
#ifndef HR_TRAINER_SIMD_VECTORS_H
#define HR_TRAINER_SIMD_VECTORS_H

#ifndef HR_ISA
#error "only kernels, which are compiled for each instruction set, work on registers"
#endif

#include "trainer/simd/dispatch.h"
#include "trainer/simd/line.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#if defined(__AVX512F__)
#include <immintrin.h>
enum { HR_VEC_BYTES = 64 };
#elif defined(__AVX2__)
#include <immintrin.h>
enum { HR_VEC_BYTES = 32 };
#else
enum { HR_VEC_BYTES = 16 };
#if defined(__aarch64__)
#include <arm_neon.h>
#endif
#endif

enum { HR_VECS = (int)sizeof(hr_line) / HR_VEC_BYTES };

/* A register of floats, of doubles, of the results of comparisons; and half of one. */
typedef float hr_vec __attribute__((vector_size(HR_VEC_BYTES)));
typedef double hr_vecd __attribute__((vector_size(HR_VEC_BYTES)));
typedef int32_t hr_veci __attribute__((vector_size(HR_VEC_BYTES)));
typedef float hr_f32x4 __attribute__((vector_size(16)));
typedef float hr_f32x8 __attribute__((vector_size(32)));
typedef float hr_half_vec __attribute__((vector_size(HR_VEC_BYTES / 2)));

/* A line in registers. */
typedef struct hr_regs {
    hr_vec v[HR_VECS];
} hr_regs;

/* Loops over registers, of a line or of a constant number of lines up to 16, are unrolled, or they would not
 * be registers. */
#define HR_EACH_VEC(i) _Pragma("GCC unroll 4") for (int i = 0; i < HR_VECS; i++)
#ifdef __SANITIZE_ADDRESS__ /* keeps nothing in registers, and takes a minute to compile what is unrolled */
#define HR_EACH_LINE(i, lines) for (int i = 0; i < (lines); i++)
#else
#define HR_EACH_LINE(i, lines) _Pragma("GCC unroll 16") for (int i = 0; i < (lines); i++)
#endif

HR_BODY hr_regs hr_regs_zero(void)
{
    hr_regs r;
    HR_EACH_VEC (i)
        r.v[i] = (hr_vec){0};
    return r;
}

HR_BODY hr_regs hr_regs_load(const void *from)
{
    hr_regs r;
    HR_EACH_VEC (i)
        memcpy(&r.v[i], (const char *)from + i * HR_VEC_BYTES, HR_VEC_BYTES);
    return r;
}

HR_BODY void hr_regs_store(void *to, hr_regs r)
{
    HR_EACH_VEC (i)
        memcpy((char *)to + i * HR_VEC_BYTES, &r.v[i], HR_VEC_BYTES);
}

/* Lines from and to memory, of which `bytes` bytes are there, the rest being zero. */
HR_BODY hr_regs hr_regs_load_part(const void *from, size_t bytes)
{
    hr_line part;
    if (bytes < sizeof part) {
        memset(&part, 0, sizeof part);
        memcpy(&part, from, bytes);
        from = &part;
    }
    return hr_regs_load(from);
}

HR_BODY void hr_regs_store_part(void *to, hr_regs r, size_t bytes)
{
    hr_line part;
    hr_regs_store(bytes < sizeof part ? &part : to, r);
    if (bytes < sizeof part)
        memcpy(to, &part, bytes);
}

HR_BODY hr_regs hr_regs_all(float x)
{
    hr_regs r;
    HR_EACH_VEC (i)
        r.v[i] = x - (hr_vec){0};
    return r;
}

HR_BODY hr_regs hr_regs_add(hr_regs a, hr_regs b)
{
    HR_EACH_VEC (i)
        a.v[i] += b.v[i];
    return a;
}

HR_BODY hr_regs hr_regs_multiply(hr_regs a, hr_regs b)
{
    HR_EACH_VEC (i)
        a.v[i] *= b.v[i];
    return a;
}

HR_BODY hr_regs hr_regs_scale(float factor, hr_regs a)
{
    HR_EACH_VEC (i)
        a.v[i] *= factor;
    return a;
}

/* Lanes of `above` where x > 0, of `others` elsewhere. */
HR_BODY hr_regs hr_regs_by_sign(hr_regs x, hr_regs above, hr_regs others)
{
    HR_EACH_VEC (i) {
        const hr_veci is = x.v[i] > 0.0F;
        x.v[i] = (hr_vec)((is & (hr_veci)above.v[i]) | (~is & (hr_veci)others.v[i]));
    }
    return x;
}

/* to + a * b, in one instruction where the set has one. */
HR_BODY hr_vec hr_vec_fused(hr_vec to, hr_vec a, hr_vec b)
{
#if defined(__AVX512F__)
    return (hr_vec)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)to);
#elif defined(__AVX2__)
    return (hr_vec)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)to);
#elif defined(__aarch64__)
    return (hr_vec)vfmaq_f32((float32x4_t)to, (float32x4_t)a, (float32x4_t)b);
#else
    return to + a * b;
#endif
}

/* to + a * b; `fused` is a constant. */
HR_BODY hr_regs hr_regs_add_product(bool fused, hr_regs to, hr_regs a, hr_regs b)
{
    HR_EACH_VEC (i)
        to.v[i] = fused ? hr_vec_fused(to.v[i], a.v[i], b.v[i]) : to.v[i] + a.v[i] * b.v[i];
    return to;
}

HR_BODY hr_regs hr_regs_add_scaled(bool fused, hr_regs to, float factor, hr_regs a)
{
    return hr_regs_add_product(fused, to, hr_regs_all(factor), a);
}

/* The lanes of eight, then of four floats: lane i and i + 4, then i and i + 2. */
HR_BODY float hr_sum_4(hr_f32x4 four)
{
    return (four[0] + four[2]) + (four[1] + four[3]);
}

HR_BODY float hr_sum_8(hr_f32x8 eight)
{
    return hr_sum_4(__builtin_shufflevector(eight, eight, 0, 1, 2, 3) +
                    __builtin_shufflevector(eight, eight, 4, 5, 6, 7));
}

/* Sixteen floats to one: lane i and i + 8, then as above. */
HR_BODY float hr_regs_sum(hr_regs r)
{
#if defined(__AVX512F__)
    return hr_sum_8(__builtin_shufflevector(r.v[0], r.v[0], 0, 1, 2, 3, 4, 5, 6, 7) +
                    __builtin_shufflevector(r.v[0], r.v[0], 8, 9, 10, 11, 12, 13, 14, 15));
#elif defined(__AVX2__)
    return hr_sum_8(r.v[0] + r.v[1]);
#else
    return hr_sum_4((r.v[0] + r.v[2]) + (r.v[1] + r.v[3]));
#endif
}

/* The same lines as eight doubles. */
HR_BODY hr_regs hr_regs_add_doubles(hr_regs a, hr_regs b)
{
    HR_EACH_VEC (i)
        a.v[i] = (hr_vec)((hr_vecd)a.v[i] + (hr_vecd)b.v[i]);
    return a;
}

HR_BODY hr_regs hr_regs_scale_doubles(double factor, hr_regs a)
{
    HR_EACH_VEC (i)
        a.v[i] = (hr_vec)((hr_vecd)a.v[i] * factor);
    return a;
}

/* a + shift - shift: to multiples of a unit (rounding.h). */
HR_BODY hr_regs hr_regs_round_doubles(hr_regs a, double shift)
{
    HR_EACH_VEC (i)
        a.v[i] = (hr_vec)((hr_vecd)a.v[i] + shift - shift);
    return a;
}

/* A register of doubles from and to half a register of floats. gcc 12 converts pieces by way of the stack. */
HR_BODY hr_vec hr_vec_widen(const void *from)
{
    hr_half_vec half;
    memcpy(&half, from, sizeof half);
#if defined(__AVX512F__)
    return (hr_vec)_mm512_cvtps_pd((__m256)half);
#elif defined(__AVX2__)
    return (hr_vec)_mm256_cvtps_pd((__m128)half);
#else
    return (hr_vec) __builtin_convertvector(half, hr_vecd);
#endif
}

HR_BODY void hr_vec_narrow(void *to, hr_vec doubles)
{
#if defined(__AVX512F__)
    const hr_half_vec half = (hr_half_vec)_mm512_cvtpd_ps((__m512d)doubles);
#elif defined(__AVX2__)
    const hr_half_vec half = (hr_half_vec)_mm256_cvtpd_ps((__m256d)doubles);
#else
    const hr_half_vec half = __builtin_convertvector((hr_vecd)doubles, hr_half_vec);
#endif
    memcpy(to, &half, sizeof half);
}

/* Eight doubles from and to floats, of which `bytes` bytes are there. */
HR_BODY hr_regs hr_regs_widen(const float *from, size_t bytes)
{
    float eight[HR_LANES / 2];
    hr_regs r;
    if (bytes < sizeof eight) {
        memset(eight, 0, sizeof eight);
        memcpy(eight, from, bytes);
        from = eight;
    }
    HR_EACH_VEC (i)
        r.v[i] = hr_vec_widen((const char *)from + i * HR_VEC_BYTES / 2);
    return r;
}

HR_BODY void hr_regs_narrow(float *to, hr_regs r, size_t bytes)
{
    float eight[HR_LANES / 2], *whole = bytes < sizeof eight ? eight : to;
    HR_EACH_VEC (i)
        hr_vec_narrow((char *)whole + i * HR_VEC_BYTES / 2, r.v[i]);
    if (bytes < sizeof eight)
        memcpy(to, eight, bytes);
}

/* to += factor * from. */
HR_BODY void hr_add_scaled_row(float *restrict to, float factor, const float *restrict from, int64_t dim)
{
#pragma omp simd
    for (int64_t c = 0; c < dim; c++)
        to[c] += factor * from[c];
}

/* The dot product, in sixteen sums. */
HR_BODY float hr_dot_rows(bool fused, const float *x, const float *y, int64_t dim)
{
    hr_regs sum = hr_regs_zero();
    int64_t c = 0;
    for (; c + HR_LANES <= dim; c += HR_LANES)
        sum = hr_regs_add_product(fused, sum, hr_regs_load(x + c), hr_regs_load(y + c));
    if (c < dim) {
        const size_t bytes = hr_lanes_bytes(dim, c);
        sum =
            hr_regs_add_product(fused, sum, hr_regs_load_part(x + c, bytes), hr_regs_load_part(y + c, bytes));
    }
    return hr_regs_sum(sum);
}

#endif
