/* The matrices of an export as files of its format. */
#ifndef HR_TRAINER_EXPORT_EXPORT_FILES_H
#define HR_TRAINER_EXPORT_EXPORT_FILES_H

#include "io/vectors/new_folder.h"
#include "trainer/export/export.h"
#include "trainer/export/export_rows.h"

/* Writes them into the folder: see export.h. Collective; all ranks return the same. HR_IO, HR_MEMORY. */
hr_status hr_export_files(const hr_new_folder *folder, const hr_export_rows *rows, hr_export_format format,
                          hr_error *err);

#endif
