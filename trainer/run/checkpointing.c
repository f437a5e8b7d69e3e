#include "trainer/run/checkpointing.h"

#include "io/comm/interrupt.h"

#include <inttypes.h>
#include <signal.h>

hr_status hr_checkpointing_start(hr_checkpointing *c, hr_error *err)
{
    hr_status status = HR_OK;
    bool spare = false;
    c->first_step = c->state->step;
    c->saved = hr_seconds();
    if (*c->config->checkpoint.path == '\0')
        return HR_OK;
    HR_TRY(hr_state_check_room(c->state, c->graph, hr_stepper_kept_bytes(c->stepper),
                               c->config->checkpoint.path, err));
    HR_TRY(hr_saver_has_spare(c->state, c->graph, &spare, err));
    HR_TRY(hr_saver_create(&c->saver, c->state, c->graph, c->config->checkpoint.keep, spare, err));
    c->saver.extras = &c->kept;
done:
    return status;
}

void hr_checkpointing_free(hr_checkpointing *c)
{
    hr_saver_free(&c->saver);
}

/* Begins a checkpoint. Its outputs are those of the best validation; before the first validation, those of
 * the current parameters. */
static hr_status begin(hr_checkpointing *c, hr_error *err)
{
    hr_status status = HR_OK;
    const double start = hr_seconds();
    hr_watchdog_mark(c->watchdog, HR_WATCHED_CHECKPOINT, c->state->step);
    if (!c->state->has_best) {
        HR_TRY(hr_stepper_output(c->stepper, c->state, c->stepper->output, err));
        HR_TRY(hr_stepper_keep_output(c->stepper, c->state, err));
    }
    c->kept = c->extras ? *c->extras : (hr_checkpoint_extras){0};
    HR_TRY(hr_stepper_keep(c->stepper, &c->kept, err));
    HR_TRY(hr_saver_begin(&c->saver, c->state, c->config, c->fingerprint, c->config->checkpoint.path, err));
done:
    c->saved = hr_timing_add(&c->graph->timing, HR_TIME_CHECKPOINT, start);
    return status;
}

static hr_status finish(hr_checkpointing *c, hr_error *err)
{
    const double start = hr_seconds();
    const hr_status status = hr_saver_finish(&c->saver, err);
    hr_timing_add(&c->graph->timing, HR_TIME_CHECKPOINT, start);
    return status;
}

hr_status hr_checkpointing_end(hr_checkpointing *c, hr_error *err)
{
    const hr_status status = begin(c, err);
    return status == HR_OK ? finish(c, err) : status;
}

/* What ranks agree on before a step: the largest of each over all ranks. */
typedef struct flags {
    int64_t signal;     /* a signal that a rank has caught, or 0 */
    int64_t is_late;    /* whether a checkpoint is due by rank 0's clock */
    int64_t is_writing; /* whether a rank has not yet written its part of the last checkpoint */
} flags;

/* Those of this rank. */
static flags local_flags(const hr_checkpointing *c)
{
    const double minutes = c->config->checkpoint.minutes;
    const bool late = minutes > 0.0 && c->comm->rank == 0 && hr_seconds() - c->saved >= 60.0 * minutes;
    return (flags){hr_interrupt_caught(), late, hr_saver_is_writing(&c->saver)};
}

/* Writes a last checkpoint. HR_STOPPED. */
static hr_status stop(hr_checkpointing *c, int signal, hr_error *err)
{
    const hr_status status = hr_checkpointing_end(c, err);
    if (status != HR_OK)
        return status;
    return hr_fail(err, HR_STOPPED,
                   "stopped by %s after step %" PRId64 "; wrote %s; --resume auto goes on from there",
                   signal == SIGTERM ? "SIGTERM" : "SIGUSR1", c->state->step, c->config->checkpoint.path);
}

hr_status hr_checkpointing_poll(hr_checkpointing *c, hr_error *err)
{
    hr_status status = HR_OK;
    const int64_t every = c->config->checkpoint.every;
    if (*c->config->checkpoint.path == '\0')
        return HR_OK;
    flags f = local_flags(c);
    HR_TRY(hr_max_i64(c->comm, &f.signal, sizeof f / sizeof f.signal, err));
    if (f.signal != 0)
        return stop(c, (int)f.signal, err);
    if (!f.is_writing)
        HR_TRY(finish(c, err));
    if (c->state->step > c->first_step && (f.is_late || (every > 0 && c->state->step % every == 0)))
        HR_TRY(begin(c, err));
done:
    return status;
}
