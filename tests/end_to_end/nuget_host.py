# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""NuGet's side of its plug-in protocol, as NuGet.Protocol/Plugins of NuGet.Client has it: the symmetric handshake, its
order of requests, an id for each of them, responses told apart by it. A request is given up when its time has passed;
Progress begins the time anew, but not that of the handshake. A message to no request of its own ends the connection."""
import json
import os
import select
import subprocess
import time
import uuid

SHAKE = {"ProtocolVersion": "2.0.0", "MinimumProtocolVersion": "1.0.0"}
AGREED = {"ResponseCode": "Success", "ProtocolVersion": "2.0.0"}
HANDSHAKE_SECONDS = 30
TYPES = ("Request", "Response", "Fault", "Progress", "Cancel")


class GivenUp(Exception):
    """No answer and no progress in time: what NuGet tells is that the plug-in timed out."""


class Host:
    def __init__(self, program, env, seconds=30, **more):
        self.process = subprocess.Popen([program, "-Plugin"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, bufsize=0, env=env, **more)
        self.seconds = seconds
        self.text = b""
        self.logged = []
        self.progress = 0
        self.given_up = set()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def send(self, message):
        self.process.stdin.write(json.dumps(message).encode() + b"\r\n")

    def receive(self, end):
        """The next message, until the moment END."""
        while b"\n" not in self.text:
            if not select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))[0]:
                raise GivenUp
            got = os.read(self.process.stdout.fileno(), 65536)
            assert got, f"the plug-in has ended; said was {self.text!r}"
            self.text += got
        line, _, self.text = self.text.partition(b"\n")
        message = json.loads(line)
        assert not line.endswith(b"\r") and not line.startswith(b"\xef\xbb\xbf") and message["Type"] in TYPES, line
        assert None not in message.values(), f"a null in {message}"
        return message

    def answer(self, request, payload):
        self.send({"RequestId": request["RequestId"], "Type": "Response", "Method": request["Method"], "Payload": payload})

    def begin_request(self, method, payload):
        own = str(uuid.uuid4())
        self.send({"RequestId": own, "Type": "Request", "Method": method, "Payload": payload})
        return own

    def take(self, own, method, seconds, keeps_alive=True):
        """The message that ends a request of ours. What the plug-in asks meanwhile is answered."""
        end = time.monotonic() + seconds
        while True:
            message = self.receive(end)
            kind, to = message["Type"], message["RequestId"]
            if kind == "Request":
                uuid.UUID(to)
                if message["Method"] == "Log":
                    self.logged.append(message["Payload"])
                self.answer(message, AGREED)
            elif to in self.given_up:
                assert kind in TYPES, "what comes late is passed over"
            else:
                assert (to, message["Method"]) == (own, method), f"{kind} to nothing: {message}"
                if kind != "Progress":
                    return message
                self.progress += 1
                end = time.monotonic() + seconds if keeps_alive else end

    def request(self, method, payload):
        """Sends a request; its response's payload."""
        shake = method == "Handshake"
        own = self.begin_request(method, payload)
        message = self.take(own, method, HANDSHAKE_SECONDS if shake else self.seconds, not shake)
        assert message["Type"] == "Response", f"no response: {message}"
        return message["Payload"]

    def cancel(self, own, method):
        """Gives a request up, as after its time or when the person has interrupted; what still comes is passed over."""
        self.given_up.add(own)
        self.send({"RequestId": own, "Type": "Cancel", "Method": method})

    def shake(self, offer=None):
        """Both halves of the handshake; the answer to ours."""
        first = self.receive(time.monotonic() + HANDSHAKE_SECONDS)
        assert (first["Type"], first["Method"], first["Payload"]) == ("Request", "Handshake", SHAKE), first
        self.answer(first, AGREED)
        return self.request("Handshake", offer or SHAKE)

    def begin(self, process_id):
        """What NuGet does before it asks for credentials; what the plug-in claims to do."""
        said = self.shake()
        assert said == AGREED, said
        for method, payload in (("MonitorNuGetProcessExit", {"ProcessId": process_id}),
                                ("Initialize", {"ClientVersion": "6.13.2", "Culture": "en-US",
                                                "RequestTimeout": f"00:00:{self.seconds:02d}"})):
            assert self.request(method, payload) == {"ResponseCode": "Success"}, method
        claims = self.request("GetOperationClaims", {})["Claims"]
        assert self.request("SetLogLevel", {"LogLevel": "Minimal"}) == {"ResponseCode": "Success"}
        return claims

    def credentials(self, uri, retry=False, **more):
        return self.request("GetAuthenticationCredentials",
                            {"Uri": uri, "IsRetry": retry, "IsNonInteractive": True, "CanShowDialog": False, **more})

    def close(self):
        self.begin_request("Close", {})
        return self.process.wait(10)
