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

/* Puts an id behind those that take no more changes; returns how many there are. */
static int insert(int count, int64_t *index, int *changes, int64_t id, int its_changes)
{
    int at = count < HR_ALIKE_IDS ? count : HR_ALIKE_IDS - 1;
    for (; at > 0 && changes[at - 1] > its_changes; at--) {
        index[at] = index[at - 1];
        changes[at] = changes[at - 1];
    }
    index[at] = id;
    changes[at] = its_changes;
    return count < HR_ALIKE_IDS ? count + 1 : count;
}

int hr_ids_most_alike(const hr_ids *ids, const char *text, int64_t *index)
{
    char wanted[LONGEST], other[LONGEST], buffer[HR_ID_BUFFER];
    const int length = simplify(text, wanted);
    int changes[HR_ALIKE_IDS], count = 0, limit = length / 2 + 1;
    for (int64_t i = 0; i < ids->count && limit > 0; i++) {
        const int other_length = simplify(hr_ids_text(ids, i, buffer), other);
        const int its_changes = hr_edit_distance(wanted, length, other, other_length, limit);
        if (its_changes >= limit)
            continue;
        count = insert(count, index, changes, i, its_changes);
        limit = count == HR_ALIKE_IDS ? changes[HR_ALIKE_IDS - 1] : limit;
    }
    while (count > 1 && changes[count - 1] > changes[0] + (changes[0] > 0))
        count--;
    return count;
}
