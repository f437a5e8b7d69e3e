#include "tests/fuzz/made_folder.h"

#include <ctype.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>
#include <zlib.h>

enum { LONGEST_NAME = 64 };

static char folder_path[128];

static void remove_folder(void)
{
    rmdir(folder_path);
}

const char *made_folder_path(void)
{
    const char *parent = getenv("HALOREC_FUZZ_FOLDER");
    if (*folder_path)
        return folder_path;
    snprintf(folder_path, sizeof folder_path, "%.90s/%ld", parent ? parent : "/dev/shm", (long)getpid());
    need(mkdir(folder_path, 0700) == 0, "a folder can be made");
    atexit(remove_folder);
    return folder_path;
}

/* Letters, digits and marks, at most one folder, and no name that leads out of it. */
static bool is_name(const char *name)
{
    int folders = 0;
    for (const char *at = name; *at; at++) {
        if (!isalnum((unsigned char)*at) && !strchr("._-/: ", *at))
            return false;
        if ((*at == '.' || *at == '/') && (at == name || at[-1] == '/'))
            return false;
        folders += *at == '/';
    }
    return *name && name[strlen(name) - 1] != '/' && folders <= 1;
}

static bool ends_in(const char *text, const char *end)
{
    const size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static const char *note(made_folder *folder, const char *name)
{
    char path[MADE_PATH], parent[MADE_PATH];
    snprintf(path, sizeof path, "%s/%s", folder_path, name);
    for (int i = 0; i < folder->files; i++)
        if (strcmp(folder->path[i], path) == 0)
            return folder->path[i];
    if (folder->files == MADE_FILES)
        return NULL;
    const char *slash = strchr(name, '/');
    snprintf(parent, sizeof parent, "%s/%.*s", folder_path, slash ? (int)(slash - name) : 0, name);
    if (slash)
        mkdir(parent, 0700);
    strcpy(folder->path[folder->files], path);
    return folder->path[folder->files++];
}

static void add_member(const char *path, const char *member, const uint8_t *content, size_t size)
{
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_CREATE, &code);
    if (!zip)
        return;
    zip_source_t *source = zip_source_buffer(zip, content, size, 0);
    const zip_int64_t index = zip_file_add(zip, member, source, 0);
    if (index < 0)
        zip_source_free(source);
    else
        zip_set_file_compression(zip, (zip_uint64_t)index, size % 2 ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 1);
    if (zip_close(zip) != 0)
        zip_discard(zip);
}

static void write_file(const char *path, const uint8_t *content, size_t size)
{
    const bool packed = ends_in(path, ".gz") && !(size > 1 && content[0] == 0x1f && content[1] == 0x8b);
    gzFile file = gzopen(path, packed ? "wb1" : "wbT");
    if (!file)
        return;
    gzwrite(file, content, (unsigned)size);
    gzclose(file);
}

static void make_file(made_folder *folder, char *name, const uint8_t *content, size_t size)
{
    char *member = strstr(name, "zip:");
    member = member ? member : strstr(name, "npz:");
    if (member)
        member[3] = '\0';
    if (!is_name(name) || (member && !is_name(member + 4)))
        return;
    const char *path = note(folder, name);
    if (path && member)
        add_member(path, member + 4, content, size);
    else if (path)
        write_file(path, content, size);
}

/* The next line that begins with "@@", or the end. */
static const uint8_t *next_head(const uint8_t *from, const uint8_t *end)
{
    for (const uint8_t *at = from; at + 2 < end; at++) {
        if (at[0] == '@' && at[1] == '@' && (at == from || at[-1] == '\n'))
            return at;
        at = memchr(at, '\n', (size_t)(end - at));
        if (!at)
            return end;
    }
    return end;
}

void made_folder_fill(made_folder *folder, input in)
{
    made_folder_path();
    folder->files = 0;
    for (const uint8_t *head = next_head(in.at, in.end); head < in.end;) {
        char name[LONGEST_NAME] = "";
        const uint8_t *line = head + 2, *content = memchr(line, '\n', (size_t)(in.end - line));
        content = content ? content + 1 : in.end;
        head = next_head(content, in.end);
        if (content - line > 1 && content - line <= LONGEST_NAME)
            memcpy(name, line, (size_t)(content - line - 1));
        make_file(folder, name, content, (size_t)(head - content));
    }
}

void made_folder_empty(made_folder *folder)
{
    for (int i = 0; i < folder->files; i++) {
        char *path = folder->path[i], *slash = strrchr(path, '/');
        unlink(path);
        *slash = '\0';
        if (strcmp(path, folder_path) != 0)
            rmdir(path);
    }
    folder->files = 0;
}
