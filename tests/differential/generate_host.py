# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Host names: region, partition, FIPS, dual-stack, and endpoints of one's own."""
from . import pki
from .generate_base import plain

SWITCHES = ["true", "true", "false", "TRUE", "1", ""]
ENDPOINTS = ["http://127.0.0.1:{PORT}/", "http://127.0.0.1:{PORT}/base", "http://127.0.0.1:{PORT}/base/",
             "http://LOCALHOST:{PORT}",
             "http://127.0.0.1:{PORT}/?x=1", "http://127.0.0.1:{PORT}/a%20b", "http://127.0.0.1:{PORT}/a//b/../c",
             "http://127.0.0.1:{PORT}/#f", "http://user:pw@127.0.0.1:{PORT}", "http://127.0.0.1:{PORT}?x=1&a=",
             "http://127.0.0.1:1", "http://127.0.0.1:{PORT}/é", "HTTP://127.0.0.1:{PORT}",
             "http://localhost:{PORT}/x/y",
             " http://127.0.0.1:{PORT}", "http://127.0.0.1:{PORT} ", "http:127.0.0.1:{PORT}", "//127.0.0.1:{PORT}",
             "127.0.0.1:{PORT}", "http://127.0.0.1:{PORT}/a+b", "http://127.0.0.1:{PORT}/~x",
             "http://[::1]:1", "http://127.0.0.1:{PORT}/%2F", "http://127.0.0.1:abc", "http://a_b:{PORT}"]


def host(chance):
    """The service's own host names, through a proxy that speaks for all of them."""
    case = plain(chance)
    case["proxy"] = True
    case["globals"] = []
    region = chance.pick(list(pki.REGIONS))
    if region != "aws-global" and chance.happens(15):
        region = "fips-" + region if chance.happens(50) else region + "-fips"
    lines = []
    for name in ("fips", "dualstack"):
        if chance.happens(35):
            case["env"][f"AWS_USE_{name.upper()}_ENDPOINT"] = chance.pick(SWITCHES)
        elif chance.happens(15):
            lines.append(f"use_{name}_endpoint = {chance.pick(SWITCHES)}")
    if chance.happens(20):
        case["env"]["AWS_STS_REGIONAL_ENDPOINTS"] = chance.pick(["legacy", "regional", "x"])
    if chance.happens(5):
        del case["env"]["AWS_DEFAULT_REGION"]
    elif chance.happens(30):
        case["globals"].append(["--region", region])
    else:
        case["env"]["AWS_DEFAULT_REGION"] = region
    if lines:
        case["files"]["~/.aws/config"] = "[default]\n" + "\n".join(lines) + "\n"
    return case


def endpoint(chance):
    """URLs of one's own."""
    case = plain(chance)
    case["globals"] = [["--endpoint-url", chance.pick(ENDPOINTS)]]
    if chance.happens(15):
        case["env"]["AWS_USE_FIPS_ENDPOINT"] = "true"
    if chance.happens(15):
        case["env"]["AWS_DEFAULT_REGION"] = chance.pick(["fips-us-west-2", "cn-north-1", "aws-global", "x"])
    return case


CONFIGURED = ["{U}", "{U}/", "{U}/base", "", "http://127.0.0.1:{PORT}/x?y=1"]


def configured(chance):
    """Endpoints from the environment and the profile: the older version knows only the option, and is told by it."""
    case = plain(chance)
    case["globals"] = []
    url = chance.pick(CONFIGURED).replace("{U}", "http://127.0.0.1:{PORT}")
    case["env"][chance.pick(["AWS_ENDPOINT_URL_CODEARTIFACT", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS"])] = url
    case["proxy"] = True
    return case
