/* halorec-man FOLDER: writes the man pages of halorec and of its commands. Part of the build, not installed. */
#include "trainer/cli/command_help.h"

#include <errno.h>
#include <string.h>

/* A page of a command, or of the program where that is NULL. Returns an exit code. */
static int write_page(const char *folder, const hr_command *command)
{
    char path[HR_TEXT_LENGTH];
    snprintf(path, sizeof path, "%s/halorec%s%s.1", folder, command ? "-" : "", command ? command->name : "");
    FILE *file = fopen(path, "w");
    bool written = false;
    if (file) {
        hr_help help = hr_help_man(file);
        if (command)
            hr_command_help(&help, command);
        else
            hr_program_help(&help);
        written = !ferror(file);
        written &= fclose(file) == 0;
    }
    if (!written)
        fprintf(stderr, "halorec-man: %s: cannot be written: %s\n", path, strerror(errno));
    return written ? HR_OK : HR_IO;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: halorec-man FOLDER\n", stderr);
        return HR_USAGE;
    }
    int code = write_page(argv[1], NULL);
    for (int i = 0; hr_commands[i] && code == HR_OK; i++)
        code = write_page(argv[1], hr_commands[i]);
    return code;
}
