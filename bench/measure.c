// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/*
 * Runs a command once and prints "MICROSECONDS KIBIBYTES EXIT-CODE": from fork to reaped, and its peak memory.
 * A small program of its own, because the kernel counts into a process's peak what its parent held when it forked.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

/** The child: standard output to a file, standard input from one, then the command. */
static _Noreturn void become(const char *output, const char *input, char **command)
{
    int file = open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    int read = open(input, O_RDONLY | O_CLOEXEC);
    if (file >= 0 && read >= 0 && dup2(read, STDIN_FILENO) >= 0 && dup2(file, STDOUT_FILENO) >= 0)
        execv(command[0], command);
    perror(command[0]);
    _exit(127);
}

int main(int argc, char **argv)
{
    bool fed = argc > 3 && strcmp(argv[2], "-i") == 0;
    if (argc < (fed ? 5 : 3)) {
        (void)fprintf(stderr, "usage: measure OUTPUT-FILE [-i INPUT-FILE] PROGRAM [ARGUMENT...]\n");
        return 2;
    }
    int64_t start = now();
    pid_t child = fork();
    if (child < 0) {
        perror("fork");
        return 1;
    }
    if (child == 0)
        become(argv[1], fed ? argv[3] : "/dev/null", argv + (fed ? 4 : 2));
    int status;
    struct rusage usage;
    if (wait4(child, &status, 0, &usage) != child) {
        perror("wait4");
        return 1;
    }
    int64_t micros = now() - start;
    (void)printf("%lld %ld %d\n", (long long)micros, usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128);
    return 0;
}
