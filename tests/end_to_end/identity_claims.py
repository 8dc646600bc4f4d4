# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""What the identity tokens of the tests claim: those that CI systems and clusters publish, and a small one.

Their documentation: GitHub, "OpenID Connect reference" (docs.github.com/en/actions/reference/security/oidc); GitLab,
"OpenID Connect (OIDC) authentication using ID tokens" (docs.gitlab.com/ci/secrets/id_token_authentication); Kubernetes,
"Managing Service Accounts" (kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin).
"""
import time

AUDIENCE = "sts.amazonaws.com"

# Times are seconds from now.
GITHUB = {
    "jti": "example-id", "sub": "repo:octo-org/octo-repo:environment:prod", "environment": "prod",
    "ref": "refs/heads/main", "sha": "example-sha", "repository": "octo-org/octo-repo", "repository_owner": "octo-org",
    "actor_id": "12", "repository_visibility": "private", "repository_id": "74", "repository_owner_id": "65",
    "run_id": "example-run-id", "run_number": "10", "run_attempt": "2", "runner_environment": "github-hosted",
    "actor": "octocat", "workflow": "example-workflow", "head_ref": "", "base_ref": "",
    "event_name": "workflow_dispatch", "ref_type": "branch",
    "job_workflow_ref": "octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main",
    "nbf": -600, "exp": 300, "iat": 0}
GITLAB = {
    "namespace_id": "72", "namespace_path": "my-group", "project_id": "20", "project_path": "my-group/my-project",
    "user_id": "1", "user_login": "sample-user", "user_email": "sample-user@example.com",
    "user_identities": [{"provider": "github", "extern_uid": "2435223452345"}], "pipeline_id": "574",
    "pipeline_source": "push", "job_id": "302", "ref": "feature-branch-1", "ref_type": "branch",
    "ref_path": "refs/heads/feature-branch-1", "ref_protected": "false",
    "groups_direct": ["mygroup/mysubgroup", "myothergroup/myothersubgroup"], "environment": "test-environment2",
    "environment_protected": "false", "deployment_tier": "testing", "environment_action": "start", "runner_id": 1,
    "runner_environment": "self-hosted", "sha": "714a629c0b401fdce83e847fc9589983fc6f46bc",
    "project_visibility": "public", "ci_config_ref_uri":
    "gitlab.example.com/my-group/my-project//.gitlab-ci.yml@refs/heads/main",
    "jti": "235b3a54-b797-45c7-ae9a-f72d7bc6ef5b", "iat": 0, "nbf": -5, "exp": 3600,
    "sub": "project_path:my-group/my-project:ref_type:branch:ref:feature-branch-1"}
KUBERNETES = {
    "aud": [AUDIENCE, "https://kubernetes.default.svc"], "exp": 31536000, "iat": 0, "nbf": 0,
    "jti": "ea28ed49-2e11-4280-9ec5-bc3d1d84661a",
    "kubernetes.io": {"namespace": "kube-system", "pod": {"name": "coredns-69cbfb9798-jv9gn", "uid":
                                                          "778a530c-b3f4-47c0-9cd5-ab018fb64f33"},
                      "serviceaccount": {"name": "coredns", "uid": "bcadd5a6-2e3d-4d3f-bf6c-1f2f3a4a4c4c"},
                      "warnafter": 1700081020},
    "sub": "system:serviceaccount:kube-system:coredns"}


def claims_of(issuer, **changes):
    """The claims that every token has; None leaves one out."""
    now = int(time.time())
    claims = {"iss": issuer.url, "sub": "me", "aud": AUDIENCE, "iat": now, "exp": now + 600, **changes}
    return {name: value for name, value in claims.items() if value is not None}


def published_claims(issuer, published, **changes):
    """A published set as a token of the issuer, issued now."""
    now = int(time.time())
    moved = {name: now + published[name] for name in ("iat", "nbf", "exp") if name in published}
    return {"aud": AUDIENCE, **published, **moved, "iss": issuer.url, **changes}
