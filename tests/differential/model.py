# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""The operations that jeton has, as the AWS CLI's own data describe them."""
import json
import pathlib
import re

DATA = pathlib.Path("/usr/lib/python3/dist-packages/awscli/botocore/data")
OPERATIONS = {
    "codeartifact": (
        "CreateDomain", "CreateRepository", "DeleteDomain", "DeleteDomainPermissionsPolicy", "DeleteRepository",
        "DeleteRepositoryPermissionsPolicy", "DescribeDomain", "DescribeRepository", "GetAuthorizationToken",
        "GetDomainPermissionsPolicy", "GetRepositoryEndpoint", "GetRepositoryPermissionsPolicy", "ListDomains",
        "ListRepositories", "ListRepositoriesInDomain", "ListTagsForResource", "PutDomainPermissionsPolicy",
        "PutRepositoryPermissionsPolicy", "TagResource", "UntagResource", "UpdateRepository"),
    "sts": ("GetCallerIdentity",),
}


def option_of(name):
    """domainOwner -> domain-owner"""
    return re.sub(r"([a-z0-9])([A-Z])", r"\1-\2", name).lower()


class Operation:
    def __init__(self, service, name, model):
        self.service, self.name, self.command = service, name, option_of(name)
        self.shapes = model["shapes"]
        described = model["operations"][name]
        self.input = self.shapes[described["input"]["shape"]] if "input" in described else {"members": {}}
        self.required = self.input.get("required", [])
        self.output = self.shapes[described["output"]["shape"]]
        self.result_wrapper = described["output"].get("resultWrapper")
        self.errors = {error["shape"]: self.shapes[error["shape"]] for error in described.get("errors", [])}
        self.pages = name.startswith("List") and "nextToken" in self.input["members"]

    def shape(self, reference):
        return self.shapes[reference["shape"]]


def _load():
    found = []
    for service, names in OPERATIONS.items():
        latest = sorted((DATA / service).iterdir())[-1]
        model = json.loads((latest / "service-2.json").read_text())
        found += [Operation(service, name, model) for name in names]
    return found


ALL = _load()
BY_COMMAND = {operation.command: operation for operation in ALL}
