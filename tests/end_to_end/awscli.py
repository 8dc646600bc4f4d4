# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""A service and the AWS CLI of the distribution as its client: what the tests of both share."""
import datetime
import json

from harness import ACCOUNT, REGION, Data, Service, check, equal, matches

DATA = Data()
SERVICE = Service(DATA)
ADMIN = DATA.key()
ARN = f"arn:aws:codeartifact:{REGION}:{ACCOUNT}"
INVALID_KEY = "The security token included in the request is invalid."
BAD_SIGNATURE = ("The request signature we calculated does not match the signature you provided. Check your AWS Secret "
                 "Access Key and signing method. Consult the service documentation for details.")


def codeartifact(*arguments, **options):
    return SERVICE.aws("codeartifact", *arguments, **options)


def recent(text):
    """TEXT is an ISO 8601 time between two minutes ago and now."""
    age = datetime.datetime.now(datetime.timezone.utc) - datetime.datetime.fromisoformat(text)
    check(-2 < age.total_seconds() < 120, f"{text} is not now")


def refused(result, code, operation, message=None):
    """The service refused: exit code 254, the error's code, the operation, and its text (a pattern)."""
    equal(result.code, 254, f"exit code of {result!r}")
    equal(result.out, "", "standard output")
    said = matches(result.err, r"\nAn error occurred \((\w+)\) when calling the (\w+) operation: (.*)\n", "error")
    equal((said[1], said[2]), (code, operation), f"code and operation in {result.err!r}")
    if message is not None:
        matches(said[3], message, "message")


OPERATIONS = [  # every operation, with input that would do no harm
    ("GetAuthorizationToken", "get-authorization-token --domain demo"),
    ("GetRepositoryEndpoint", "get-repository-endpoint --domain demo --repository none --format npm"),
    ("CreateDomain", "create-domain --domain refused"),
    ("DescribeDomain", "describe-domain --domain demo"),
    ("ListDomains", "list-domains"),
    ("DeleteDomain", "delete-domain --domain refused"),
    ("CreateRepository", "create-repository --domain demo --repository refused"),
    ("DescribeRepository", "describe-repository --domain demo --repository none"),
    ("ListRepositoriesInDomain", "list-repositories-in-domain --domain demo"),
    ("DeleteRepository", "delete-repository --domain demo --repository refused"),
    ("UpdateRepository", "update-repository --domain demo --repository none"),
    ("ListRepositories", "list-repositories"),
    ("PutDomainPermissionsPolicy", "put-domain-permissions-policy --domain demo --policy-document {}"),
    ("GetDomainPermissionsPolicy", "get-domain-permissions-policy --domain demo"),
    ("DeleteDomainPermissionsPolicy", "delete-domain-permissions-policy --domain demo"),
    ("PutRepositoryPermissionsPolicy",
     "put-repository-permissions-policy --domain demo --repository none --policy-document {}"),
    ("GetRepositoryPermissionsPolicy", "get-repository-permissions-policy --domain demo --repository none"),
    ("DeleteRepositoryPermissionsPolicy", "delete-repository-permissions-policy --domain demo --repository none"),
    ("TagResource", f"tag-resource --resource-arn {ARN}:domain/demo --tags key=refused,value="),
    ("UntagResource", f"untag-resource --resource-arn {ARN}:domain/demo --tag-keys refused"),
    ("ListTagsForResource", f"list-tags-for-resource --resource-arn {ARN}:domain/demo"),
]
TAGGING = ("TagResource", "UntagResource", "ListTagsForResource")


def policy(*statements, **first):
    """A policy document of statements; or of one with these elements, which allows everybody's account something."""
    if not statements:
        statements = [{"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Resource": "*",
                       "Action": "codeartifact:DescribeDomain", **first}]
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


_KEYS = {}


def nobody():
    if "nobody" not in _KEYS:
        _KEYS["nobody"] = DATA.principal("nobody", ("Allow", "s3:*", "*"))
    return _KEYS["nobody"]
