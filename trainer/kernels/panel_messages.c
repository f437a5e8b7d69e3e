#include "trainer/kernels/panel_messages.h"

#include "trainer/simd/vectors.h"

/* A line to and from a message's row. */
HR_BODY void copy_line(float *to, const hr_line *line, size_t bytes)
{
    hr_regs_store_part(to, hr_regs_load(line), bytes);
}

HR_BODY void fill_line(hr_line *line, const float *from, size_t bytes)
{
    hr_regs_store(line, hr_regs_load_part(from, bytes));
}

void HR_OF_ISA(hr_panel_pack_owned)(const hr_panel_message *message, const int32_t *row, int64_t count,
                                    float *to)
{
    const int64_t users = message->owned_users;
    for (int64_t i = 0; i < count; i++)
        copy_line(to + i * message->width,
                  row[i] < users ? &message->user[row[i]] : &message->movie[row[i] - users].x,
                  message->bytes);
}

void HR_OF_ISA(hr_panel_unpack_ghosts)(const hr_panel_message *message, int64_t first, int64_t count,
                                       const float *from, int64_t next[2])
{
    const int64_t row = message->owned + first, end = row + count;
    const int32_t *user_row = message->user_row, *movie_row = message->movie_row;
    int64_t u = next[0], m = next[1];
    for (; u < message->users && user_row[u] < end; u++)
        fill_line(&message->user[u], from + (user_row[u] - row) * message->width, message->bytes);
    for (; m < message->movies && movie_row[m] < end; m++) {
        fill_line(&message->movie[m].x, from + (movie_row[m] - row) * message->width, message->bytes);
        hr_regs_store(&message->movie[m].y, hr_regs_zero());
    }
    next[0] = u;
    next[1] = m;
}

void HR_OF_ISA(hr_panel_pack_ghosts)(const hr_panel_message *message, float *to)
{
    const int64_t owned = message->owned, owned_users = message->owned_users;
    const int32_t *user_row = message->user_row, *movie_row = message->movie_row;
    for (int64_t u = owned_users; u < message->users; u++)
        copy_line(to + (user_row[u] - owned) * message->width, &message->user[u], message->bytes);
    for (int64_t m = owned - owned_users; m < message->movies; m++)
        copy_line(to + (movie_row[m] - owned) * message->width, &message->movie[m].y, message->bytes);
}

HR_BODY void add_owned(bool doubles, const hr_panel_message *message, const int32_t *row, int64_t count,
                       const float *from)
{
    const int64_t users = message->owned_users;
    for (int64_t i = 0; i < count; i++) {
        hr_line *line = row[i] < users ? &message->user[row[i]] : &message->movie[row[i] - users].y;
        const hr_regs sum = hr_regs_load(line);
        const hr_regs arrived = hr_regs_load_part(from + i * message->width, message->bytes);
        hr_regs_store(line, doubles ? hr_regs_add_doubles(sum, arrived) : hr_regs_add(sum, arrived));
    }
}

HR_VARIANT(void add_floats(const hr_panel_message *message, const int32_t *row, int64_t count,
                           const float *from),
           add_owned(false, message, row, count, from))
HR_VARIANT(void add_doubles(const hr_panel_message *message, const int32_t *row, int64_t count,
                            const float *from),
           add_owned(true, message, row, count, from))

void HR_OF_ISA(hr_panel_add_owned)(const hr_panel_message *message, const int32_t *row, int64_t count,
                                   const float *from)
{
    (message->doubles ? add_doubles : add_floats)(message, row, count, from);
}
