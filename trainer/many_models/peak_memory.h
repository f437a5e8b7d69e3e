/* The most memory that a process has had since it was last asked to count anew, so that models which are trained one after
 * the other have figures of their own. */
#ifndef HR_TRAINER_MANY_MODELS_PEAK_MEMORY_H
#define HR_TRAINER_MANY_MODELS_PEAK_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

/* Gives free memory back to the system and counts from what is left (proc(5), clear_refs). false where the system does not
 * count anew: the peak is then that of the process. Local. */
bool hr_peak_memory_restart(void);

/* Bytes. Local. */
int64_t hr_peak_memory(void);

#endif
