/* SIGTERM and SIGUSR1, by which schedulers ask a job to end: noticed between two steps, not in the middle of
 * one.
 *
 * Signals belong to the process, so this module has global state. */
#ifndef HR_IO_COMM_INTERRUPT_H
#define HR_IO_COMM_INTERRUPT_H

/* Words are printed on standard error at once: who sends a signal may not wait for the end of a step. They must stay
 * valid until the process ends; "" prints nothing. */

/* From now on the first of these signals prints the `first` words and is only noted. A second one, a second or more
 * later, prints the `second` words and ends the process as usual; schedulers often send the first one twice. */
void hr_interrupt_catch(const char *first, const char *second);

/* From now on a signal prints the words and ends the process as usual. */
void hr_interrupt_explain(const char *words);

/* Ends the process by the signal, or with 128 + its number where a signal does not end it; in a handler too. */
_Noreturn void hr_interrupt_end(int number);

/* From now on signals do what they did before. */
void hr_interrupt_release(void);

/* The signal that was caught since hr_interrupt_catch, or 0. */
int hr_interrupt_caught(void);

#endif
