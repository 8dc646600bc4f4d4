# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Refusals of all kinds, and answers that are none."""
import base64
import json

from .generate_base import plain, success

CODES = ["AccessDeniedException", "ConflictException", "ResourceNotFoundException", "ThrottlingException",
         "ValidationException", "ServiceQuotaExceededException", "InternalServerException", "ExpiredToken",
         "Throttling",
         "RequestTimeout", "SlowDown", "", "x", "a:b", "a#b", "aws#ValidationException",
         "ValidationException:http://x/",
         "é", "InvalidSignatureException", "validationexception"]
STATUSES = [400, 401, 402, 403, 404, 408, 409, 413, 418, 429, 500, 501, 502, 503, 504, 509, 599, 300, 301, 302, 304,
            307]
MESSAGES = ["m", "", "two words", "é", "a\nb", " blanks ", None, 5, {"a": "b"}, ["x"], True, "x" * 300, "%s {} \\",
            "<b>"]
DETAILS = {"resourceId": ["r", "", None, 5, ["a"], {"k": "v"}, "é"], "resourceType": ["domain", "x"],
           "reason": ["FIELD", ""],
           "retryAfterSeconds": [1], "bogus": ["b"], "RequestId": ["r"]}
BODIES = ["", " ", "<html><body>proxy</body></html>", "<html>", "not json", "[]", "null", '"s"', "5", "{",
          '{"message":',
          "\ufeff{}", "{}", '{"message": "a", "message": "b"}', "true", "[{}]", "<Error/>", "\n", "<HTML>x</HTML>", "%",
          '{"a": 1} x', "{'a': 1}", "NaN", '{"authorizationToken": NaN}', '{"domain": Infinity}',
          '{"expiration": 1e400}']
INVALID = [b"\xff", b'{"authorizationToken": "\xe9"}', b'{"message": "\xe9t\xe9"}', b"\xef\xbb\xbf{}", b"\x00",
           b"{\x00}",
           b'{"authorizationToken": "a\x01b"}', b'{"authorizationToken": "\xed\xa0\x80"}']


def _json_error(chance):
    headers, body = [["Content-Type", "application/json"]], {}
    where = chance.weighted({"header": 5, "__type": 2, "code": 2, "Code": 1, "none": 1, "two": 1})
    if where in ("header", "two"):
        name = chance.pick(["x-amzn-errortype", "X-Amzn-ErrorType"])
        headers.append([name, chance.pick([code for code in CODES if code.isascii()])])
    if where not in ("header", "none"):
        body[{"two": "__type"}.get(where, where)] = chance.pick(CODES)
    if not chance.happens(8):
        body[chance.weighted({"message": 6, "Message": 2, "errorMessage": 1})] = chance.pick(MESSAGES)
    for name in chance.sample(list(DETAILS), chance.weighted({0: 4, 1: 3, 2: 2})):
        body[name] = chance.pick(DETAILS[name])
    if chance.happens(15):
        headers.append(["Retry-After", "0"])
    if chance.happens(20):
        headers.append(["x-amzn-RequestId", "01234567-89ab-cdef-0123-456789abcdef"])
    return {"status": chance.pick(STATUSES), "headers": headers,
            "body": json.dumps(body, ensure_ascii=chance.happens(50))}


def _xml_error(chance):
    code, message = chance.pick(CODES).replace("&", ""), str(chance.pick(MESSAGES)).replace("<", "&lt;")
    inner = chance.pick([f"<Code>{code}</Code><Message>{message}</Message>", f"<Code>{code}</Code>",
                         f"<Message>{message}</Message>", "", f"<Type>Sender</Type><Code>{code}</Code><Message/>"])
    body = chance.pick([f'<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error>{inner}</Error>'
                        "<RequestId>r</RequestId></ErrorResponse>",
                        f"<Response><Errors><Error>{inner}</Error></Errors></Response>",
                        f"<Error>{inner}</Error>", "<ErrorResponse/>", "<x", "<ErrorResponse><Error>"])
    return {"status": chance.pick(STATUSES), "headers": [["Content-Type", "text/xml"]], "body": body}


def _strange(chance):
    body = {"base64": base64.b64encode(chance.pick(INVALID)).decode()} if chance.happens(20) else chance.pick(BODIES)
    return {"status": chance.pick([200, 200, 200, 201, 204] + STATUSES), "headers": chance.pick(
        [[], [["Content-Type", "text/html"]], [["Content-Type", "application/json"]], [["Location", "http://x/"]],
         [["x-amzn-errortype", "ValidationException"]], [["Content-Encoding", "gzip"]]]), "body": body,
        "form": chance.weighted({"plain": 8, "chunked": 1, "until-close": 1, "short": 1, "drop": 1})}


def _one(chance, operation):
    kind = chance.weighted({"error": 6, "strange": 4})
    if kind == "strange":
        return _strange(chance)
    return _xml_error(chance) if operation.service == "sts" and chance.happens(85) else _json_error(chance)


def answer(chance):
    """The service refuses, or says nothing sensible."""
    case = plain(chance)
    case["script"] = {"answers": [_one(chance, case["operation"])]}
    if chance.happens(15):
        case["globals"].append(["--output", "text"])
    if chance.happens(12):
        case["env"]["AWS_CLI_ERROR_FORMAT"] = chance.pick(["legacy", "enhanced", "LEGACY", "bogus", ""])
    return case


def retry(chance):
    """It refuses once, or all the time, and more than one attempt is allowed."""
    case = plain(chance)
    case["env"]["AWS_MAX_ATTEMPTS"] = chance.pick(["2", "2", "2", "1"])
    first = chance.pick([{"status": status} for status in (500, 502, 503, 504, 429, 501, 408)] +
                        [{"form": "drop"}] +
                        [{"status": 400, "headers": [["x-amzn-errortype", code]], "body": '{"message": "m"}'}
                         for code in ("ThrottlingException", "RequestTimeout", "SlowDown", "ValidationException",
                                      "TooManyRequestsException", "PriorRequestNotComplete", "RequestTimeTooSkewed")])
    if chance.happens(20):
        first = dict(first, headers=first.get("headers", []) + [["Retry-After", chance.pick(["0", "x", "-1", ""])]])
    case["script"] = {"answers": [first, success(chance, case["operation"])] if chance.happens(60) else [first]}
    return case


SETTINGS = {"AWS_MAX_ATTEMPTS": ["0", "1", "abc", "", "-1", "1.5", " 1 "],
            "AWS_RETRY_MODE": ["standard", "adaptive", "legacy", "", "Standard"], "max_attempts": ["1", "0", "x", ""],
            "retry_mode": ["standard", "adaptive", "legacy", "x"]}


def retry_settings(chance):
    """What says how often to try."""
    case = plain(chance)
    del case["env"]["AWS_MAX_ATTEMPTS"]
    lines = []
    for name in chance.sample(list(SETTINGS), chance.number(1, 2)):
        value = chance.pick(SETTINGS[name])
        if name.isupper():
            case["env"][name] = value
        else:
            lines.append(f"{name} = {value}")
    if lines:
        case["files"]["~/.aws/config"] = "[default]\n" + "\n".join(lines) + "\n"
    return case
