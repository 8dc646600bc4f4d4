// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "sigv4/parts.h"

#include "base/text.h"

static void append_token(const struct sigv4_signer *signer, struct buffer *query)
{
    if (signer->session_token.size == 0)
        return;
    buffer_append_text(query, "&X-Amz-Security-Token=");
    text_percent_encode(query, signer->session_token, "");
}

void sigv4_presign(struct digest *digest, const struct sigv4_signer *signer, const struct sigv4_request *request,
                   int64_t expires, struct arena *arena, struct sigv4_signature *out)
{
    *out = (struct sigv4_signature){0};
    timestamp_format_amz(signer->now, out->amz_date);
    out->payload_hash = sigv4_signer_payload(signer, request, arena);
    size_t name_count;
    struct slice *names = sigv4_names_to_sign(request, arena, &name_count);
    BUFFER_AUTO query = {0};
    buffer_append_slice(&query, request->query);
    if (query.size > 0)
        buffer_append_char(&query, '&');
    buffer_append_text(&query, "X-Amz-Algorithm=" SIGV4_ALGORITHM "&X-Amz-Credential=");
    const char *credential =
        arena_format(arena, "%.*s/%.8s/%.*s/%.*s/" SIGV4_TERMINATOR, SLICE_ARGS(signer->access_key_id), out->amz_date,
                     SLICE_ARGS(signer->region), SLICE_ARGS(signer->service));
    text_percent_encode(&query, slice_of(credential), "");
    buffer_append_format(&query, "&X-Amz-Date=%s&X-Amz-SignedHeaders=", out->amz_date);
    text_percent_encode(&query, sigv4_join_names(names, name_count, arena), "");
    buffer_append_format(&query, "&X-Amz-Expires=%lld", (long long)expires);
    if (!signer->token_after_signing)
        append_token(signer, &query);
    struct sigv4_request full = *request;
    full.query = buffer_slice(&query);
    sigv4_sign_stages(digest, signer, &full, names, name_count, arena, out);
    if (signer->token_after_signing)
        append_token(signer, &query);
    buffer_append_format(&query, "&X-Amz-Signature=%s", out->signature);
    out->query = (struct slice){arena_copy(arena, query.data, query.size), query.size};
}
