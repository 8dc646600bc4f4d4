// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations/sts.h"

json_t *sts_get_caller_identity(const struct operation_call *call, struct error *error)
{
    (void)error;
    const struct store_principal *principal = call->caller->principal;
    // The id of the root is its account's number, which is what AWS answers for it.
    return json_pack("{s:s, s:s, s:s}", "UserId", principal->id, "Account", principal->account, "Arn",
                     call->caller->arn);
}
