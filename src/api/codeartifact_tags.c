// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** CodeArtifact's table: tags of domains and repositories. */
#include "api/codeartifact_table.h"

LIST_SHAPE(tag_key_list, codeartifact_tag_key, 200);
EMPTY_SHAPE(nothing);

#define RESOURCE_ARN                                                                                                   \
    QUERY_MEMBER("resourceArn", "resourceArn", codeartifact_arn, REQUIRED, "The ARN of the domain or repository.")

static const struct api_member list_tags_members[] = {
    RESOURCE_ARN,
};
STRUCTURE_SHAPE(list_tags_input, list_tags_members);

static const struct api_member list_tags_result[] = {
    BODY_MEMBER("tags", codeartifact_tag_list, OPTIONAL, "The tags: pairs of key and value."),
};
STRUCTURE_SHAPE(list_tags_output, list_tags_result);

const struct api_operation api_codeartifact_list_tags_for_resource = {
    .service = &api_codeartifact,
    .name = "ListTagsForResource",
    .cli_name = "list-tags-for-resource",
    .method = "POST",
    .path = "/v1/tags",
    .input = &list_tags_input,
    .output = &list_tags_output,
    .errors = codeartifact_untag_errors,
    .text = "Lists the tags of a domain or a repository.",
};

static const struct api_member tag_resource_members[] = {
    RESOURCE_ARN,
    BODY_MEMBER("tags", codeartifact_tag_list, REQUIRED, "The tags to add, or whose values to replace."),
};
STRUCTURE_SHAPE(tag_resource_input, tag_resource_members);

const struct api_operation api_codeartifact_tag_resource = {
    .service = &api_codeartifact,
    .name = "TagResource",
    .cli_name = "tag-resource",
    .method = "POST",
    .path = "/v1/tag",
    .input = &tag_resource_input,
    .output = &nothing,
    .errors = codeartifact_tag_errors,
    .text = "Adds tags to a domain or a repository, or replaces their values.",
};

static const struct api_member untag_resource_members[] = {
    RESOURCE_ARN,
    BODY_MEMBER("tagKeys", tag_key_list, REQUIRED, "The keys of the tags to take away."),
};
STRUCTURE_SHAPE(untag_resource_input, untag_resource_members);

const struct api_operation api_codeartifact_untag_resource = {
    .service = &api_codeartifact,
    .name = "UntagResource",
    .cli_name = "untag-resource",
    .method = "POST",
    .path = "/v1/untag",
    .input = &untag_resource_input,
    .output = &nothing,
    .errors = codeartifact_untag_errors,
    .text = "Takes tags away from a domain or a repository.",
};
