# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""A server of what stands beside a machine, and of CodeArtifact: it gives credentials, and misbehaves."""
import json
import re
import socket
import threading

from harness import JETON, REGION, Key, environment, equal, lacks, new_folder, run
from sts import check_signer

KEY = Key("ASIABESIDE", "the-secret-that-nobody-sees", "the-session-token-that-nobody-sees")
TOKEN = "the-instance-token-that-nobody-sees"
ROLE_PATH = "/latest/meta-data/iam/security-credentials/"
ZONE_PATH = "/latest/meta-data/placement/availability-zone/"
OPERATION_PATH = "/v1/authorization-token"
NONE = 'Unable to locate credentials. You can configure credentials by running "aws login".'
DOCUMENT = json.dumps({"Code": "Success", "AccessKeyId": KEY.id, "SecretAccessKey": KEY.secret, "Token": KEY.token,
                       "Expiration": "2199-12-31T23:59:59Z"})


def answer(body="", status=200, length=None, close=False):
    """What the server sends for a request; a LENGTH that is not the body's, or the end of the connection after it."""
    return {"body": body, "status": status, "length": len(body) if length is None else length, "close": close}


CLOSES = {"close": True, "body": None}
SILENT = {"silent": True}


class Server:
    """Answers by path, each time with the next of the list, the last again and again."""

    def __init__(self, **paths):
        self.paths = {"token": [answer(TOKEN)], "role": [answer("the-role")], "keys": [answer(DOCUMENT)],
                      "zone": [answer(REGION + "b")], "container": [answer(DOCUMENT)]}
        self.paths.update(paths)
        self.requests, self.leaving = [], threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.leaving.set()
        self.listener.close()

    def accept(self):
        while True:
            try:
                client = self.listener.accept()[0]
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def find(self, path):
        names = {"/latest/api/token": "token", ROLE_PATH: "role", ROLE_PATH + "the-role": "keys", ZONE_PATH: "zone",
                 "/container": "container", "/": "sts"}
        if path == OPERATION_PATH:
            return answer('{"authorizationToken": "the-token", "expiration": 1700000000.0}')
        answers = self.paths[names[path]]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def read(self, stream):
        line = stream.readline().decode()
        if not line:
            return None
        method, target, _ = line.split()
        headers = []
        while (line := stream.readline().decode().rstrip("\r\n")):
            headers.append(tuple(line.split(": ", 1)) if ": " in line else (line.rstrip(":"), ""))
        path, _, query = re.sub(r"^http://[^/]+", "", target).partition("?")
        request = {"method": method, "path": path, "query": query, "headers": headers,
                   "body": stream.read(self.length(headers)).decode()}
        self.requests.append(request)
        return request

    @staticmethod
    def length(headers):
        return int({name.lower(): value for name, value in headers}.get("content-length", "0"))

    def serve(self, client):
        with client, client.makefile("rb") as stream:
            while (request := self.read(stream)):
                given = self.find(request["path"])
                if "silent" in given:
                    self.leaving.wait(60)
                    return
                if "after" in given:
                    self.leaving.wait(given["after"])
                if given["body"] is not None:
                    head = f"HTTP/1.1 {given['status']} x\r\nContent-Length: {given['length']}\r\n\r\n"
                    client.sendall((head + given["body"]).encode())
                if given["close"]:
                    return

    def asked(self):
        """Method and path of what was asked, in order, short."""
        return [f"{request['method']} {request['path'].replace(ROLE_PATH, '~')}" for request in self.requests]

    def headers(self, path):
        return [dict((name.lower(), value) for name, value in request["headers"])
                for request in self.requests if request["path"] == path]


USE = f"POST {OPERATION_PATH}"


def get_token(server, *options, **changes):
    """Gets a token from the server, by credentials that it has beside itself."""
    env = environment(**{"HOME": new_folder("home"), "AWS_DEFAULT_REGION": REGION, **changes})
    return run(JETON, "get-authorization-token", "--domain", "demo", "--endpoint-url", server.url, *options, env=env)


def check_used(server, key=KEY):
    """The token was asked for by that key."""
    used = [request for request in server.requests if request["path"] == OPERATION_PATH]
    equal(len(used), 1, f"requests for the token of {server.asked()}")
    check_signer(used[0], key, "codeartifact")


def check_silent(text):
    """No secret is shown."""
    for secret in (KEY.secret, KEY.token, TOKEN):
        lacks(text, secret, "what is shown")
