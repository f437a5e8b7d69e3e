#include "bench/probes.h"

#include "trainer/simd/vectors.h"

void HR_OF_ISA(hr_touch_lines)(hr_movie_line *line, int64_t lines, hr_line *sum)
{
    const hr_regs user = hr_regs_load(sum);
    hr_regs total = hr_regs_zero();
    for (int64_t i = 0; i < lines; i++) {
        total = hr_regs_add(total, hr_regs_load(&line[i].x));
        hr_regs_store(&line[i].y, hr_regs_add(hr_regs_load(&line[i].y), user));
    }
    hr_regs_store(sum, total);
}
