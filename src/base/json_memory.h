// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** jansson's memory, wiped when it is given back: results hold tokens. */
#ifndef JETON_BASE_JSON_MEMORY_H
#define JETON_BASE_JSON_MEMORY_H

/** Makes jansson wipe what it frees, in the whole process; to be called before any other use of it. */
void json_memory_install(void);

#endif
