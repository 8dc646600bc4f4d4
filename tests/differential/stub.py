# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""The server of both programs: answers by a script, notes every request, and is a proxy that takes TLS upon itself.

A script is {"routes": {"host /path" | "host" | "/path": [answer, ...]}, "answers": [answer, ...]}; the last of a list
repeats. An answer is {"status", "reason", "headers": [[name, value], ...], "body": text or {"base64": text}, "form"}:
form "plain" is the default; "chunked"; "until-close" has no length; "short" closes before the length it told; "drop"
closes instead of answering.
"""
import base64
import http.client
import socket
import ssl
import threading


def body_of(answer):
    body = answer.get("body", "")
    return base64.b64decode(body["base64"]) if isinstance(body, dict) else body.encode("utf-8", "surrogateescape")


class Stub:
    def __init__(self, pki):
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(pki / "chain.pem", pki / "leaf.key")
        self._lock = threading.Lock()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._socket.getsockname()[1]
        self.begin({})
        threading.Thread(target=self._accept, daemon=True).start()

    def begin(self, script):
        """Forgets what was, and answers by SCRIPT from here on."""
        with self._lock:
            self._log = []
            self._routes = {key: list(answers) for key, answers in script.get("routes", {}).items()}
            self._answers = list(script.get("answers", []))

    def requests(self):
        with self._lock:
            return list(self._log)

    def _accept(self):
        while True:
            connection, _ = self._socket.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        connection.settimeout(30)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        authority = None
        try:
            while True:
                reader = connection.makefile("rb")
                while request := _read(reader):
                    if request["method"] == "CONNECT":
                        self._note(request, authority)
                        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                        authority = request["target"]
                        break
                    if not _send(connection, self._answer(request, authority)):
                        return
                else:
                    return
                connection = self._context.wrap_socket(connection, server_side=True)
        except (OSError, ValueError, ssl.SSLError):
            pass
        finally:
            connection.close()

    def _note(self, request, authority, answer=None):
        with self._lock:
            self._log.append(dict(request, authority=authority, answer=answer))

    def _answer(self, request, authority):
        target = request["target"]
        if "://" in target:  # as a proxy of http
            target = "/" + target.split("://", 1)[1].partition("/")[2]
        path = target.split("?")[0]
        host = next((value for name, value in request["headers"] if name.lower() == "host"), "").rsplit(":", 1)[0]
        with self._lock:
            answers = self._answers
            for key in (f"{host} {path}", host, path):
                answers = self._routes.get(key, answers) if answers is self._answers else answers
            answer = {"status": 404} if not answers else answers.pop(0) if len(answers) > 1 else answers[0]
        self._note(request, authority, answer)
        return answer


def _read(reader):
    """One request, or None at the end of the connection."""
    line = reader.readline(65536)
    if not line.strip():
        return None
    method, target, _ = line.decode("latin-1").rstrip("\r\n").split(" ", 2)
    headers = []
    while (line := reader.readline(65536)) not in (b"\r\n", b"\n", b""):
        name, _, value = line.decode("latin-1").rstrip("\r\n").partition(":")
        headers.append((name, value.strip(" ")))
    length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
    return {"method": method, "target": target, "headers": headers, "body": reader.read(length).decode("latin-1")}


def _send(connection, answer):
    """Whether the connection goes on."""
    form = answer.get("form", "plain")
    if form == "drop":
        return False
    body = body_of(answer)
    status = answer.get("status", 200)
    reason = answer.get("reason", http.client.responses.get(status, ""))
    head = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in answer.get("headers", []))]
    if form == "chunked":
        head.append("Transfer-Encoding: chunked")
        chunks = [part for part in (body[:len(body) // 2], body[len(body) // 2:]) if part]
        body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in chunks) + b"0\r\n\r\n"
    elif form == "until-close":
        head.append("Connection: close")
    elif status not in (204, 304):
        head.append(f"Content-Length: {len(body) + (7 if form == 'short' else 0)}")
    connection.sendall("\r\n".join(head).encode("utf-8") + b"\r\n\r\n" + (body if status not in (204, 304) else b""))
    return form in ("plain", "chunked")
