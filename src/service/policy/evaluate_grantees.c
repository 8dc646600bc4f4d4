// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Whom a statement is for. Source: "AWS JSON policy elements: Principal" and "NotPrincipal" (IAM User Guide). */
#include "service/policy/evaluate.h"

/** Who has an account and signs; the others only show a token, or are a service. */
static bool is_in_account(const struct policy_principal *principal)
{
    return principal->kind == POLICY_PRINCIPAL_ROOT || principal->kind == POLICY_PRINCIPAL_USER ||
           principal->kind == POLICY_PRINCIPAL_SESSION;
}

static bool is_own(struct slice named, struct slice own)
{
    return own.size > 0 && slice_equal(named, own);
}

/** What the entity is called by: its own ARN, or that of its role; or its id. */
static enum evaluate_grant match_entity(const struct policy_grantee *grantee, const struct policy_principal *principal)
{
    bool is_session = principal->kind == POLICY_PRINCIPAL_SESSION;
    if (!is_in_account(principal))
        return EVALUATE_NOBODY;
    if (grantee->kind == POLICY_GRANTEE_ARN && is_own(grantee->text, principal->arn))
        return EVALUATE_DIRECT;
    if (grantee->kind == POLICY_GRANTEE_ARN && is_own(grantee->text, principal->entity_arn))
        return EVALUATE_ROLE;
    if (grantee->kind == POLICY_GRANTEE_ID && is_own(grantee->text, principal->entity_id))
        return is_session ? EVALUATE_ROLE : EVALUATE_DIRECT;
    return EVALUATE_NOBODY;
}

static enum evaluate_grant match_account(const struct policy_grantee *grantee, const struct policy_principal *principal)
{
    if (!is_in_account(principal) || !is_own(grantee->text, principal->account))
        return EVALUATE_NOBODY;
    return principal->kind == POLICY_PRINCIPAL_ROOT ? EVALUATE_DIRECT : EVALUATE_ACCOUNT;
}

static enum evaluate_grant match_provider(const struct policy_grantee *grantee,
                                          const struct policy_principal *principal)
{
    enum policy_principal_kind kind =
        grantee->kind == POLICY_GRANTEE_SERVICE ? POLICY_PRINCIPAL_SERVICE : POLICY_PRINCIPAL_FEDERATED;
    return principal->kind == kind && is_own(grantee->text, principal->provider) ? EVALUATE_DIRECT : EVALUATE_NOBODY;
}

static enum evaluate_grant match_grantee(const struct policy_grantee *grantee, const struct policy_principal *principal)
{
    switch (grantee->kind) {
    case POLICY_GRANTEE_EVERYONE:
        return EVALUATE_DIRECT;
    case POLICY_GRANTEE_ACCOUNT:
        return match_account(grantee, principal);
    case POLICY_GRANTEE_ARN:
    case POLICY_GRANTEE_ID:
        return match_entity(grantee, principal);
    case POLICY_GRANTEE_FEDERATED:
    case POLICY_GRANTEE_SERVICE:
        return match_provider(grantee, principal);
    }
    return EVALUATE_NOBODY;
}

/**
 * Whether a denial spares the principal: all that it is must be listed, the session, its role and the account, or
 * the user and the account.
 */
static bool is_spared(const bool listed[static EVALUATE_DIRECT + 1], const struct policy_principal *principal)
{
    bool needs_account = principal->kind == POLICY_PRINCIPAL_USER || principal->kind == POLICY_PRINCIPAL_SESSION;
    bool needs_role = principal->kind == POLICY_PRINCIPAL_SESSION;
    return listed[EVALUATE_DIRECT] && (!needs_account || listed[EVALUATE_ACCOUNT]) &&
           (!needs_role || listed[EVALUATE_ROLE]);
}

static enum evaluate_grant match_others(const struct policy_statement *statement,
                                        const struct evaluate_question *question)
{
    const struct policy_principal *principal = question->request->principal;
    bool listed[EVALUATE_DIRECT + 1] = {false};
    // "Permissions boundaries for IAM entities": such a denial is for all who have one, whoever is listed.
    if (statement->deny && question->bounded)
        return EVALUATE_DIRECT;
    for (size_t i = 0; i < statement->grantee_count; i++) {
        if (statement->grantees[i].kind == POLICY_GRANTEE_EVERYONE)
            return EVALUATE_NOBODY;
        listed[match_grantee(&statement->grantees[i], principal)] = true;
    }
    if (statement->deny)
        return is_spared(listed, principal) ? EVALUATE_NOBODY : EVALUATE_DIRECT;
    // Of those who are allowed because they are not listed, none is allowed by a token alone.
    bool any = listed[EVALUATE_ACCOUNT] || listed[EVALUATE_ROLE] || listed[EVALUATE_DIRECT];
    return any || !is_in_account(principal) ? EVALUATE_NOBODY : EVALUATE_DIRECT;
}

enum evaluate_grant evaluate_grantees(const struct policy_statement *statement,
                                      const struct evaluate_question *question)
{
    const struct policy_principal *principal = question->request->principal;
    if (statement->grantee_count == 0)
        return EVALUATE_DIRECT;
    if (statement->not_grantees)
        return match_others(statement, question);
    enum evaluate_grant nearest = EVALUATE_NOBODY;
    for (size_t i = 0; i < statement->grantee_count; i++) {
        // `*` is everyone who signs: a role for the holder of any provider's token must name the provider.
        if (statement->grantees[i].kind == POLICY_GRANTEE_EVERYONE && !statement->deny && !is_in_account(principal))
            continue;
        enum evaluate_grant grant = match_grantee(&statement->grantees[i], principal);
        if (grant > nearest)
            nearest = grant;
    }
    return nearest;
}
