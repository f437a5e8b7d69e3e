#include "io/synth_by_user/alias.h"

void hr_alias_make(double *share, int64_t count, uint32_t *stay, int32_t *alias, int32_t *stack)
{
    int64_t small = 0, large = count; /* those below the mean are stack [0, small), others [large, count) */
    for (int64_t i = 0; i < count; i++) {
        stack[share[i] < 1.0 ? small++ : --large] = (int32_t)i;
        stay[i] = UINT32_MAX;
        alias[i] = (int32_t)i;
    }
    while (small > 0 && large < count) {
        const int32_t less = stack[--small], more = stack[large];
        stay[less] = (uint32_t)(share[less] * 0x1p32);
        alias[less] = more;
        share[more] -= 1.0 - share[less];
        if (share[more] < 1.0) {
            large++;
            stack[small++] = more;
        }
    }
}
