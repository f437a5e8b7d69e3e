/* Posters are files of one folder. Each is decoded and encoded once, until its file is another one; what is kept of posters is bounded. */
#include "tests/support/cmocka_tests.h"
#include "tests/support/folder.h"
#include "trainer/serve/pictures/jpeg.h"
#include "trainer/serve/pictures/png.h"
#include "trainer/serve/pictures/posters.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static hr_error err;

static void write_poster(const char *name, bool jpeg)
{
    unsigned char *bytes = NULL;
    int64_t size = 0;
    hr_pixels pixels = {0};
    assert_ok(hr_pixels_create(&pixels, 24, 16, 3, &err));
    memset(pixels.bytes, 100, 24 * 16 * 3);
    assert_ok((jpeg ? hr_jpeg_encode : hr_png_encode)(&pixels, &bytes, &size, &err));
    FILE *out = fopen(in_folder(name), "wb");
    assert_non_null(out);
    fwrite(bytes, 1, (size_t)size, out);
    assert_int_equal(fclose(out), 0);
    free(bytes);
    hr_pixels_free(&pixels);
}

static bool has_poster(hr_posters *posters, const char *movie)
{
    hr_kept_picture picture;
    assert_ok(hr_posters_read(posters, movie, &picture, &err));
    free(picture.bytes);
    return picture.bytes != NULL;
}

static void posters_are_files_of_one_folder(void **state)
{
    (void)state;
    static hr_posters posters;
    hr_kept_picture picture;
    write_poster("31.jpg", true);
    assert_int_equal(symlink("31.jpg", in_folder("32.jpg")), 0);
    write_file("33.png", "no picture");
    assert_false(has_poster(&posters, "31"));
    assert_ok(hr_posters_open(&posters, in_folder(""), &err));
    assert_true(has_poster(&posters, "31"));
    const char *const none[] = {"30", "32", "../31", "./31", "", ".", "/etc/passwd"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_false(has_poster(&posters, none[i]));
    assert_fails(hr_posters_read(&posters, "33", &picture, &err), HR_INPUT, "33.png: the picture is neither");
    hr_posters_close(&posters);
    assert_fails(hr_posters_open(&posters, in_folder("nowhere"), &err), HR_IO, "expected a folder");
}

/* Made once of a file, until the file is another one; what is no picture is said once. */
static void posters_are_made_once(void **state)
{
    (void)state;
    static hr_posters posters;
    hr_kept_picture first, again;
    write_poster("41.jpg", true);
    write_file("42.jpg", "no picture");
    assert_ok(hr_posters_open(&posters, in_folder(""), &err));
    assert_ok(hr_posters_read(&posters, "41", &first, &err));
    assert_ok(hr_posters_read(&posters, "41", &again, &err));
    assert_int_equal(posters.cache.count, 1);
    assert_int_equal(again.size, first.size);
    assert_memory_equal(again.bytes, first.bytes, (size_t)first.size);
    free(first.bytes);
    free(again.bytes);
    write_poster("41.jpg", false);
    assert_ok(hr_posters_read(&posters, "41", &again, &err));
    assert_string_equal(again.type, "image/png");
    free(again.bytes);
    assert_fails(hr_posters_read(&posters, "42", &again, &err), HR_INPUT, "42.jpg");
    assert_ok(hr_posters_read(&posters, "42", &again, &err));
    assert_null(again.bytes);
    hr_posters_close(&posters);
}

static void the_cache_is_bounded(void **state)
{
    (void)state;
    static hr_poster_cache cache;
    static unsigned char zeros[HR_PICTURE_BYTES];
    bool found;
    hr_poster_cache_begin(&cache);
    for (int i = 0; i < 20; i++) {
        hr_kept_picture picture = {.type = "image/png", .bytes = zeros, .size = HR_PICTURE_BYTES};
        hr_poster_cache_keep(&cache, &(struct stat){.st_ino = (ino_t)i}, &picture);
        assert_true(cache.bytes <= HR_KEPT_POSTER_BYTES);
    }
    for (int i = 0; i < 3000; i++)
        hr_poster_cache_keep(&cache, &(struct stat){.st_ino = (ino_t)(100 + i)}, &(hr_kept_picture){0});
    assert_int_equal(cache.count, HR_KEPT_POSTERS);
    for (int i = 0; i < 3100; i += 50) {
        hr_kept_picture picture;
        assert_ok(hr_poster_cache_find(&cache, &(struct stat){.st_ino = (ino_t)i}, &found, &picture, &err));
        assert_int_equal(found, i >= 3100 - HR_KEPT_POSTERS);
    }
    hr_poster_cache_end(&cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(posters_are_files_of_one_folder),
        cmocka_unit_test(posters_are_made_once),
        cmocka_unit_test(the_cache_is_bounded),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
