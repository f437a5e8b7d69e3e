/* Of a picture that is given only its pixels are passed on; what is no picture, cut off or too large is refused. */
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "trainer/serve/pictures/jpeg.h"
#include "trainer/serve/pictures/picture.h"
#include "trainer/serve/pictures/placeholder.h"
#include "trainer/serve/pictures/png.h"
#include "trainer/serve/pictures/png_chunks.h"

#include <stdio.h>
#include <stdlib.h>

enum { WIDTH = 48, HEIGHT = 32, ROOM = 1 << 16 };

#define PAYLOAD "<script>alert('polyglot')</script>"

static hr_error err;
static hr_picture_maker maker;

/* A file in memory that can be taken apart and put together. */
typedef struct bytes {
    unsigned char at[ROOM];
    int64_t size;
} bytes;

static int begin(void **state)
{
    hr_picture_maker_begin(&maker);
    return make_folder(state);
}

static int end(void **state)
{
    hr_picture_maker_end(&maker);
    return remove_folder(state);
}

/* Red above on the left, otherwise blue. */
static hr_pixels drawn(int channels)
{
    hr_pixels pixels = {0};
    assert_ok(hr_pixels_create(&pixels, WIDTH, HEIGHT, channels, &err));
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        const bool red = i % WIDTH < WIDTH / 2 && i / WIDTH < HEIGHT / 2;
        pixels.bytes[i * channels + (red ? 0 : 2)] = 255;
        if (channels == 4)
            pixels.bytes[i * channels + 3] = 128;
    }
    return pixels;
}

static bytes encoded(bool jpeg)
{
    bytes file = {{0}, 0};
    unsigned char *made = NULL;
    hr_pixels pixels = drawn(jpeg ? 3 : 4);
    assert_ok((jpeg ? hr_jpeg_encode : hr_png_encode)(&pixels, &made, &file.size, &err));
    assert_true(file.size < ROOM);
    memcpy(file.at, made, (size_t)file.size);
    free(made);
    hr_pixels_free(&pixels);
    return file;
}

static void insert(bytes *file, int64_t at, const void *what, int64_t size)
{
    assert_true(file->size + size <= ROOM);
    memmove(file->at + at + size, file->at + at, (size_t)(file->size - at));
    memcpy(file->at + at, what, (size_t)size);
    file->size += size;
}

static void put_number(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (24 - 8 * i));
}

/* The checksum of PNG's chunks, by its definition. */
static uint32_t checksum(const unsigned char *at, int64_t size)
{
    uint32_t crc = 0xFFFFFFFF;
    for (int64_t i = 0; i < size; i++) {
        crc ^= at[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    return ~crc;
}

static bool holds(const unsigned char *at, int64_t size, const char *text)
{
    return memmem(at, (size_t)size, text, strlen(text)) != NULL;
}

static hr_kept_picture made_of(const bytes *file)
{
    hr_kept_picture picture;
    assert_ok(hr_picture_make(&maker, file->at, file->size, &picture, &err));
    return picture;
}

static void assert_refused(const void *at, int64_t size, const char *words)
{
    hr_kept_picture picture;
    assert_fails(hr_picture_make(&maker, at, size, &picture, &err), HR_USAGE, words);
    assert_null(picture.bytes);
}

/* The payload behind the picture, and within it as a comment. */
static void nothing_foreign_is_passed_on(void **state)
{
    (void)state;
    for (int jpeg = 0; jpeg < 2; jpeg++) {
        bytes file = encoded(jpeg);
        unsigned char chunk[100] = {0};
        const int64_t length = sizeof PAYLOAD - 1;
        if (jpeg) {
            memcpy(chunk, "\xFF\xFE\0", 3);
            chunk[3] = (unsigned char)(length + 2);
            memcpy(chunk + 4, PAYLOAD, (size_t)length);
            insert(&file, 2, chunk, length + 4);
        } else {
            memcpy(chunk + 4, "tEXtComment\0", 12);
            memcpy(chunk + 16, PAYLOAD, (size_t)length);
            put_number(chunk, (uint32_t)(8 + length));
            put_number(chunk + 16 + length, checksum(chunk + 4, 12 + length));
            insert(&file, 33, chunk, 20 + length);
        }
        insert(&file, file.size, PAYLOAD, length);
        hr_kept_picture picture = made_of(&file);
        assert_string_equal(picture.type, jpeg ? "image/jpeg" : "image/png");
        assert_int_equal(picture.width, WIDTH);
        assert_int_equal(picture.height, HEIGHT);
        assert_true(holds(file.at, file.size, PAYLOAD));
        assert_false(holds(picture.bytes, picture.size, PAYLOAD));
        free(picture.bytes);
    }
}

static void pixels_stay_as_they_are(void **state)
{
    (void)state;
    bytes file = encoded(false);
    hr_kept_picture picture = made_of(&file);
    hr_pixels pixels = {0}, expected = drawn(4);
    assert_ok(hr_png_decode(picture.bytes, picture.size, &pixels, &err));
    assert_int_equal(pixels.channels, 4);
    assert_memory_equal(pixels.bytes, expected.bytes, WIDTH * HEIGHT * 4);
    hr_pixels_free(&pixels);
    hr_pixels_free(&expected);
    free(picture.bytes);
}

static void what_is_no_picture_is_refused(void **state)
{
    (void)state;
    assert_refused("", 0, "neither a JPEG nor a PNG");
    assert_refused("GIF89a\1\0\1\0", 10, "neither");
    assert_refused("<svg xmlns='http://www.w3.org/2000/svg'/>", 41, "neither");
    assert_refused("\x89PNG\r\n\x1A\n and nothing that is a chunk", 34, "the PNG cannot be read");
    assert_refused("\xFF\xD8\xFF and nothing that is a segment", 34, "the JPEG cannot be read");
    char *large = calloc(1, HR_PICTURE_BYTES + 1);
    assert_refused(large, HR_PICTURE_BYTES + 1, "bytes, expected at most");
    free(large);
}

/* Texts and profiles that are packed a thousandfold, and even what is not packed at all, are not unpacked. */
static void only_pixels_are_unpacked(void **state)
{
    (void)state;
    static const char *const types[] = {"zTXt", "iTXt", "iCCP", "eXIf"};
    const bytes file = encoded(false);
    bytes filled = file;
    unsigned char *kept = malloc(ROOM);
    assert_non_null(kept);
    for (int i = 0; i < 400; i++) {
        unsigned char chunk[32] = {0};
        put_number(chunk, 20);
        memcpy(chunk + 4, types[i % 4], 4);
        memcpy(chunk + 8, "a\0\0\x78\x9C no stream", 15);
        put_number(chunk + 28, checksum(chunk + 4, 24));
        insert(&filled, 33, chunk, sizeof chunk);
    }
    assert_int_equal(hr_png_keep_pixels(filled.at, filled.size, kept), file.size);
    assert_memory_equal(kept, file.at, (size_t)file.size);
    free(kept);
    hr_kept_picture picture = made_of(&filled);
    free(picture.bytes);
}

/* Cut off anywhere, up to the mark of the end; any byte another one. */
static void damaged_pictures_do_no_harm(void **state)
{
    (void)state;
    for (int jpeg = 0; jpeg < 2; jpeg++) {
        const bytes file = encoded(jpeg);
        for (int64_t size = 3; size < file.size - (jpeg ? 2 : 16); size += 7)
            assert_refused(file.at, size, "");
        for (int64_t i = 0; i < file.size; i += 3) {
            bytes damaged = file;
            hr_kept_picture picture;
            damaged.at[i] ^= 0x5A;
            hr_picture_make(&maker, damaged.at, damaged.size, &picture, &err);
            free(picture.bytes);
        }
    }
}

/* A small file that says it is large: refused before there is memory for it. */
static void sides_are_checked_first(void **state)
{
    (void)state;
    bytes png = encoded(false), jpeg = encoded(true);
    put_number(png.at + 16, 60000);
    put_number(png.at + 20, 60000);
    put_number(png.at + 29, checksum(png.at + 12, 17));
    assert_refused(png.at, png.size, "60000 x 60000 pixels, expected at most");
    unsigned char *frame = memmem(jpeg.at, (size_t)jpeg.size, "\xFF\xC0", 2);
    assert_non_null(frame);
    memcpy(frame + 5, "\xEA\x60\xEA\x60", 4);
    assert_refused(jpeg.at, jpeg.size, "60000 x 60000 pixels");
    put_number(png.at + 16, 8000);
    put_number(png.at + 20, 8000);
    put_number(png.at + 29, checksum(png.at + 12, 17));
    assert_refused(png.at, png.size, "16000000 in all");
}

/* 1 where the red corner of a picture with this orientation is above on the left, 2 above on the right, 3 and 4 below. */
static int red_corner(int orientation, int *width)
{
    unsigned char exif[] =
        "\xFF\xE1\0\x22"
        "Exif\0\0"
        "MM\0*\0\0\0\x08"
        "\0\x01"
        "\1\x12\0\3\0\0\0\1\0\0\0\0"
        "\0\0\0\0";
    bytes file = encoded(true);
    exif[29] = (unsigned char)orientation;
    insert(&file, 2, exif, 36);
    hr_pixels pixels = {0};
    assert_int_equal(hr_jpeg_orientation(file.at, file.size), orientation);
    assert_ok(hr_jpeg_decode(file.at, file.size, &pixels, &err));
    int found = 0;
    for (int corner = 0; corner < 4; corner++) {
        const int x = corner % 2 ? pixels.width - 4 : 3, y = corner / 2 ? pixels.height - 4 : 3;
        if (pixels.bytes[(y * pixels.width + x) * 3] > 128)
            found = corner + 1;
    }
    *width = pixels.width;
    hr_pixels_free(&pixels);
    return found;
}

static void photographs_stand_upright(void **state)
{
    (void)state;
    static const int expected[] = {1, 2, 4, 3, 1, 2, 4, 3}; /* the corners that Exif names row 0, column 0 */
    for (int orientation = 1; orientation <= 8; orientation++) {
        int width;
        assert_int_equal(red_corner(orientation, &width), expected[orientation - 1]);
        assert_int_equal(width, orientation >= 5 ? HEIGHT : WIDTH);
    }
}

static void placeholders_show_any_title(void **state)
{
    (void)state;
    char *svg;
    size_t length;
    assert_ok(
        hr_placeholder_draw("Fast & <b>\"Furious\"</b> in a very long title", 1999, &svg, &length, &err));
    assert_int_equal(strlen(svg), length);
    assert_non_null(
        strstr(svg, "Fast &amp; &lt;b&gt;&quot;Furious&quot;&lt;/b&gt; in a very long title</title>"));
    assert_non_null(strstr(svg, ">1999</text>"));
    assert_null(strstr(svg, "<b>"));
    free(svg);
    assert_ok(hr_placeholder_draw("", 0, &svg, &length, &err));
    free(svg);
    assert_ok(
        hr_placeholder_draw("\xE4\xB8\x83\xE4\xBA\xBA\xE3\x81\xAE\xE4\xBE\x8D\xFF", 0, &svg, &length, &err));
    free(svg);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_foreign_is_passed_on),  cmocka_unit_test(pixels_stay_as_they_are),
        cmocka_unit_test(what_is_no_picture_is_refused), cmocka_unit_test(damaged_pictures_do_no_harm),
        cmocka_unit_test(sides_are_checked_first),       cmocka_unit_test(photographs_stand_upright),
        cmocka_unit_test(placeholders_show_any_title),   cmocka_unit_test(only_pixels_are_unpacked),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
