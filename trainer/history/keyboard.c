#include "trainer/history/keyboard.h"

#include "io/comm/interrupt.h"

#include <poll.h>
#include <unistd.h>

enum { CONTROL_C = 3 };

void hr_keyboard_begin(hr_keyboard *keyboard)
{
    keyboard->is_terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &keyboard->before) == 0;
    if (!keyboard->is_terminal)
        return;
    hr_interrupt_catch("", "");
    struct termios keys = keyboard->before;
    keys.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSANOW, &keys);
}

int hr_keyboard_wait(const hr_keyboard *keyboard, double seconds)
{
    char key = 0;
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    const int found = poll(&input, keyboard->is_terminal ? 1 : 0, (int)(1e3 * seconds));
    if (keyboard->is_terminal && hr_interrupt_caught() != 0)
        return 'q';
    if (found <= 0)
        return 0;
    if (read(STDIN_FILENO, &key, 1) != 1) /* the terminal is gone */
        return 'q';
    return key == CONTROL_C || key == 'Q' ? 'q' : (unsigned char)key;
}

void hr_keyboard_end(hr_keyboard *keyboard)
{
    if (!keyboard->is_terminal)
        return;
    tcsetattr(STDIN_FILENO, TCSANOW, &keyboard->before);
    hr_interrupt_release();
    keyboard->is_terminal = false;
}
