/* Ascending numbers as the steps from one to the next, each in as many bytes as it needs (LEB128). */
#ifndef HR_TRAINER_SERVE_MODEL_STEPS_H
#define HR_TRAINER_SERVE_MODEL_STEPS_H

#include <stdint.h>

/* Bytes of the largest step. */
enum { HR_MOST_STEP_BYTES = 5 };

/* Writes a step; its bytes. */
static inline int64_t hr_step_write(uint8_t *to, uint32_t step)
{
    int64_t bytes = 0;
    for (; step >= 128; step >>= 7)
        to[bytes++] = (uint8_t)(step | 128);
    to[bytes++] = (uint8_t)step;
    return bytes;
}

/* Reads a step, and moves *at behind it. */
static inline uint32_t hr_step_read(const uint8_t **at)
{
    const uint8_t *from = *at;
    uint32_t step = *from & 127u;
    for (int shift = 7; *from++ & 128; shift += 7)
        step |= (*from & 127u) << shift;
    *at = from;
    return step;
}

#endif
