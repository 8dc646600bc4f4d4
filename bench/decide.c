// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/*
 * How long one decision takes, by how many statements the caller has and by how far each goes before it is out:
 * another action, another resource, a condition that does not hold, a variable in the resource. The last statement
 * is the one that allows. Prints "NAME STATEMENTS NANOSECONDS": processor time, so that what else the machine does
 * counts less, and the median of many rounds. With an argument: of the shape of that name alone, for a profiler.
 */
#include "service/policy/policy.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define STATEMENTS_A_POLICY ((size_t)20)
#define ROUNDS ((size_t)101)
/** About what a round decides in statements. */
#define ROUND_STATEMENTS ((size_t)200000)

static const struct shape {
    const char *name;
    const char *statement; // has one "%zu", for a number
} shapes[] = {
    {"another-action",
     "{\"Effect\":\"Allow\",\"Action\":[\"codeartifact:Describe*\",\"codeartifact:ListPackages\",\"s3:GetObject%zu\"],"
     "\"Resource\":[\"arn:aws:codeartifact:us-west-2:123456789012:domain/team\",\"arn:aws:s3:::bucket/*\"]}"},
    {"another-resource", "{\"Effect\":\"Deny\",\"Action\":[\"codeartifact:Get*\",\"codeartifact:ListPackages\"],"
                         "\"Resource\":[\"arn:aws:codeartifact:us-west-2:123456789012:domain/team-%zu\","
                         "\"arn:aws:codeartifact:*:123456789012:repository/*\"]}"},
    {"a-condition",
     "{\"Effect\":\"Deny\",\"Action\":\"codeartifact:*\",\"Resource\":\"*\",\"Condition\":{"
     "\"StringEquals\":{\"aws:PrincipalTag/team\":[\"a%zu\",\"b\"]},\"IpAddress\":{\"aws:SourceIp\":\"10.0.0.0/8\"}}}"},
    {"a-variable", "{\"Effect\":\"Deny\",\"Action\":\"codeartifact:*\","
                   "\"Resource\":\"arn:aws:codeartifact:*:*:domain/${aws:username}-%zu\"}"},
};

static const char last[] = "{\"Effect\":\"Allow\",\"Action\":\"codeartifact:GetAuthorizationToken\",\"Resource\":"
                           "\"arn:aws:codeartifact:us-west-2:123456789012:domain/my-domain\"}";

static int64_t now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
}

/** A document of COUNT statements, the last of which allows when IS_LAST. */
static struct policy *make_policy(const struct shape *shape, size_t first, size_t count, bool is_last)
{
    BUFFER_AUTO document = {0};
    ERROR_AUTO error = {0};
    buffer_append_text(&document, "{\"Version\":\"2012-10-17\",\"Statement\":[");
    for (size_t i = 0; i < count; i++) {
        if (is_last && i + 1 == count) {
            buffer_append_text(&document, last);
            continue;
        }
        const char *number = strstr(shape->statement, "%zu");
        buffer_append(&document, shape->statement, (size_t)(number - shape->statement));
        buffer_append_format(&document, "%zu%s%s", first + i, number + 3, i + 1 == count ? "" : ",");
    }
    buffer_append_text(&document, "]}");
    struct policy *policy = policy_parse(POLICY_IDENTITY, buffer_slice(&document), POLICY_SIZE_MAX, &error);
    if (policy == NULL) {
        (void)fprintf(stderr, "decide: %s\n", error.message);
        exit(1);
    }
    return policy;
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

/** Nanoseconds a decision: the median of the rounds. */
static double measure(const struct policy_sets *sets, struct policy_request *request, size_t statements)
{
    static double rounds[ROUNDS];
    size_t decisions = ROUND_STATEMENTS / statements + 1;
    for (size_t i = 0; i < ROUNDS; i++) {
        int64_t start = now();
        for (size_t j = 0; j < decisions; j++) {
            if (policy_decide(sets, request).outcome != POLICY_ALLOWED) {
                (void)fprintf(stderr, "decide: not allowed\n");
                exit(1);
            }
            arena_reset(request->arena);
        }
        rounds[i] = (double)(now() - start) / (double)decisions;
    }
    qsort(rounds, ROUNDS, sizeof rounds[0], compare);
    return rounds[ROUNDS / 2];
}

static void run(const struct shape *shape, size_t statements)
{
    static const struct slice name = {"somebody", 8};
    static const struct slice address = {"192.0.2.1", 9};
    static const struct slice team = {"b", 1};
    static const struct policy_entry entries[] = {{{"aws:username", 12}, {&name, 1}},
                                                  {{"aws:SourceIp", 12}, {&address, 1}},
                                                  {{"aws:PrincipalTag/team", 21}, {&team, 1}}};
    struct policy_context context = {entries, sizeof entries / sizeof entries[0]};
    const struct policy_principal principal = {.kind = POLICY_PRINCIPAL_USER,
                                               .account = SLICE("123456789012"),
                                               .arn = SLICE("arn:aws:iam::123456789012:user/somebody")};
    struct policy_request request = {
        .action = SLICE("codeartifact:GetAuthorizationToken"),
        .resource = SLICE("arn:aws:codeartifact:us-west-2:123456789012:domain/my-domain"),
        .principal = &principal,
        .lookup = policy_context_lookup,
        .lookup_data = &context,
        .arena = arena_new(),
    };
    size_t count = (statements + STATEMENTS_A_POLICY - 1) / STATEMENTS_A_POLICY;
    struct policy **policies = memory_new(count, sizeof *policies);
    for (size_t i = 0; i < count; i++) {
        size_t first = i * STATEMENTS_A_POLICY;
        size_t size = statements - first < STATEMENTS_A_POLICY ? statements - first : STATEMENTS_A_POLICY;
        policies[i] = make_policy(shape, first, size, i + 1 == count);
    }
    const struct policy_sets sets = {.of = {[POLICY_IDENTITY] = {(const struct policy *const *)policies, count}}};
    (void)printf("%s %zu %.0f\n", shape->name, statements, measure(&sets, &request, statements));
    for (size_t i = 0; i < count; i++)
        policy_free(policies[i]);
    free(policies);
    arena_free(request.arena);
}

int main(int argc, char **argv)
{
    static const size_t statements[] = {1, 10, 100, 200, 1000};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        if (argc > 1 && strcmp(argv[1], shapes[i].name) != 0)
            continue;
        for (size_t j = 0; j < sizeof statements / sizeof statements[0]; j++)
            run(&shapes[i], statements[j]);
    }
    return 0;
}
