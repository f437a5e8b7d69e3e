#include "tests/support/imported.h"

#include "io/formats/open.h"

hr_status import_path(const char *path, const hr_ingest_options *options, hr_dataset *dataset,
                      hr_ingest_report *report, hr_error *err)
{
    const hr_comm alone = hr_comm_alone();
    const hr_source_options how = {0};
    hr_source *source = NULL;
    hr_status status = HR_OK;
    *dataset = (hr_dataset){0};
    HR_TRY(hr_source_open(&source, path, &how, err));
    HR_TRY(hr_ingest(&alone, source, path, options, dataset, report, err));
    HR_TRY(hr_dataset_check(dataset, err));
done:
    hr_source_close(source);
    return status;
}
