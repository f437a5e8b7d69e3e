/* libFuzzer: any bytes as files beside the ratings: titles, genres, years, links, tags. Nothing in them is an error: what is
 * not understood is counted. The first byte chooses the reader; a second file stands behind a line "@@". */
#include "io/side/genre_pieces.h"
#include "io/side/item_list.h"
#include "io/side/links.h"
#include "io/side/tag_list.h"
#include "io/side/title_lines.h"
#include "tests/fuzz/input.h"

#include <sys/mman.h>
#include <unistd.h>

static const char *const flags[] = {"", "Action", "Comedy", "Drama", NULL};
static const hr_item_form forms[] = {{.table = {.names = HR_ITEM_NAMES("movieid itemid id")}},
                                     {.table = {.names = HR_ITEM_NAMES("id"), .first_is_id = true}},
                                     {.table = {.names = {"", ""},
                                                .position = {1, 2},
                                                .has_separator = true,
                                                .separator = HR_SEPARATOR_BAR,
                                                .no_header = true,
                                                .no_quotes = true,
                                                .fields = 8},
                                      .first_flag = 5,
                                      .flag_genres = flags},
                                     {.table = {.names = {"", "", ""},
                                                .position = {1, 2, 3},
                                                .has_separator = true,
                                                .separator = HR_SEPARATOR_COLONS,
                                                .no_header = true,
                                                .no_quotes = true,
                                                .fields = 3},
                                      .genre_separator = '|'}};
static const hr_side_form tags_csv = {.names = {"userid", "movieid itemid", "tag", "timestamp"}},
                          tags_dat = {.names = {"", "", "", ""},
                                      .position = {1, 2, 3, 4},
                                      .has_separator = true,
                                      .separator = HR_SEPARATOR_COLONS,
                                      .no_header = true,
                                      .no_quotes = true,
                                      .fields = 4};

static uint64_t seen;

static void see(hr_text_piece piece)
{
    for (int64_t i = 0; i < piece.length; i++)
        seen += (uint64_t)(unsigned char)piece.at[i];
}

static hr_status take_item(void *context, const hr_item_row *item, hr_error *err)
{
    (void)context, (void)err;
    need(item->id.length > 0, "an item has an id");
    need(item->year >= 0 && item->imdb >= 0 && item->tmdb >= 0, "numbers are not negative");
    see(item->id);
    see(item->title);
    for (int64_t i = 0; i < item->genres; i++) {
        need(item->genre[i].length > 0, "a genre is not empty");
        see(item->genre[i]);
    }
    return HR_OK;
}

static hr_status take_tag(void *context, const hr_tag_row *tag, hr_error *err)
{
    (void)context, (void)err;
    need(tag->user.length > 0 && tag->item.length > 0 && tag->text.length > 0, "a tag is whole");
    see(tag->user);
    see(tag->item);
    see(tag->text);
    return HR_OK;
}

static void read_links(const char *path)
{
    hr_error err = {""};
    hr_links links = {0};
    succeeds(hr_links_read(&links, path, &err), &err);
    for (int64_t i = 0; i < links.item.count; i++)
        need(hr_links_find(&links, links.by_tmdb[i].key).at != NULL, "a link is found");
    hr_links_free(&links);
}

static void read_as(int reader, const char *path, const char *other)
{
    enum { FORMS = sizeof forms / sizeof *forms };
    hr_error err = {""};
    hr_side_report report = {0};
    hr_status status = HR_OK;
    if (reader < FORMS)
        status = hr_item_list_read(path, &forms[reader], take_item, NULL, &report, &err);
    else if (reader == FORMS)
        status = hr_item_list_read_linked(path, other, &forms[1], take_item, NULL, &report, &err);
    else if (reader == FORMS + 1)
        status = hr_genre_rows_read(path, take_item, NULL, &report, &err);
    else if (reader == FORMS + 2)
        status = hr_title_lines_read(path, take_item, NULL, &report, &err);
    else if (reader == FORMS + 3)
        status = hr_tag_list_read(path, NULL, &tags_csv, take_tag, NULL, &report, &err);
    else if (reader == FORMS + 4)
        status = hr_tag_list_read(path, NULL, &tags_dat, take_tag, NULL, &report, &err);
    else if (reader == FORMS + 5)
        status = hr_tag_list_read(path, other, &tags_csv, take_tag, NULL, &report, &err);
    else
        read_links(path);
    need(succeeds(status, &err), "a side file is no error");
    need(report.listed >= 0 && report.listed <= HR_SIDE_LISTED && report.count >= 0,
         "a report holds what it says");
}

static const char *fill(int which, const uint8_t *from, const uint8_t *end)
{
    static int file[2] = {-1, -1};
    static char path[2][64];
    if (file[which] < 0) {
        file[which] = memfd_create("side", 0);
        snprintf(path[which], sizeof path[which], "/proc/self/fd/%d", file[which]);
    }
    need(ftruncate(file[which], 0) == 0 && pwrite(file[which], from, (size_t)(end - from), 0) == end - from,
         "a file in memory is written");
    return path[which];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const uint8_t *end = data + size, *cut = memmem(data + 1, size - 1, "\n@@\n", 4);
    const char *path = fill(0, data + 1, cut ? cut + 1 : end), *other = fill(1, cut ? cut + 4 : end, end);
    read_as(data[0] % 11, path, other);
    return 0;
}
