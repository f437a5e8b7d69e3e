#include "bench/probes.h"

#include "trainer/simd/vectors.h"

/* Sums of lines, one after another, so that none waits for an addition: in eight registers. */
enum { SUMS = 8 / HR_VECS, REGISTERS = 8 };

/* Bits are joined, not added: in one cycle, so that nothing but loads takes time. */
void HR_OF_ISA(hr_probe_read)(const hr_line *line, int64_t lines, hr_line *joined)
{
    hr_veci all[REGISTERS] = {{0}}, one;
    const char *at = (const char *)line, *const end = (const char *)(line + lines);
    for (; at < end; at += REGISTERS * HR_VEC_BYTES)
        _Pragma("GCC unroll 8") for (int i = 0; i < REGISTERS; i++)
        {
            memcpy(&one, at + i * HR_VEC_BYTES, sizeof one);
            all[i] |= one;
        }
    for (int i = 1; i < REGISTERS; i++)
        all[0] |= all[i];
    memcpy(joined, &all[0], sizeof all[0]);
}

void HR_OF_ISA(hr_probe_copy)(hr_line *to, const hr_line *from, int64_t lines)
{
    hr_vec one;
    for (int64_t at = 0; at < lines * (int64_t)sizeof *from; at += REGISTERS * HR_VEC_BYTES)
        _Pragma("GCC unroll 8") for (int i = 0; i < REGISTERS; i++)
        {
            memcpy(&one, (const char *)from + at + i * HR_VEC_BYTES, sizeof one);
            memcpy((char *)to + at + i * HR_VEC_BYTES, &one, sizeof one);
        }
}

HR_BODY void touch_group(hr_movie_line *line, hr_regs user, hr_regs sum[SUMS])
{
    _Pragma("GCC unroll 8") for (int i = 0; i < HR_PROBE_GROUP; i++)
    {
        sum[i % SUMS] = hr_regs_add(sum[i % SUMS], hr_regs_load(&line[i].x));
        hr_regs_store(&line[i].y, hr_regs_add(hr_regs_load(&line[i].y), user));
    }
}

void HR_OF_ISA(hr_probe_edges)(const hr_edge_probe *probe, hr_line *sum)
{
    const hr_regs user = hr_regs_load(sum);
    hr_regs sums[SUMS];
    hr_movie_line *next[HR_PROBE_RINGS], *end[HR_PROBE_RINGS];
    for (int i = 0; i < HR_PROBE_RINGS; i++) {
        next[i] = probe->ring[i].line;
        end[i] = next[i] + probe->ring[i].lines;
    }
    _Pragma("GCC unroll 8") for (int i = 0; i < SUMS; i++) sums[i] = hr_regs_zero();
    for (int64_t round = 0; round < probe->rounds; round++)
        for (int i = 0; i < HR_PROBE_PATTERN; i++) {
            const int ring = probe->pattern[i];
            hr_movie_line *line = next[ring], *after = line + HR_PROBE_GROUP;
            next[ring] = after < end[ring] ? after : probe->ring[ring].line;
            touch_group(line, user, sums);
        }
    _Pragma("GCC unroll 8") for (int i = 1; i < SUMS; i++) sums[0] = hr_regs_add(sums[0], sums[i]);
    hr_regs_store(sum, sums[0]);
}

HR_BODY int64_t add(bool fused, int64_t rounds, hr_line *sum)
{
    hr_vec total[REGISTERS], one;
    memcpy(&one, sum, sizeof one);
    _Pragma("GCC unroll 8") for (int i = 0; i < REGISTERS; i++) total[i] = one;
    for (int64_t round = 0; round < rounds; round++)
        _Pragma("GCC unroll 8") for (int i = 0; i < REGISTERS; i++) total[i] =
            fused ? hr_vec_fused(total[i], one, one) : total[i] + one;
    for (int i = 1; i < REGISTERS; i++)
        total[0] += total[i];
    memcpy(sum, &total[0], sizeof one);
    return rounds * REGISTERS * (HR_VEC_BYTES / (int)sizeof(float));
}

int64_t HR_OF_ISA(hr_probe_add)(int64_t rounds, hr_line *sum)
{
    return add(false, rounds, sum);
}

int64_t HR_OF_ISA(hr_probe_multiply_add)(int64_t rounds, hr_line *sum)
{
    return add(true, rounds, sum);
}

int64_t HR_OF_ISA(hr_probe_count)(int64_t count)
{
    int64_t number = 0;
    for (int64_t i = 0; i < count / 64; i++)
        _Pragma("GCC unroll 64") for (int k = 0; k < 64; k++)
        {
            number++;
            __asm__ volatile("" : "+r"(number)); /* or the compiler would add 64 at once */
        }
    return number;
}

HR_BODY void gather_row(const int32_t *neighbour, int64_t count, const float *restrict from,
                        float *restrict sum, int64_t cols)
{
    memset(sum, 0, (size_t)cols * sizeof *sum);
    for (int64_t i = 0; i < count; i++)
        hr_add_scaled_row(sum, 1.0F, from + neighbour[i] * cols, cols);
}

static void gather_side(int64_t rows, const int64_t *ptr, const int32_t *neighbour,
                        const float *restrict from, float *restrict to, int64_t cols)
{
#pragma omp parallel for schedule(dynamic, 64)
    for (int64_t row = 0; row < rows; row++)
        gather_row(neighbour + ptr[row], ptr[row + 1] - ptr[row], from, to + row * cols, cols);
}

void HR_OF_ISA(hr_gather)(const hr_both_ways *graph, const float *restrict x, float *restrict y, int64_t cols)
{
    const int64_t movies = graph->users * cols;
    gather_side(graph->users, graph->user_ptr, graph->user_movie, x + movies, y, cols);
    gather_side(graph->movies, graph->movie_ptr, graph->movie_user, x, y + movies, cols);
}
