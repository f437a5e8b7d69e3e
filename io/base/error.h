/* One status and one message for everything that can fail.
 *
 * A function that can fail returns an hr_status and, when it is not HR_OK, leaves a message in the
 * caller's hr_error: what was found, in which file and line or offset, what was expected, what to do.
 * Nothing below trainer/cli prints an error or exits; trainer/cli prints it once and exits with the
 * status as the exit code. */
#ifndef HR_IO_BASE_ERROR_H
#define HR_IO_BASE_ERROR_H

/* The values are the program's exit codes, an interface: never renumber. */
typedef enum hr_status {
    HR_OK = 0,
    HR_USAGE = 2,   /* an option or argument is wrong, or two do not fit together */
    HR_INPUT = 3,   /* a file's content is wrong, truncated, or belongs to something else */
    HR_IO = 4,      /* the system refused: no such file, no permission, disk full */
    HR_MEMORY = 5,  /* out of memory, or a size beyond what an index can count */
    HR_COMM = 6,    /* another rank is gone or does not answer */
    HR_STOPPED = 75 /* asked to end by a signal: a checkpoint was written, to be resumed (EX_TEMPFAIL) */
} hr_status;

enum { HR_ERROR_LENGTH = 1024 };

/* The caller owns it; an empty text means no error yet. */
typedef struct hr_error {
    char text[HR_ERROR_LENGTH];
} hr_error;

/* Formats the message into err (cut at HR_ERROR_LENGTH) and returns `status`, so that a caller writes
 * `return hr_fail(err, HR_INPUT, "%s:%d: …", path, line);`. */
hr_status hr_fail(hr_error *err, hr_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "path: " before the message of a status other than HR_OK, where what failed did not know the file; returns the
 * status. */
hr_status hr_fail_in(hr_error *err, hr_status status, const char *path);

/* Evaluates `call`; if it failed, keeps its status in the local variable `status` and jumps to the
 * label `done:`, where the function frees what it holds and returns `status`. */
#define HR_TRY(call)                                                                                         \
    do {                                                                                                     \
        status = (call);                                                                                     \
        if (status != HR_OK)                                                                                 \
            goto done;                                                                                       \
    } while (0)

#endif
