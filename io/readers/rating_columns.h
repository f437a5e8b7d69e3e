/* Which column of a table is the user, the item, the rating and the time. */
#ifndef HR_IO_READERS_RATING_COLUMNS_H
#define HR_IO_READERS_RATING_COLUMNS_H

#include "io/base/error.h"
#include "io/text/rows.h"

#include <stdbool.h>

typedef enum hr_role { HR_ROLE_USER, HR_ROLE_ITEM, HR_ROLE_RATING, HR_ROLE_TIME, HR_ROLES } hr_role;

enum { HR_COLUMN_NAME = 64 };

typedef struct hr_rating_columns {
    int index[HR_ROLES];                 /* from 0; -1 where the table has none */
    char name[HR_ROLES][HR_COLUMN_NAME]; /* in the header; empty without one */
    int fields;                          /* of each row */
    bool skips_first;                    /* the first column has no name: numbers of lines */
} hr_rating_columns;

/* "user", "item", "rating" or "time". */
const char *hr_role_name(hr_role role);

/* Whether a row is a header: two of its fields are names of a user and of an item. */
bool hr_columns_are_named(const hr_row *row);

/* Roles by the names of a header: in common use, whatever their case, dashes, underscores, blanks and dots, and without
 * the type that RecBole puts behind a colon. A role that no column has is -1. */
void hr_columns_by_name(const hr_row *header, hr_rating_columns *columns);

/* Names in a header, for a message; nothing where it is NULL. */
void hr_columns_list(const hr_row *header, char *text, size_t size);

/* Roles as a user gives them, "user=…,item=…,rating=…,time=…": each a name in the header or a number from 1; the others
 * keep what they have, and "rating=" and "time=" alone are none. HR_USAGE naming `path` and the columns that are there.
 *   header  NULL where there is none */
hr_status hr_columns_by_option(const char *option, const hr_row *header, const char *path,
                               hr_rating_columns *columns, hr_error *err);

#endif
