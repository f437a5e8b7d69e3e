#include "trainer/catalogue/trigrams.h"

#include <string.h>

/* How many trigrams of `a`, with a blank before and behind it, are in `b`. */
static int shared_trigrams(const char *a, int a_length, const char *b, int b_length)
{
    int shared = 0;
    for (int i = 0; i + 3 <= a_length; i++)
        for (int j = 0; j + 3 <= b_length; j++)
            if (memcmp(a + i, b + j, 3) == 0) {
                shared++;
                break;
            }
    return shared;
}

double hr_trigram_similarity(const hr_folded *wanted, const hr_folded *name)
{
    char a[HR_FOLDED_LENGTH + 2], b[HR_FOLDED_LENGTH + 2];
    const int a_length = wanted->length + 2, b_length = name->length + 2;
    a[0] = a[a_length - 1] = b[0] = b[b_length - 1] = ' ';
    memcpy(a + 1, wanted->text, (size_t)wanted->length);
    memcpy(b + 1, name->text, (size_t)name->length);
    const double shared = (double)shared_trigrams(a, a_length, b, b_length);
    return wanted->length > 0 && name->length > 0
               ? shared / (double)wanted->length + 2.0 * shared / (double)(wanted->length + name->length)
               : 0.0;
}
