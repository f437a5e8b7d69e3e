/* Titles without what people leave out when they type them: case, accents, punctuation, years, articles. */
#ifndef HR_TRAINER_CATALOGUE_FOLDED_TITLE_H
#define HR_TRAINER_CATALOGUE_FOLDED_TITLE_H

#include "io/base/error.h"

#include <stdint.h>

/* Of longer titles the beginning. */
enum { HR_FOLDED_LENGTH = 192, HR_TITLE_NAMES = 8 };

/* A name in small letters and digits, words apart by one blank: "The Matrix" and "Matrix, The" are "the matrix". The
 * letters are those of Unicode's case folding and compatibility decomposition, without marks. */
typedef struct hr_folded {
    int length; /* 0: nothing is left */
    int bare;   /* where it begins without a leading article: 4 */
    char text[HR_FOLDED_LENGTH];
} hr_folded;

/* HR_MEMORY. Text that is not UTF-8 is folded to nothing. */
hr_status hr_fold(hr_folded *folded, const char *text, int64_t length, hr_error *err);

/* The names in a title, in its bytes. */
typedef struct hr_title_names {
    int32_t year; /* of "… (1999)" at the end; 0 without */
    int count;
    int alternative; /* the first of other names; those before are the title itself */
    const char *text[HR_TITLE_NAMES];
    int64_t length[HR_TITLE_NAMES];
} hr_title_names;

/* "Seven (a.k.a. Se7en) (1995)": "Seven (a.k.a. Se7en)" and "Seven", then "Se7en". What comes before a
 * subtitle is a name too: "Star Wars: Episode IV - A New Hope" is also "Star Wars" and "Star Wars: Episode IV". */
void hr_title_split(hr_title_names *names, const char *title);

#endif
