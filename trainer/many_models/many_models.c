#include "trainer/many_models/many_models.h"

#include "io/dataset/dataset_verify.h"
#include "trainer/many_models/folder.h"
#include "trainer/scoring/train_figures.h"

#include <inttypes.h>
#include <string.h>

/* Reads what the dataset holds; of its ratings, whether they differ. Collective. */
static hr_status read_data(hr_many_models *m, const hr_comm *comm, hr_error *err)
{
    hr_status status = HR_OK;
    hr_h5 *file = NULL;
    hr_train_figures figures = {0};
    HR_TRY(hr_agree(comm, hr_dataset_open(&file, &m->data, m->dataset, err), NULL, err));
    HR_TRY(hr_dataset_verify(comm, file, &m->data, err));
    HR_TRY(hr_train_figures_read(&figures, comm, file, &m->data, 0.0, true, err));
    m->lowest = figures.lowest;
    m->highest = figures.highest;
done:
    hr_train_figures_free(&figures);
    hr_h5_close(file);
    return status;
}

/* HR_INPUT where nobody could be judged. */
static hr_status check_split(const hr_many_models *m, const hr_entries *entries, hr_error *err)
{
    const hr_split split = m->evaluation.split;
    bool holds_out = m->data.splits[split] > 0;
    for (int i = 0; i < entries->count && split == HR_VALID; i++)
        holds_out = holds_out || entries->entry[i].options.valid > 0.0;
    if (holds_out)
        return HR_OK;
    return hr_fail(err, HR_INPUT,
                   "%s: has no %s part to compare models on; halorec import --split makes one%s", m->dataset,
                   split == HR_VALID ? "validation" : "test",
                   split == HR_VALID ? ", or give --with all:--valid 0.1" : "");
}

/* Lists of 20; of users who are held out whole those of Liang et al. (WWW 2018). */
static void choose_cutoffs(hr_many_models *m)
{
    static const hr_cutoffs usual = {1, {20}}, of_users = {3, {20, 50, 100}};
    if (m->evaluation.cutoffs.count == 0)
        m->evaluation.cutoffs = m->data.splits[HR_KNOWN] > 0 ? of_users : usual;
}

/* Trains and evaluates what the folder lacks. */
static hr_status run_all(const hr_comm *comm, const hr_many_models *m, hr_entries *entries, hr_error *err)
{
    hr_status status = HR_OK;
    for (int i = 0; i < entries->count; i++) {
        hr_entry *entry = &entries->entry[i];
        const int64_t seeds = hr_entry_seeds(m, entry);
        for (int64_t seed = 1; seed <= seeds && !*entry->reason; seed++)
            HR_TRY(hr_entry_run(comm, m, entry, seed, err));
    }
done:
    if (status == HR_STOPPED)
        hr_fail(err, HR_STOPPED, "stopped by a signal; the same command goes on from what is in %s",
                m->folder);
    return status;
}

static hr_status write_files(const hr_side_by_side *sides, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_folder_write(sides, "compare.md", hr_side_markdown, err));
    HR_TRY(hr_folder_write(sides, "compare.html", hr_side_page, err));
    HR_TRY(hr_folder_write(sides, "compare.json", hr_side_json, err));
done:
    return status;
}

hr_status hr_many_models_run(hr_side_by_side *sides, const hr_comm *comm, hr_many_models *m,
                             hr_entries *entries, hr_error *err)
{
    hr_status status = HR_OK;
    hr_folder folder = {.summary = ""};
    HR_TRY(read_data(m, comm, err));
    HR_TRY(check_split(m, entries, err));
    choose_cutoffs(m);
    HR_TRY(hr_folder_begin(&folder, comm, m, err));
    HR_TRY(run_all(comm, m, entries, err));
    HR_TRY(hr_side_by_side_make(sides, comm, m, entries, err));
    if (comm->rank == 0)
        status = write_files(sides, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
done:
    hr_folder_end(&folder);
    return status;
}
