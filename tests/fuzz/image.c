#include "tests/fuzz/image.h"

#include "io/checkpoint/checkpoint.h"
#include "tests/support/root_attributes.h"

#include <sys/mman.h>
#include <unistd.h>

static herr_t note_array(hid_t object, const char *name, const H5O_info_t *info, void *context)
{
    (void)object;
    image *s = context;
    if (info->type == H5O_TYPE_DATASET && s->arrays < IMAGE_ARRAYS)
        snprintf(s->array[s->arrays++], sizeof *s->array, "%s", name);
    return 0;
}

void image_read(image *sound, const char *folder, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder ? folder : ".", name);
    FILE *in = fopen(path, "rb");
    if (!in) {
        fprintf(stderr, "HALOREC_FUZZ_FILES: no %s\n", path);
        exit(1);
    }
    fseek(in, 0, SEEK_END);
    sound->size = (size_t)ftell(in);
    rewind(in);
    sound->bytes = malloc(sound->size);
    sound->size = fread(sound->bytes, 1, sound->size, in);
    fclose(in);
    const hid_t file = image_open(sound);
    H5Ovisit_by_name2(file, ".", H5_INDEX_NAME, H5_ITER_INC, note_array, sound, H5O_INFO_BASIC, H5P_DEFAULT);
    H5Fclose(file);
}

hid_t image_open(const image *sound)
{
    const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    H5Pset_fapl_core(access, 1 << 16, false);
    H5Pset_file_image(access, sound->bytes, sound->size);
    const hid_t file = H5Fopen("image", H5F_ACC_RDWR, access);
    H5Pclose(access);
    need(file >= 0, "a sound file opens");
    return file;
}

void image_set_text(hid_t file, const char *name, const char *text)
{
    const hid_t space = H5Screate(H5S_SCALAR), string = H5Tcopy(H5T_C_S1);
    H5Tset_size(string, strlen(text) + 1);
    H5Tset_cset(string, H5T_CSET_UTF8);
    H5Adelete(file, name);
    const hid_t made = H5Acreate2(file, name, string, space, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(made, string, text);
    H5Aclose(made);
    H5Tclose(string);
    H5Sclose(space);
}

void image_sum_attributes(hid_t file)
{
    static char run[HR_RUN_LENGTH];
    hr_checkpoint_summary s = {.users = number_of(file, "users"),
                               .movies = number_of(file, "movies"),
                               .dim = number_of(file, "dim"),
                               .step = number_of(file, "step"),
                               .arrays = number_of(file, "arrays")};
    text_of(file, "fingerprint", s.fingerprint, sizeof s.fingerprint);
    text_of(file, "model", s.model, sizeof s.model);
    text_of(file, "run", run, sizeof run);
    const int64_t sum = hr_checkpoint_sum_attributes(&s, run);
    const hid_t attribute = H5Aopen(file, "checksum", H5P_DEFAULT);
    H5Awrite(attribute, H5T_NATIVE_INT64, &sum);
    H5Aclose(attribute);
}

int image_close(hid_t file, char path[64])
{
    H5Fflush(file, H5F_SCOPE_GLOBAL);
    const ssize_t length = H5Fget_file_image(file, NULL, 0);
    char *bytes = malloc(length > 0 ? (size_t)length : 1);
    const int descriptor = memfd_create("fuzz", 0);
    need(length > 0 && H5Fget_file_image(file, bytes, (size_t)length) == length &&
             write(descriptor, bytes, (size_t)length) == length,
         "an image is a file in memory");
    H5Fclose(file);
    free(bytes);
    snprintf(path, 64, "/proc/self/fd/%d", descriptor);
    return descriptor;
}
