/* How alike two words are spelled. */
#ifndef HR_IO_OPTIONS_SPELLING_H
#define HR_IO_OPTIONS_SPELLING_H

/* Of longer texts only the beginning is compared. */
enum { HR_SPELLING_LENGTH = 128 };

/* Bytes to change, add or remove, or neighbours to swap, so that one text becomes the other (Damerau 1964; no byte takes
 * part twice), or `most` where it takes as many or more. Time is the product of the lengths; less where `most` is
 * small. */
int hr_edit_distance(const char *a, int a_length, const char *b, int b_length, int most);

/* The word among many that somebody may have meant. */
typedef struct hr_nearest {
    const char *wanted;
    int length;       /* of it */
    const char *word; /* the nearest so far; NULL: none is near */
    int distance;
} hr_nearest;

/* Begins a search for the first `length` bytes of `wanted`, which must outlive it. */
hr_nearest hr_nearest_to(const char *wanted, int length);

/* Takes a word that is spelled more alike than those before: one in three bytes may differ, or it goes on where what is
 * wanted ends. */
void hr_nearest_offer(hr_nearest *nearest, const char *word);

#endif
