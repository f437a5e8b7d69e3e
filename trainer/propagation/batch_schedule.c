#include "trainer/propagation/batch_schedule.h"

/* One sweep: of which batch, of which layer. */
typedef struct slot {
    int batch;
    int64_t layer;
} slot;

/* Slot number t. The last batches may be fewer than `together`. */
static slot slot_at(const hr_propagation *p, int together, int64_t t)
{
    const int first = (int)(t / (together * p->layers)) * together;
    const int members = p->batches - first < together ? p->batches - first : together;
    const int64_t within = t - first * p->layers;
    return (slot){first + (int)(within % members), within / members};
}

/* Sums slot t, then sends the batch's rows of the next layer or, after the last layer, the first rows of the
 * batch that takes its place, if there is one. */
static hr_status sum_slot(const hr_propagation_pass *pass, int together, int64_t t, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_propagation *p = pass->propagation;
    const slot done = slot_at(p, together, t);
    const int next = done.batch + together;
    HR_TRY(hr_panel_batch_sum(pass, &p->batch[done.batch], done.layer, err));
    if (done.layer + 1 < p->layers)
        hr_panel_batch_send_rows(pass, &p->batch[done.batch], done.layer + 1);
    else if (next < p->batches)
        hr_panel_batch_send_rows(pass, &p->batch[next], 0);
done:
    return status;
}

/* The sums of a slot are waited for in the middle of the next slot's sweep. Where the next slot is of the
 * same batch, they are waited for at once, and so are those of the last two slots. */
hr_status hr_batch_schedule_run(const hr_propagation_pass *pass, int together, hr_error *err)
{
    hr_status status = HR_OK;
    const hr_propagation *p = pass->propagation;
    const int64_t slots = p->layers * p->batches;
    int64_t summed = 0; /* slots whose sums are complete */
    for (int b = 0; b < together && b < p->batches; b++)
        hr_panel_batch_send_rows(pass, &p->batch[b], 0);
    for (int64_t t = 0; t < slots; t++) {
        const int now = slot_at(p, together, t).batch;
        const bool last = t + 1 == slots;
        const bool waits = last || together == 1 || slot_at(p, together, t + 1).batch == now;
        HR_TRY(hr_panel_batch_begin_sweep(pass, &p->batch[now], err));
        for (; summed < t && !last; summed++)
            HR_TRY(sum_slot(pass, together, summed, err));
        hr_panel_batch_end_sweep(pass, &p->batch[now]);
        for (; summed <= t && waits; summed++)
            HR_TRY(sum_slot(pass, together, summed, err));
    }
done:
    return status;
}
