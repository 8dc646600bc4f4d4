// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The record of issued tokens, written behind the requests: each serving thread has a lane of its own, and one thread
 * takes what is in all lanes every RECORDER_INTERVAL and commits it as one transaction. So no request waits for a disk
 * or for another thread's request; what the process has not committed when it is killed is lost, a tenth of a second.
 * When a lane is full because nothing can be written, no more tokens are given out: who asks for a record wants it
 * whole.
 */
#ifndef JETON_SERVICE_AUDIT_RECORDER_H
#define JETON_SERVICE_AUDIT_RECORDER_H

#include "base/error.h"
#include "service/store/issued.h"

#include <stdbool.h>

/** Milliseconds between two batches. */
#define RECORDER_INTERVAL 100
/** Records that a lane holds; a thread at its fastest issues a few thousand in an interval. */
#define RECORDER_LANE_MAX ((size_t)16384)

/** Shared by all threads of a site. */
struct recorder;
/** Of one thread, and the writer. */
struct recorder_lane;

/**
 * Opens the file, which is made when it is not there, and starts the writer.
 * @return owned; NULL with the error.
 */
struct recorder *recorder_new(const char *path, struct error *error);
/** Writes what is left, and frees; no thread may use a lane any more. NULL is fine. */
void recorder_free(struct recorder *recorder);

/** A lane for a thread, which the recorder owns; NULL for a recorder that is NULL. */
struct recorder_lane *recorder_join(struct recorder *recorder);

/**
 * Notes a token. Everything is copied.
 * @param lane  NULL: tokens are not recorded.
 * @param error ERROR_CONFIGURATION with the neutral code STORE_BUSY when the lane is full.
 */
bool recorder_note(struct recorder_lane *lane, const struct store_issued *item, struct error *error);

#endif
