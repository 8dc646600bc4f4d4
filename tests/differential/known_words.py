# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Known differences of what is said."""
import difflib
import re

from . import model
from .rules import rule, take

CHOICE = re.compile(r"argument (\S+): Invalid choice, valid choices are:\n\n(.*?)(\n\n\nInvalid choice: .*)?\n\n$",
                    re.DOTALL)
NEWER_CHOICES = {"--output": ["off"]}
COMMANDS = {"command": ["codeartifact", "sts", "help"], "operation": [*model.BY_COMMAND, "help"]}


@rule("choices", "5.2", "the newest names the word instead of all choices; of commands jeton has its own alone")
def _(case, old, new):
    found = CHOICE.search(old["err"])
    said = re.search(r"Found invalid choice '(.*?)'\n", new["err"], re.DOTALL)
    if not found or not said:
        return
    choices = [word.strip() for line in found[2].split("\n") for word in line.split(" | ")]
    if found[1] in COMMANDS:
        choices = [word for word in choices if word in COMMANDS[found[1]]]
    choices += NEWER_CHOICES.get(found[1], [])
    near = difflib.get_close_matches(said[1], choices, cutoff=0.8)
    hint = "\nMaybe you meant:\n" + "".join(f"\n  * {word}" for word in near) if near else ""
    words = f"argument {found[1]}: Found invalid choice '{said[1]}'\n{hint}\n\n"
    old["err"] = old["err"][:found.start()] + words


@rule("codes", "6", "the older one cuts the code at : in the header only, and at # in the body only; neither cuts that of XML")
def _(case, old, new):
    old["err"] = re.sub(r"(?<=\nAn error occurred \()(.*?)(?=\) when calling the (?!GetCallerIdentity ))",
                        lambda found: found[1].split(":")[0].split("#")[-1], old["err"], flags=re.DOTALL)


@rule("metadata of containers", "9.1", "the newest says container for ECS")
def _(case, old, new):
    words = re.sub(r"(JSON returned from|attempting to retrieve) ECS metadata", r"\1 container metadata", old["err"])
    old["err"] = re.sub(r"Received non 200 response \((\d+)\) from ECS metadata",
                        r"Received non 200 response \1 from container metadata", words)


@rule("addresses of the sixth version", "8", "the older one does not take them for an endpoint")
def _(case, old, new):
    if re.search(r"Invalid endpoint: http://\[::1\]", old["err"]):
        take(old, new)


@rule("usage of the first pass", "5.2", "the newest has no -h there")
def _(case, old, new):
    old["err"] = old["err"].replace("usage: aws [-h] [--profile", "usage: aws [--profile")
    if "usage: aws [--profile PROFILE] [--debug]" in old["err"]:
        old["err"] = old["err"].replace("could match --help, ", "could match ")


@rule("legacy SSO that has ended", "9.3",
      "the newest looks at the end of the sign-in before it calls, the older one does not")
def _(case, old, new):
    ended = new["err"].startswith("\naws: [ERROR]: The SSO session associated with this profile has expired") or \
        re.search(r"The SSO token in \S+ ends at ", new["err"])
    legacy = "sso_session" not in str(case.get("files", {}).get("~/.aws/config"))
    if ended and legacy and new["code"] == 255 and not new["requests"]:
        take(old, new, "code", "out", "requests", "files")


@rule("credentials advice", "9.1", "the newest advises aws login")
def _(case, old, new):
    old["err"] = old["err"].replace('configure credentials by running "aws configure"',
                                    'configure credentials by running "aws login"')


@rule("one more global option", "3", "--cli-error-format is among those that an abbreviation could mean")
def _(case, old, new):
    found = re.search(r"ambiguous option: (--c[-a-z]*)(=.*)? could match [-a-z, ]*--cli-auto-prompt", old["err"])
    if found and "--cli-error-format".startswith(found[1]):
        old["err"] = old["err"][:found.end()] + ", --cli-error-format" + old["err"][found.end():]


@rule("one more member", "1", "the newest has endpointType in GetRepositoryEndpoint")
def _(case, old, new):
    old["err"] = old["err"].replace("must be one of: domain, domainOwner, repository, format\n",
                                    "must be one of: domain, domainOwner, repository, format, endpointType\n")


@rule("hosts of containers", "9.1", "the newest takes more of them")
def _(case, old, new):
    old["err"] = old["err"].replace("from these hosts: 169.254.170.2, localhost, 127.0.0.1\n",
                                    "from a loopback address or one of these hosts: 169.254.170.2, 169.254.170.23, "
                                    "fd00:ec2::23, localhost\n")


@rule("comments of skeletons", "4", "the words are ours; which members are required is compared")
def _(case, old, new):
    if "--generate-cli-skeleton" in " ".join(case["arguments"]) and "yaml-input" in " ".join(case["arguments"]):
        for side in (old, new):
            side["out"] = re.sub(r"# +(\[REQUIRED\])?.*", r"# \1", side["out"])


@rule("the log of --debug", "knowingly better", "it is in our own words, and shows no secret")
def _(case, old, new):
    given = any(len(word) > 2 and "--debug".startswith(word) for word in case["arguments"])
    if given and " - MainThread - " in old["err"] and new["err"] and "SECRET/" not in new["err"]:
        old["err"] = new["err"] = "{LOG}"


@rule("the time of a skeleton", "4", "its made-up time is a text in every form, where the older one's YAML stream has a date")
def _(case, old, new):
    if "--generate-cli-skeleton" in " ".join(case["arguments"]) and "yaml-stream" in " ".join(case["arguments"]):
        old["out"] = re.sub(r": 1970-01-01 00:00:00$", ": '1970-01-01T00:00:00'", old["out"], flags=re.MULTILINE)


@rule("one more member in a skeleton", "4", "the newest has endpointType in GetRepositoryEndpoint")
def _(case, old, new):
    if re.fullmatch(r'\{\n    "domain": "",.*"format": "npm"\n\}\n', old["out"], re.DOTALL):
        old["out"] = old["out"][:-3] + ',\n    "endpointType": "dualstack"\n}\n'
    if "get-repository-endpoint" in case["arguments"] and old["out"].endswith("\nformat: npm # [REQUIRED]\n"):
        old["out"] += "endpointType: dualstack # \n"


@rule("version", "13", "it is another one, and the newest tells of no prompt")
def _(case, old, new):
    for side in (old, new):
        side["out"] = re.sub(r"^aws-cli/\S+ (Python/\S+ Linux/\S+ .*?)( prompt/off)?$", r"aws-cli/V \1", side["out"])
