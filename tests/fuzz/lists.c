/* libFuzzer: any text as the value of an option that holds a list, a rule, a mixture or a grid, and as a list of genres.
 * Whatever it is, reading it ends with values in their ranges or with one message. The first byte chooses the reader. */
#include "io/options/list.h"
#include "io/side/genre_pieces.h"
#include "io/side/python_literal.h"
#include "io/split/split_rule.h"
#include "io/text/dialect.h"
#include "partition/plan/grid.h"
#include "tests/fuzz/input.h"
#include "trainer/evaluation/metrics.h"
#include "trainer/evaluation/protocol.h"
#include "trainer/loss/mlp.h"
#include "trainer/scaling/scaling.h"
#include "trainer/scoring/mixture.h"

#include <math.h>

static void read_numbers(const char *text)
{
    const hr_list list = {"k", "whole numbers", "10,20", 1, 4, 1, 1000, true};
    hr_error err = {""}, err_reals = {""};
    int64_t whole[4];
    double real[4];
    hr_word word[4];
    int count = 0;
    if (succeeds(hr_list_ints(&list, text, whole, &count, &err), &err))
        for (int i = 0; i < count; i++)
            need(whole[i] >= 1 && whole[i] <= 1000 && (i == 0 || whole[i] > whole[i - 1]),
                 "a list is in its range");
    if (succeeds(hr_list_reals(&list, text, real, &count, &err_reals), &err_reals))
        for (int i = 0; i < count; i++)
            need(real[i] >= 1 && real[i] <= 1000 && (i == 0 || real[i] > real[i - 1]),
                 "a list is in its range");
    count = hr_separate_words(text, ':', word, 4);
    need(count <= 4, "no more words than there is room for");
    for (int i = 0; i < count; i++)
        need(strlen(word[i]) < HR_WORD_LENGTH, "a word is short");
    need(hr_separate_ints(text, ':', whole, 4) <= 4, "no more numbers than there is room for");
    count = hr_separate_reals(text, ':', real, 4);
    for (int i = 0; i < count; i++)
        need(isfinite(real[i]), "a number is finite");
}

static void read_split(const char *text)
{
    hr_error err = {""};
    hr_split_rule rule, again;
    if (!succeeds(hr_split_parse(text, &rule, &err), &err))
        return;
    need(hr_split_parse(rule.text, &again, &err) == HR_OK, "a rule is read as it is written");
    need(rule.kind == again.kind && strcmp(rule.text, again.text) == 0, "a rule is written as it was");
}

static void read_mixture(const char *text)
{
    for (int models = 1; models <= HR_MIXTURE_MODELS; models++) {
        hr_error err = {""};
        hr_mixture mixture;
        if (succeeds(hr_mixture_parse(text, models, &mixture, &err), &err))
            need(mixture.bands >= 0 && mixture.bands <= HR_MIXTURE_BANDS,
                 "no more bands than there is room for");
    }
}

static void read_shapes(const char *text)
{
    hr_error err[5] = {{""}};
    hr_cutoffs cutoffs;
    hr_protocols protocols;
    hr_mlp_shape mlp = {.columns = 64};
    hr_grid_shape grid;
    hr_separator separator;
    if (succeeds(hr_cutoffs_parse(text, &cutoffs, &err[0]), &err[0]))
        need(cutoffs.count >= 1 && cutoffs.count <= HR_MAX_CUTOFFS, "cutoffs fit");
    if (succeeds(hr_protocols_parse(text, &protocols, &err[1]), &err[1]))
        need(protocols.count >= 1 && protocols.count <= HR_MAX_PROTOCOLS, "protocols fit");
    if (succeeds(hr_mlp_parse(text, &mlp, &err[2]), &err[2]))
        need(mlp.layers >= 0 && mlp.layers <= HR_MLP_LAYERS, "layers fit");
    if (succeeds(hr_grid_shape_parse(text, 12, &grid, &err[3]), &err[3]))
        need(grid.parts * grid.groups == 12, "a grid is of all ranks");
    succeeds(hr_separator_parse(text, &separator, &err[4]), &err[4]);
}

static void read_scaling(const char *text)
{
    hr_error err = {""};
    static hr_scaling scaling;
    succeeds(hr_scaling_parse(text, &scaling, &err), &err);
}

static void read_genres(const char *text)
{
    hr_error err = {""};
    hr_genre_pieces genres = {0};
    json_t *value = NULL, *again = NULL;
    char *written = NULL;
    const hr_text_piece piece = hr_piece_of(text);
    need(succeeds(hr_genre_pieces_split(&genres, piece, 0, &err), &err), "genres are no error");
    for (int64_t i = 0; i < genres.count; i++)
        need(genres.piece[i].length > 0, "a genre is not empty");
    hr_genre_pieces_free(&genres);
    need(succeeds(hr_python_literal(piece, &value, &err), &err), "a literal is no error");
    written = value ? json_dumps(value, JSON_ENCODE_ANY) : NULL;
    if (written)
        need(hr_python_literal(hr_piece_of(written), &again, &err) == HR_OK && again, "JSON is read");
    free(written);
    json_decref(again);
    json_decref(value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const readers[])(const char *) = {read_numbers, read_split,   read_mixture,
                                                    read_shapes,  read_scaling, read_genres};
    enum { READERS = sizeof readers / sizeof *readers };
    if (size == 0)
        return 0;
    char *text = malloc(size);
    memcpy(text, data + 1, size - 1);
    text[size - 1] = '\0';
    readers[data[0] % READERS](text);
    free(text);
    return 0;
}
