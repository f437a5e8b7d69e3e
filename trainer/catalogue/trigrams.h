/* How alike two names are by the groups of three bytes that they share. */
#ifndef HR_TRAINER_CATALOGUE_TRIGRAMS_H
#define HR_TRAINER_CATALOGUE_TRIGRAMS_H

#include "trainer/catalogue/folded_title.h"

/* The share of the wanted name's trigrams that are in the other, which is 1 where all of it is a part of a longer title, and
 * Dice's coefficient of both: from 0 to 2. A name has a blank before and behind it. */
double hr_trigram_similarity(const hr_folded *wanted, const hr_folded *name);

#endif
