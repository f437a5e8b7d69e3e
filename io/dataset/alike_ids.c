#include "io/base/search.h"
#include "io/dataset/ids.h"
#include "io/options/spelling.h"

#include <ctype.h>
#include <string.h>

/* Of longer texts only the beginning is compared. */
enum { LONGEST = 64 };

/* What is left of a text without capitals, blanks, a plus sign and leading zeros; its length. */
static int simplify(const char *text, char simple[LONGEST])
{
    int length = 0;
    while (*text == '0' || *text == '+' || isspace((unsigned char)*text))
        text++;
    for (; *text && length < LONGEST; text++)
        if (!isspace((unsigned char)*text))
            simple[length++] = (char)tolower((unsigned char)*text);
    return length;
}

int64_t hr_ids_most_alike(const hr_ids *ids, const char *text)
{
    char wanted[LONGEST], other[LONGEST], buffer[HR_ID_BUFFER];
    const int length = simplify(text, wanted);
    int64_t best = HR_NOT_FOUND;
    int fewest = length / 2 + 1;
    for (int64_t i = 0; i < ids->count && fewest > 0; i++) {
        const int other_length = simplify(hr_ids_text(ids, i, buffer), other);
        const int changes = hr_edit_distance(wanted, length, other, other_length, fewest);
        if (changes < fewest) {
            fewest = changes;
            best = i;
        }
    }
    return best;
}
