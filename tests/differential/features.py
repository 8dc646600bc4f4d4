# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""What jeton has so far: a generator whose feature is off makes no case."""

ON = {
    "yaml": True,       # --output yaml and yaml-stream, --cli-input-yaml, the skeleton yaml-input
    "table": True,      # --output table
    "query": True,      # the whole language of --query
    "process": True,    # credential_process
    "role": True,       # assumed roles
    "web identity": True,
    "sso": True,
    "container": True,
    "instance": True,   # credentials and region of an instance
    "alias": True,      # ~/.aws/cli/alias
}
