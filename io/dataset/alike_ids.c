#include "io/base/search.h"
#include "io/dataset/ids.h"

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

static int least(int a, int b, int c)
{
    const int least = a < b ? a : b;
    return least < c ? least : c;
}

/* Bytes to change, add or remove (Levenshtein), or `most` where it takes as many or more. */
static int distance(const char *a, int a_length, const char *b, int b_length, int most)
{
    int row[LONGEST + 1];
    if (a_length - b_length >= most || b_length - a_length >= most)
        return most;
    for (int j = 0; j <= b_length; j++)
        row[j] = j;
    for (int i = 1; i <= a_length; i++) {
        int diagonal = row[0], smallest = i;
        row[0] = i;
        for (int j = 1; j <= b_length; j++) {
            const int here = least(diagonal + (a[i - 1] != b[j - 1]), row[j] + 1, row[j - 1] + 1);
            diagonal = row[j];
            row[j] = here;
            smallest = here < smallest ? here : smallest;
        }
        if (smallest >= most)
            return most;
    }
    return row[b_length] < most ? row[b_length] : most;
}

int64_t hr_ids_most_alike(const hr_ids *ids, const char *text)
{
    char wanted[LONGEST], other[LONGEST], buffer[HR_ID_BUFFER];
    const int length = simplify(text, wanted);
    int64_t best = HR_NOT_FOUND;
    int fewest = length / 2 + 1;
    for (int64_t i = 0; i < ids->count && fewest > 0; i++) {
        const int other_length = simplify(hr_ids_text(ids, i, buffer), other);
        const int changes = distance(wanted, length, other, other_length, fewest);
        if (changes < fewest) {
            fewest = changes;
            best = i;
        }
    }
    return best;
}
