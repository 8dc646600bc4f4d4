// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "support/opened_data.h"

#include "base/secret.h"

#include <stdio.h>

bool opened_data_open(struct opened_data *data, const char *path, struct error *error)
{
    *data = (struct opened_data){0};
    data_directory_set(&data->directory, path);
    if (!seal_key_read(data->directory.master_key, &data->master_key, error))
        return false;
    data->store = store_open(data->directory.store, error);
    return data->store != NULL;
}

void opened_data_close(struct opened_data *data)
{
    store_close(data->store);
    data_directory_free(&data->directory);
    secret_wipe(&data->master_key, sizeof data->master_key);
}

bool opened_data_new_key(const char *kind, char id[static IDENTIFIER_SIZE], char secret[static IDENTIFIER_SECRET_SIZE],
                         struct error *error)
{
    unsigned char entropy[IDENTIFIER_ENTROPY + IDENTIFIER_SECRET_ENTROPY];
    if (!secret_random(entropy, sizeof entropy))
        return error_set(error, ERROR_INTERNAL, NULL, "the system gives no random numbers");
    identifier_write(kind, entropy, id);
    identifier_write_secret(entropy + IDENTIFIER_ENTROPY, secret);
    return true;
}

int opened_data_finish(const char *program, json_t *answer, struct error *error)
{
    BUFFER_AUTO line = {0};
    if (answer == NULL) {
        (void)fprintf(stderr, "%s: %s\n", program, error->message == NULL ? "no answer" : error->message);
        error_free(error);
        return 1;
    }
    json_write(&line, answer, 0);
    json_decref(answer);
    (void)puts(buffer_text(&line));
    return 0;
}
