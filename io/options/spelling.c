#include "io/options/spelling.h"

#include <stddef.h>
#include <string.h>

static int lesser(int a, int b)
{
    return a < b ? a : b;
}

/* Fills row [columns + 1] number i from the two rows before it; returns its least entry. */
static int fill_row(const char *a, int i, const char *b, int columns, const int *earlier, const int *before,
                    int *row)
{
    int smallest = i;
    row[0] = i;
    for (int j = 1; j <= columns; j++) {
        row[j] = lesser(before[j - 1] + (a[i - 1] != b[j - 1]), lesser(before[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = lesser(row[j], earlier[j - 2] + 1);
        smallest = lesser(smallest, row[j]);
    }
    return smallest;
}

int hr_edit_distance(const char *a, int a_length, const char *b, int b_length, int most)
{
    const int rows = lesser(a_length, HR_SPELLING_LENGTH), columns = lesser(b_length, HR_SPELLING_LENGTH);
    int memory[3][HR_SPELLING_LENGTH + 1];
    int *earlier = memory[0], *before = memory[1], *row = memory[2];
    if (rows - columns >= most || columns - rows >= most)
        return most;
    for (int j = 0; j <= columns; j++)
        before[j] = j;
    for (int i = 1; i <= rows; i++) {
        if (fill_row(a, i, b, columns, earlier, before, row) >= most)
            return most;
        int *next = earlier;
        earlier = before;
        before = row;
        row = next;
    }
    return lesser(before[columns], most);
}

hr_nearest hr_nearest_to(const char *wanted, int length)
{
    return (hr_nearest){.wanted = wanted, .length = length, .distance = length / 3 + 1 + (length < 3)};
}

void hr_nearest_offer(hr_nearest *nearest, const char *word)
{
    const int length = (int)strlen(word);
    const int distance =
        nearest->length >= 2 && strncmp(word, nearest->wanted, (size_t)nearest->length) == 0
            ? 1
            : hr_edit_distance(nearest->wanted, nearest->length, word, length, nearest->distance);
    if (distance < nearest->distance) {
        nearest->distance = distance;
        nearest->word = word;
    }
}
