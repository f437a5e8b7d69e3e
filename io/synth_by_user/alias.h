/* Drawing by weight in a time that does not depend on how many there are: alias tables (Walker, "An efficient method for
 * generating discrete random variables with general distributions", 1977), made by Vose's method (1991). */
#ifndef HR_IO_SYNTH_BY_USER_ALIAS_H
#define HR_IO_SYNTH_BY_USER_ALIAS_H

#include <stdint.h>

/* Makes a table: a place is drawn evenly, and stays with probability stay[place] / 2^32, else is alias[place].
 *   share  [count] weights, of mean 1; overwritten
 *   stack  [count] of work memory */
void hr_alias_make(double *share, int64_t count, uint32_t *stay, int32_t *alias, int32_t *stack);

#endif
