/* ranks: 1 3
 * A checkpoint with any one bit turned round is refused or reads the same; so is one that was cut off.
 * Written in the background or not, on any number of ranks, it is the same file. */
#include "io/base/memory.h"
#include "io/checkpoint/checkpoint_draft.h"
#include "partition/halo/blocks.h"
#include "tests/support/mpi_tests.h"

#include <math.h>
#include <stdbool.h>

enum { USERS = 11, MOVIES = 7, DIM = 5, DENSE = 6 };

/* A cell of the pair `name` number i: the same for whoever writes it. */
static float cell(int i, int64_t row, int64_t col)
{
    return sinf((float)(i * 1000 + row * DIM + col));
}

static void fill(float *block, const hr_row_block *b, int i)
{
    for (int64_t row = 0; row < b->users + b->movies; row++)
        for (int64_t col = 0; col < DIM; col++)
            block[row * DIM + col] =
                cell(i, row < b->users ? b->first_user + row : USERS + b->first_movie + row - b->users, col);
}

static void write_checkpoint(const hr_comm *comm, const char *name, int64_t step, int64_t keep)
{
    hr_error err = {""};
    hr_draft *draft = NULL;
    float block[(USERS + MOVIES) * DIM], weights[DENSE] = {1, 2, 3, 4, 5, 6};
    const hr_checkpoint_summary summary = {.fingerprint = "0123",
                                           .model = "toy",
                                           .source = "parameter",
                                           .users = USERS,
                                           .movies = MOVIES,
                                           .dim = DIM,
                                           .step = step};
    const hr_checkpoint_rows rows[] = {{.name = "parameter"}, {.name = "output"}};
    const hr_checkpoint_dense dense[] = {{"weight", DENSE, weights}};
    const hr_row_block mine = hr_row_block_of(comm, USERS, MOVIES);
    json_t *run = json_pack("{s:i, s:{}}", "best_epoch", 3, "options");
    const hr_draft_content content = {&summary, run, rows, 2, dense, 1, NULL, 0};
    assert_ok(hr_draft_create(&draft, comm, shared_path(name), &content, &err));
    for (int i = 0; i < 2; i++) {
        fill(block, &mine, i);
        assert_ok(hr_draft_write_rows(draft, i, block, &mine, &err));
    }
    assert_ok(hr_draft_write_dense(draft, 0, weights, &err));
    assert_ok(hr_draft_flush(draft, &err));
    assert_ok(hr_draft_publish(draft, HR_OK, keep, &err));
    hr_draft_destroy(draft);
    json_decref(run);
}

/* Whether the file holds what write_checkpoint wrote, to the last bit. */
static bool reads_the_same(const char *name)
{
    hr_error err = {""};
    hr_h5 *file = NULL;
    hr_checkpoint_summary summary;
    float block[(USERS + MOVIES) * DIM], expected[(USERS + MOVIES) * DIM], weights[DENSE];
    const hr_row_block all = {0, USERS, 0, MOVIES};
    const hr_checkpoint_dense dense = {"weight", DENSE, weights};
    bool same = true;
    assert_ok(hr_checkpoint_open(&file, &summary, NULL, shared_path(name), &err));
    for (int i = 0; i < 2; i++) {
        const hr_checkpoint_rows rows = {i == 0 ? "parameter" : "output", block};
        fill(expected, &all, i);
        assert_ok(hr_checkpoint_read(file, &summary, &rows, &all, &err));
        same = same && memcmp(block, expected, sizeof block) == 0;
    }
    assert_ok(hr_checkpoint_read_dense(file, &dense, &err));
    for (int i = 0; i < DENSE; i++)
        same = same && weights[i] == (float)(i + 1);
    hr_h5_close(file);
    return same && summary.step == 4 && strcmp(summary.model, "toy") == 0;
}

static hr_status verify_alone(const char *name)
{
    hr_error err = {""};
    const hr_comm alone = hr_comm_of(MPI_COMM_SELF);
    const hr_status status = hr_checkpoint_verify(&alone, shared_path(name), &err);
    if (status != HR_OK)
        assert_true(strlen(err.text) > 0);
    return status;
}

/* Reads a file of the shared folder whole. */
static char *slurp(const char *name, int64_t *bytes)
{
    FILE *file = fopen(shared_path(name), "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *bytes = ftell(file);
    char *content = hr_alloc(*bytes, 1);
    rewind(file);
    assert_int_equal(fread(content, 1, (size_t)*bytes, file), *bytes);
    fclose(file);
    return content;
}

static void spill(const char *name, const char *content, int64_t bytes)
{
    FILE *file = fopen(shared_path(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, (size_t)bytes, file), bytes);
    fclose(file);
}

static void the_same_file_on_any_number_of_ranks(void **state)
{
    (void)state;
    const hr_comm alone = hr_comm_of(MPI_COMM_SELF);
    hr_error err = {""};
    write_checkpoint(&world, "together.ckpt.h5", 4, 1);
    if (world.rank == 0) {
        write_checkpoint(&alone, "alone.ckpt.h5", 4, 1);
        assert_same_bytes("together.ckpt.h5", "alone.ckpt.h5");
        assert_true(reads_the_same("together.ckpt.h5"));
    }
    assert_ok(hr_checkpoint_verify(&world, shared_path("together.ckpt.h5"), &err));
}

/* Bits of all bytes but those between arrays, which nobody reads; one bit a byte, another in each byte. */
static void any_turned_bit_is_refused_or_harmless(void **state)
{
    (void)state;
    int64_t bytes = 0, refused = 0;
    if (world.size > 1)
        return; /* one rank reads what the test before has shown to be the same file */
    write_checkpoint(&world, "good.ckpt.h5", 4, 1);
    char *content = slurp("good.ckpt.h5", &bytes);
    for (int64_t at = 0; at < bytes; at++) {
        if (content[at] == 0 && at % 16 != 0) /* most zeros are room that HDF5 left */
            continue;
        content[at] = (char)(content[at] ^ 1 << at % 8);
        spill("turned.ckpt.h5", content, bytes);
        content[at] = (char)(content[at] ^ 1 << at % 8);
        if (verify_alone("turned.ckpt.h5") != HR_OK)
            refused++;
        else
            assert_true(reads_the_same("turned.ckpt.h5"));
    }
    assert_true(refused > (USERS + MOVIES) * DIM * 2 * (int64_t)sizeof(float));
    free(content);
}

static void a_file_that_was_cut_off_is_refused(void **state)
{
    (void)state;
    int64_t bytes = 0;
    if (world.size > 1)
        return; /* one rank reads what the test before has shown to be the same file */
    write_checkpoint(&world, "good.ckpt.h5", 4, 1);
    char *content = slurp("good.ckpt.h5", &bytes);
    for (int64_t length = 0; length < bytes; length += 101) {
        spill("cut.ckpt.h5", content, length);
        assert_int_equal(verify_alone("cut.ckpt.h5"), HR_INPUT);
    }
    free(content);
}

/* HDF5 1.10.8 keeps some memory of each file that it refuses; asked by LeakSanitizer, where that is built in.
 */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libhdf5";
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_file_on_any_number_of_ranks),
        cmocka_unit_test(any_turned_bit_is_refused_or_harmless),
        cmocka_unit_test(a_file_that_was_cut_off_is_refused),
    };
    return run_mpi_tests(argc, argv, tests);
}
