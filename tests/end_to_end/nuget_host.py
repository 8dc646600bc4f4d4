# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""NuGet's side of its plug-in protocol, as NuGet.Protocol/Plugins of NuGet.Client has it: the symmetric handshake, its
order of requests, an id for each of them, responses told apart by it, Progress that puts the time-out off."""
import json
import subprocess
import uuid


class Host:
    def __init__(self, program, env):
        self.process = subprocess.Popen([program, "-Plugin"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env=env)
        self.logged = []
        self.progress = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def send(self, message):
        self.process.stdin.write(json.dumps(message).encode() + b"\r\n")
        self.process.stdin.flush()

    def receive(self):
        line = self.process.stdout.readline()
        assert line.endswith(b"\n") and not line.endswith(b"\r\n"), f"a line is {line!r}"
        message = json.loads(line)
        assert not line.startswith(b"\xef\xbb\xbf") and message["Type"] in ("Request", "Response", "Fault", "Progress")
        return message

    def answer(self, request, payload):
        self.send({"RequestId": request["RequestId"], "Type": "Response", "Method": request["Method"], "Payload": payload})

    def request(self, method, payload):
        """Sends a request; its response's payload. What the plug-in asks meanwhile is answered."""
        own = str(uuid.uuid4())
        self.send({"RequestId": own, "Type": "Request", "Method": method, "Payload": payload})
        while True:
            message = self.receive()
            if message["Type"] == "Progress":
                assert message["RequestId"] == own, "progress of nothing"
                self.progress += 1
            elif message["Type"] == "Request":
                uuid.UUID(message["RequestId"])
                if message["Method"] == "Log":
                    self.logged.append(message["Payload"])
                self.answer(message, {"ResponseCode": "Success", "ProtocolVersion": "2.0.0"})
            else:
                assert (message["RequestId"], message["Method"]) == (own, method), f"response to nothing: {message}"
                assert message["Type"] == "Response", f"fault: {message}"
                return message["Payload"]

    def begin(self, process_id):
        """What NuGet does before it asks for credentials; what the plug-in claims to do."""
        shake = {"ProtocolVersion": "2.0.0", "MinimumProtocolVersion": "1.0.0"}
        first = self.receive()
        assert (first["Type"], first["Method"], first["Payload"]) == ("Request", "Handshake", shake), first
        self.answer(first, {"ResponseCode": "Success", "ProtocolVersion": "2.0.0"})
        said = self.request("Handshake", shake)
        assert said == {"ResponseCode": "Success", "ProtocolVersion": "2.0.0"}, said
        for method, payload in (("MonitorNuGetProcessExit", {"ProcessId": process_id}),
                                ("Initialize", {"ClientVersion": "6.13.2", "Culture": "en-US", "RequestTimeout": "00:00:30"})):
            assert self.request(method, payload) == {"ResponseCode": "Success"}, method
        claims = self.request("GetOperationClaims", {})["Claims"]
        assert self.request("SetLogLevel", {"LogLevel": "Minimal"}) == {"ResponseCode": "Success"}
        return claims

    def credentials(self, uri, retry=False):
        return self.request("GetAuthenticationCredentials",
                            {"Uri": uri, "IsRetry": retry, "IsNonInteractive": True, "CanShowDialog": False})

    def close(self):
        self.send({"RequestId": str(uuid.uuid4()), "Type": "Request", "Method": "Close", "Payload": {}})
        return self.process.wait(10)
