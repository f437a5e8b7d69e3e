/* A folder for one test's files. */
#ifndef HR_TESTS_SUPPORT_FOLDER_H
#define HR_TESTS_SUPPORT_FOLDER_H

/* cmocka group fixtures: make the folder, remove it with all that is in it. */
int make_folder(void **state);
int remove_folder(void **state);

/* Removes a folder with all that is in it. */
int remove_tree(const char *path);

/* "folder/name", in a buffer that lasts until the fourth next call. */
const char *in_folder(const char *name);

/* Writes a text file into the folder and returns its path. */
const char *write_file(const char *name, const char *text);

/* Cuts a file off in the middle. */
void cut_file(const char *path);

#endif
