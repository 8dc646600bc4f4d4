# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Known differences of what is sent."""
import datetime
import re

from .rules import rule

OLD_AGENT = re.compile(r"aws-cli/2\.9\.19 Python/\S+ Linux/\S+ (exec-env/\S* )?source/\S+ prompt/off command/(\S+)")
NEW_AGENT = re.compile(r"(aws-cli|jeton)/\S+ .*md/command#(\S+)")
OLD_METADATA_AGENT = re.compile(r"(aws-cli/2\.9\.19|python-urllib3/[0-9.]+)()")
NEW_METADATA_AGENT = re.compile(r"(aws-cli|jeton)/[0-9.]+()")


def _headers(requests, change):
    for request in requests:
        request["headers"] = [(name, value) for name, value in (change(name, value) for name,
                                                                value in request["headers"])
                              if name is not None]


@rule("user agent", "1", "another version and another form; the command in it is compared")
def _(case, old, new):
    def named(*patterns):
        def change(name, value):
            found = [pattern.fullmatch(value) for pattern in patterns if name.lower() == "user-agent"]
            command = next((one[2] for one in found if one), None)
            return (name, value if command is None else f"agent of {command}")
        return change
    _headers(old["requests"], named(OLD_AGENT, OLD_METADATA_AGENT))
    _headers(new["requests"], named(NEW_AGENT, NEW_METADATA_AGENT))


@rule("attempt headers", "1", "only the newest tells the attempt")
def _(case, old, new):
    def change(name, value):
        known = (name == "amz-sdk-invocation-id" and re.fullmatch(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}",
                                                                  value) or
                 name == "amz-sdk-request" and re.fullmatch(r"(ttl=\d{8}T\d{6}Z; )?attempt=\d+(; max=\d+)?", value))
        return (None, None) if known else (name, value)
    _headers(new["requests"], change)


@rule("proxies", "11", "libcurl asks a proxy to keep the connection, and names the host to it as HTTP/1.1 demands")
def _(case, old, new):
    for request in new["requests"]:
        extra = [("Proxy-Connection", "Keep-Alive")]
        extra += [("Host", request["target"])] if request["method"] == "CONNECT" else []
        if request["method"] == "CONNECT" or "://" in request["target"]:
            request["headers"] = [header for header in request["headers"] if header not in extra]


DUAL = {"us-iso-east-1": "api.aws.ic.gov", "us-iso-west-1": "api.aws.ic.gov", "us-isob-east-1": "api.aws.scloud"}


@rule("dual-stack everywhere", "8", "the older one does not know it in two partitions")
def _(case, old, new):
    if "this partition does not support" not in old["err"] or "DualStack" not in old["err"]:
        return
    first = new["requests"][0]["target"] if new["requests"] else ""
    if any(re.fullmatch(rf"(codeartifact|sts)(-fips)?\.{region}\.{re.escape(suffix)}:443", first)
           for region, suffix in DUAL.items()):
        old.update(new)


@rule("agents of calls for credentials", "1", "the older one names the command, jeton the call")
def _(case, old, new):
    def unnamed(name, value):
        return (name, re.sub(r"^agent of (sts|sso|sso-oidc|codeartifact)\..*", "agent", value)) \
            if name == "User-Agent" else (name, value)
    for side in (old, new):
        _headers([request for request in side["requests"] if re.search(r"sts\.|sso\.|oidc\.", request["host"] or "")],
                 unnamed)


@rule("asked again", "9.1", "credentials that end within minutes are not fetched twice in a run")
def _(case, old, new):
    def places(requests):
        return [request["target"] for request in requests if request["host"] is None and request["method"] != "POST" and
                re.match(r"/creds|/$|/latest/", request["target"])]
    extra = len(places(old["requests"])) - len(places(new["requests"]))
    if 0 < extra and places(old["requests"]) == places(new["requests"])[-extra:] + places(new["requests"]):
        del old["requests"][:extra]


@rule("a truth as a number", "1", "the newest sends it in Python's words, True")
def _(case, old, new):
    for request in old["requests"]:
        request["target"] = re.sub(r"(?<=[?&]duration=)(true|false)(?=&|$)", lambda found: found[1].capitalize(),
                                   request["target"])


WRITTEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@rule("moments of a run", "9.3", "what is so many seconds from now is as much later as the later run is")
def _(case, old, new):
    between = datetime.timedelta(seconds=new["ended"] - old["begun"] + 1)

    def moved(earlier, later):
        apart = datetime.datetime.fromisoformat(later[:-1]) - datetime.datetime.fromisoformat(earlier[:-1])
        return later if datetime.timedelta(0) <= apart <= between else earlier
    for name in old["files"].keys() & new["files"].keys():
        theirs, ours = old["files"][name], new["files"][name]
        moments = WRITTEN.findall(ours["content"])
        if len(moments) == len(WRITTEN.findall(theirs["content"])):
            following = iter(moments)
            theirs["content"] = WRITTEN.sub(lambda found: moved(found[0], next(following)), theirs["content"])


@rule("the account in a cache", "9.2", "the newest keeps it")
def _(case, old, new):
    for name, left in new["files"].items():
        if "/.aws/cli/cache/" in name and name in old["files"] and "AccountId" not in old["files"][name]["content"]:
            left["content"] = re.sub(r', "AccountId": "\d{12}"', "", left["content"])


@rule("bytes of a header", "1", "the container's token goes out in UTF-8")
def _(case, old, new):
    def read(name, value):
        plain = value.isascii() or name != "Authorization"
        return name, value if plain else value.encode("latin-1", "replace").decode("utf-8", "replace")
    _headers(new["requests"], read)


@rule("signed paths", "1", "the older one signs what is not ASCII in the endpoint's path otherwise than it sends it")
def _(case, old, new):
    def believed(name, value):
        return name, value.replace("does not verify", "verified") if name == "Authorization" else value
    _headers([request for request in old["requests"] if re.match(r"/[^?]*%[89A-F]", request["target"])], believed)
