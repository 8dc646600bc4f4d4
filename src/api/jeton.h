// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The table of what jetond offers beyond AWS, as a service of its own; the rest of the program finds it through api.h.
 */
#ifndef JETON_API_JETON_H
#define JETON_API_JETON_H

#include "api/api.h"

/** Served, and signed for as "jeton"; no command of the client. */
extern const struct api_service api_jeton;

#endif
