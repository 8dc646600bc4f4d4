// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/terminal.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DEFAULT_WIDTH 80

struct output_style terminal_style(const char *color, bool paged)
{
    struct winsize size;
    bool terminal = isatty(STDOUT_FILENO) == 1;
    struct output_style style = {.width = DEFAULT_WIDTH, .resets = !paged};
    // A terminal may say that it has no columns; then everything is too wide for it, as for the AWS CLI.
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        style.width = size.ws_col;
    style.color = color == NULL || strcmp(color, "auto") == 0 ? terminal : strcmp(color, "on") == 0;
    return style;
}

const char *terminal_trailer(const struct output_style *style)
{
    return style->format == OUTPUT_TABLE && style->color && isatty(STDOUT_FILENO) == 1 ? "\033[0m" : "";
}

const char *terminal_pager(const char *command, struct arena *arena)
{
    return command[0] != '\0' && isatty(STDOUT_FILENO) == 1 ? arena_copy(arena, command, strlen(command)) : NULL;
}
