#include "partition/halo/halo.h"

#include "io/base/memory.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

struct hr_halo {
    hr_halo_lists lists;
    hr_host_memory memory;
    hr_halo_room room;
    int64_t max_cols;
    hr_halo_channel **channel; /* [channels] the first is that of hr_halo_scatter and hr_halo_reduce */
    int64_t channels, capacity;
};

static hr_status halo_new(hr_halo **out, int64_t max_cols, hr_error *err)
{
    hr_status status = HR_OK;
    HR_ALLOC(*out, 1);
    (*out)->max_cols = max_cols;
done:
    return status;
}

static hr_status make_room(hr_halo *halo, int64_t cols, bool shared, hr_error *err)
{
    const int64_t row_bytes = cols * (int64_t)sizeof(float);
    halo->room = (hr_halo_room){.lists = &halo->lists, .row_bytes = row_bytes};
    if (!shared)
        return HR_OK;
    halo->room.memory = &halo->memory;
    return hr_host_memory_create(&halo->memory, halo->lists.comm,
                                 (halo->lists.sent + halo->lists.ghosts) * row_bytes, err);
}

hr_status hr_halo_create(hr_halo **out, const hr_comm *comm, int64_t owned, int64_t ghosts,
                         const int32_t *ghost_owner, const int32_t *ghost_row, int64_t max_cols,
                         int64_t channel_cols, hr_error *err)
{
    hr_halo *halo = NULL;
    hr_halo_channel *rows = NULL;
    *out = NULL;
    hr_status status = halo_new(&halo, max_cols, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    HR_TRY(hr_halo_lists_create(&halo->lists, comm, owned, ghosts, ghost_owner, ghost_row, err));
    HR_TRY(make_room(halo, max_cols + channel_cols, channel_cols > 0, err));
    status = hr_halo_channel_make(halo, HR_WIRE_F32, max_cols, &rows, err);
    HR_TRY(hr_agree(comm, status, NULL, err));
    *out = halo;
done:
    if (status != HR_OK)
        hr_halo_destroy(halo);
    return status;
}

void hr_halo_destroy(hr_halo *halo)
{
    if (!halo)
        return;
    for (int64_t i = 0; i < halo->channels; i++)
        hr_halo_channel_destroy(halo->channel[i]);
    free(halo->channel);
    hr_host_memory_free(&halo->memory);
    hr_halo_lists_free(&halo->lists);
    free(halo);
}

hr_status hr_halo_channel_make(hr_halo *halo, hr_wire wire, int64_t max_cols, hr_halo_channel **channel,
                               hr_error *err)
{
    hr_status status = HR_OK;
    HR_GROW(halo->channel, halo->capacity, halo->channels + 1);
    HR_TRY(hr_halo_channel_create(channel, &halo->room, wire, max_cols, err));
    halo->channel[halo->channels++] = *channel;
done:
    return status;
}

static hr_status check_cols(const hr_halo *halo, int64_t cols, hr_error *err)
{
    if (cols >= 1 && cols <= halo->max_cols)
        return HR_OK;
    return hr_fail(err, HR_USAGE, "%" PRId64 " columns through a halo made for 1 … %" PRId64, cols,
                   halo->max_cols);
}

/* A loop over fewer floats than this takes less time than starting threads. */
enum { WORTH_THREADS = 1 << 16 };

hr_status hr_halo_scatter(hr_halo *halo, float *x, int64_t cols, hr_error *err)
{
    const hr_halo_lists *lists = &halo->lists;
    hr_halo_channel *rows = halo->channel[0];
    hr_status status = check_cols(halo, cols, err);
    if (status != HR_OK)
        return status;
    float *sent = hr_halo_channel_sent(rows);
#pragma omp parallel for schedule(static) if (lists->sent * cols > WORTH_THREADS)
    for (int64_t i = 0; i < lists->sent; i++)
        memcpy(sent + i * cols, x + (int64_t)lists->sent_row[i] * cols, (size_t)cols * sizeof *x);
    hr_halo_start_scatter(rows, cols);
    HR_TRY(hr_halo_finish(rows, err));
    for (int i = 0; i < hr_halo_pieces(rows); i++) {
        const hr_halo_piece p = hr_halo_arrived(rows, i);
        memcpy(x + (lists->owned + p.first) * cols, p.row, (size_t)(p.rows * cols) * sizeof *x);
    }
    hr_halo_release(rows);
done:
    return status;
}

/* Adds a neighbour's ghosts to owned rows. A row occurs once in a neighbour's list, so threads share the
 * rows. */
static void add_piece(const hr_halo_lists *lists, hr_halo_piece p, int64_t cols, float *restrict x)
{
#pragma omp parallel for schedule(static) if (p.rows * cols > WORTH_THREADS)
    for (int64_t i = 0; i < p.rows; i++) {
        const float *restrict its = p.row + i * cols;
        float *restrict sum = x + (int64_t)lists->sent_row[p.first + i] * cols;
        for (int64_t c = 0; c < cols; c++)
            sum[c] += its[c];
    }
}

/* The same for doubles. A double takes two floats of a channel's side, which is aligned for floats only. */
static void add_piece_f64(const hr_halo_lists *lists, hr_halo_piece p, int64_t cols, double *restrict x)
{
#pragma omp parallel for schedule(static) if (p.rows * cols > WORTH_THREADS)
    for (int64_t i = 0; i < p.rows; i++) {
        double *sum = x + (int64_t)lists->sent_row[p.first + i] * cols;
        for (int64_t c = 0; c < cols; c++) {
            double its;
            memcpy(&its, p.row + 2 * (i * cols + c), sizeof its);
            sum[c] += its;
        }
    }
}

static void largest_of_piece(const hr_halo_lists *lists, hr_halo_piece p, int64_t cols, float *restrict x)
{
    for (int64_t i = 0; i < p.rows; i++)
        for (int64_t c = 0; c < cols; c++) {
            float *largest = x + (int64_t)lists->sent_row[p.first + i] * cols + c;
            *largest = fmaxf(*largest, p.row[i * cols + c]);
        }
}

void hr_halo_begin_reduce(hr_halo *halo, hr_halo_channel *channel, const float *x, int64_t cols)
{
    const hr_halo_lists *lists = &halo->lists;
    if (lists->ghosts > 0)
        memcpy(hr_halo_channel_ghosts(channel), x + lists->owned * cols,
               (size_t)(lists->ghosts * cols) * sizeof *x);
    hr_halo_start_reduce(channel, cols);
}

hr_status hr_halo_end_reduce(hr_halo *halo, hr_halo_channel *channel, float *x, int64_t cols, hr_error *err)
{
    hr_status status = HR_OK;
    HR_TRY(hr_halo_finish(channel, err));
    for (int i = 0; i < hr_halo_pieces(channel); i++)
        add_piece(&halo->lists, hr_halo_arrived(channel, i), cols, x);
    hr_halo_release(channel);
done:
    return status;
}

hr_status hr_halo_reduce(hr_halo *halo, float *x, int64_t cols, hr_error *err)
{
    const hr_status status = check_cols(halo, cols, err);
    if (status != HR_OK)
        return status;
    hr_halo_begin_reduce(halo, halo->channel[0], x, cols);
    return hr_halo_end_reduce(halo, halo->channel[0], x, cols, err);
}

hr_status hr_halo_reduce_largest(hr_halo *halo, float *x, int64_t cols, hr_error *err)
{
    hr_halo_channel *rows = halo->channel[0];
    hr_status status = check_cols(halo, cols, err);
    if (status != HR_OK)
        return status;
    hr_halo_begin_reduce(halo, rows, x, cols);
    HR_TRY(hr_halo_finish(rows, err));
    for (int i = 0; i < hr_halo_pieces(rows); i++)
        largest_of_piece(&halo->lists, hr_halo_arrived(rows, i), cols, x);
    hr_halo_release(rows);
done:
    return status;
}

hr_status hr_halo_reduce_f64(hr_halo *halo, double *x, int64_t cols, hr_error *err)
{
    hr_halo_channel *rows = halo->channel[0];
    hr_status status = check_cols(halo, 2 * cols, err);
    if (status != HR_OK)
        return status;
    hr_halo_begin_reduce(halo, rows, (const float *)x, 2 * cols);
    HR_TRY(hr_halo_finish(rows, err));
    for (int i = 0; i < hr_halo_pieces(rows); i++)
        add_piece_f64(&halo->lists, hr_halo_arrived(rows, i), cols, x);
    hr_halo_release(rows);
done:
    return status;
}

int64_t hr_halo_sent(const hr_halo *halo, const int32_t **row)
{
    *row = halo->lists.sent_row;
    return halo->lists.sent;
}

int64_t hr_halo_rows_sent(const hr_halo *halo)
{
    int64_t rows = 0;
    for (int i = 0; i < halo->lists.neighbours; i++)
        if (halo->lists.neighbour[i].rank != halo->lists.comm->rank)
            rows += halo->lists.neighbour[i].sent;
    return rows;
}

void hr_halo_count_anew(hr_halo *halo)
{
    for (int64_t i = 0; i < halo->channels; i++)
        hr_halo_channel_count_anew(halo->channel[i]);
}

int64_t hr_halo_bytes(const hr_halo *halo)
{
    int64_t bytes = 0;
    for (int64_t i = 0; i < halo->channels; i++)
        bytes += hr_halo_channel_bytes(halo->channel[i]);
    return bytes;
}
