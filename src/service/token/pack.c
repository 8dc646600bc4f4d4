// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/token/pack.h"

#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

/** What stands before packed claims; claims begin with a brace. Another dictionary would be another mark. */
#define MARK 'D'
/** Raw deflate, with a window that holds the dictionary and all claims. */
#define WINDOW (-15)
#define MEMORY_LEVEL 8

/**
 * What is likeliest stands last: it is the shortest to refer to. Policies stand in claims as texts, with their quotes
 * escaped. Tokens of older services refer to it, so it never changes.
 */
static const char dictionary[] =
    "aws:ResourceTag/\\\":\\\"aws:PrincipalTag/\\\":\\\"aws:RequestTag/"
    "\\\":\\\"aws:SourceIp\\\":\\\"IpAddress\\\":{\\\""
    "aws:SecureTransport\\\":\\\"true\\\"Bool\\\":{\\\"DateLessThan\\\":{\\\"aws:CurrentTime\\\":\\\"ArnLike\\\":{\\\""
    "ForAnyValue:StringLike\\\":{\\\"ForAllValues:StringNotEquals\\\":{\\\"NotAction\\\":\\\"NotResource\\\":\\\""
    "StringLike\\\":{\\\"StringEquals\\\":{\\\"sts:AWSServiceName\\\":\\\"codeartifact.amazonaws.com\\\"}}"
    "\\\"sts:AssumeRole\\\",\\\"sts:TagSession\\\",\\\"sts:*\\\",\\\"iam:\\\"s3:\\\"kms:\\\"logs:\\\""
    "\\\"codeartifact:AssociateWithDownstreamRepository\\\",\\\"codeartifact:CopyPackageVersions\\\","
    "\\\"codeartifact:CreateRepository\\\",\\\"codeartifact:DeletePackageVersions\\\",\\\"codeartifact:"
    "DescribeDomain\\\","
    "\\\"codeartifact:DescribePackageVersion\\\",\\\"codeartifact:DescribeRepository\\\","
    "\\\"codeartifact:DisposePackageVersions\\\",\\\"codeartifact:GetPackageVersionAsset\\\","
    "\\\"codeartifact:GetRepositoryEndpoint\\\",\\\"codeartifact:ListPackageVersions\\\","
    "\\\"codeartifact:ListPackages\\\",\\\"codeartifact:ListRepositoriesInDomain\\\","
    "\\\"codeartifact:PublishPackageVersion\\\",\\\"codeartifact:PutPackageMetadata\\\",\\\"codeartifact:Describe*\\\","
    "\\\"codeartifact:Get*\\\",\\\"codeartifact:List*\\\",\\\"codeartifact:*\\\",\\\"codeartifact:"
    "ReadFromRepository\\\","
    "\\\"codeartifact:GetAuthorizationToken\\\",\\\"sts:GetServiceBearerToken\\\"],\\\"Condition\\\":{\\\""
    "\\\"arn:aws:codeartifact:us-east-1:123456789012:package/"
    "\\\"arn:aws:codeartifact:eu-west-1:123456789012:repository/"
    "\\\"arn:aws:codeartifact:us-west-2:123456789012:domain/"
    "\\\"]},{\\\"Sid\\\":\\\"Effect\\\":\\\"Deny\\\",\\\"Effect\\\""
    ":\\\"Allow\\\",\\\"Action\\\":[\\\"\\\"Resource\\\":[\\\"\\\"Resource\\\":\\\"*\\\"}]}\",\"arns\":[\"arn:aws:iam::"
    "aws:policy/"
    "\",\"arn:aws:iam::123456789012:policy/"
    "\"],\"tags\":{\"team\":\"project\":\"environment\":\"production\",\"repository\":"
    "\"branch\":\"refs/heads/main\",\"ttags\":{\"lim\":\"read repository:\",\"lim\":\"policy:\",\"src\":\""
    "\",\"idp\":\"arn:aws:iam::123456789012:oidc-provider/"
    "token.actions.githubusercontent.com\",\"pol\":\"{\\\"Version\\\":"
    "\\\"2012-10-17\\\",\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"{\"typ\":\"authorization\","
    "\"iat\":17,\"exp\":17,\"jti\":\",\"sub\":\"AIDA\",\"sub\":\"AROA\",\"acc\":\"123456789012\",\"dom\":\""
    "arn:aws:codeartifact:us-east-1:123456789012:domain/\",\"sit\":17";

static const unsigned char *dictionary_bytes(void)
{
    return (const unsigned char *)dictionary;
}
#define DICTIONARY_SIZE ((unsigned)(sizeof dictionary - 1))

bool pack_is_packed(struct slice content)
{
    return content.size > 0 && content.data[0] == MARK;
}

/** zlib takes what it reads without const, and does not change it. */
static unsigned char *input_of(struct slice text)
{
    return (unsigned char *)(uintptr_t)text.data;
}

bool pack_claims(struct slice claims, struct buffer *out)
{
    z_stream stream = {.next_in = input_of(claims), .avail_in = (unsigned)claims.size};
    if (claims.size > PACK_SIZE_MAX)
        return false;
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, WINDOW, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        abort(); // out of memory, as elsewhere
    size_t room = deflateBound(&stream, claims.size);
    buffer_append_char(out, MARK);
    buffer_reserve(out, room);
    stream.next_out = (unsigned char *)out->data + out->size;
    stream.avail_out = (unsigned)room;
    bool packed = deflateSetDictionary(&stream, dictionary_bytes(), DICTIONARY_SIZE) == Z_OK &&
                  deflate(&stream, Z_FINISH) == Z_STREAM_END;
    (void)deflateEnd(&stream);
    if (!packed)
        abort(); // it cannot fail with that much room
    out->size += stream.total_out;
    out->data[out->size] = '\0';
    return true;
}

static bool inflate_all(struct slice packed, unsigned char *out, size_t *size)
{
    z_stream stream = {.next_in = input_of(packed),
                       .avail_in = (unsigned)packed.size,
                       .next_out = out,
                       .avail_out = (unsigned)PACK_SIZE_MAX};
    if (inflateInit2(&stream, WINDOW) != Z_OK)
        abort(); // out of memory
    bool whole = inflateSetDictionary(&stream, dictionary_bytes(), DICTIONARY_SIZE) == Z_OK &&
                 inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0;
    *size = stream.total_out;
    (void)inflateEnd(&stream);
    return whole;
}

bool pack_open_claims(struct slice content, struct arena *arena, struct slice *out, struct error *error)
{
    unsigned char *room = arena_allocate(arena, PACK_SIZE_MAX, 1);
    size_t size = 0;
    if (!inflate_all(slice_part(content, 1, content.size), room, &size))
        return error_set(error, ERROR_PARAMETER, "malformed", "The token's claims cannot be unpacked.");
    *out = (struct slice){(const char *)room, size};
    return true;
}
