#include "io/packed/zip_members.h"

#include "io/base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

bool hr_is_zip(const char *file)
{
    char bytes[4] = "";
    FILE *f = fopen(file, "r");
    const bool is = f && fread(bytes, 1, sizeof bytes, f) == sizeof bytes &&
                    (memcmp(bytes, "PK\x03\x04", 4) == 0 || memcmp(bytes, "PK\x05\x06", 4) == 0);
    if (f)
        fclose(f);
    return is;
}

bool hr_zip_of_path(const char *path, size_t *length)
{
    if (access(path, F_OK) == 0)
        return false;
    for (const char *colon = strchr(path, ':'); colon; colon = strchr(colon + 1, ':')) {
        char *file = strndup(path, (size_t)(colon - path));
        const bool is = file && hr_is_zip(file);
        free(file);
        *length = (size_t)(colon - path);
        if (is)
            return true;
    }
    return false;
}

static bool is_file(const char *name)
{
    const size_t length = strlen(name);
    return length > 0 && name[length - 1] != '/' && strncmp(name, "__MACOSX/", 9) != 0 &&
           !strstr(name, ".DS_Store");
}

hr_status hr_zip_members(const char *file, hr_strings *names, hr_error *err)
{
    hr_status status = HR_OK;
    int code = 0;
    zip_error_t reason;
    zip_t *zip = zip_open(file, ZIP_RDONLY, &code);
    zip_error_init_with_code(&reason, code);
    if (!zip)
        HR_TRY(hr_fail(err, code == ZIP_ER_MEMORY ? HR_MEMORY : HR_INPUT,
                       "%s: a zip that cannot be read: %s; it may be cut off", file,
                       zip_error_strerror(&reason)));
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++) {
        const char *name = zip_get_name(zip, (zip_uint64_t)i, 0);
        if (name && is_file(name))
            HR_TRY(hr_strings_append(names, name, (int64_t)strlen(name), err));
    }
done:
    zip_error_fini(&reason);
    if (zip)
        zip_discard(zip);
    return status;
}
