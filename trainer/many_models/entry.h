/* What is compared: models, each by a loss and with options. */
#ifndef HR_TRAINER_MANY_MODELS_ENTRY_H
#define HR_TRAINER_MANY_MODELS_ENTRY_H

#include "io/base/error.h"
#include "trainer/config/train_options.h"
#include "trainer/models/model.h"

enum { HR_ENTRY_NAME = 48, HR_MOST_ENTRIES = 48, HR_MOST_WITHS = 64 };

/* One row of the comparison. */
typedef struct hr_entry {
    char name[HR_ENTRY_NAME]; /* "mf"; "mf:bpr" by another loss than the model's usual one */
    const hr_model *model;
    hr_train_options options;     /* as train has them for this model, before they are resolved */
    char reason[HR_ERROR_LENGTH]; /* why it is not compared; "": it is */
} hr_entry;

/* Zero-initialise; free with hr_entries_free. */
typedef struct hr_entries {
    int count;
    hr_entry *entry; /* [count] */
} hr_entries;

/* Reads "lightgcn,mf:bpr", or "all": each model by its usual loss and, where that is of ratings, by bpr as well.
 *   with   [withs] "NAME:--dim 32 --epochs 5": options of train for the entry NAME, or for all of them; later ones go
 *          before earlier ones
 * Local. HR_USAGE for a name that is no model, a loss that the model does not have, an entry that is there twice, an option
 * of train that is not of the model, and a `with` of an entry that is not there; HR_MEMORY. */
hr_status hr_entries_read(hr_entries *entries, const char *models, int withs, const char *const *with,
                          hr_error *err);
void hr_entries_free(hr_entries *entries);

#endif
