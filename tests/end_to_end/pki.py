# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""A certificate authority of one's own, and certificates by it."""
import subprocess

from harness import equal, new_folder


def openssl(*arguments, cwd):
    done = subprocess.run(["openssl", *arguments], cwd=cwd, capture_output=True, check=False)
    equal(done.returncode, 0, f"openssl {arguments}: {done.stderr!r}")


_PKI = []


def certificates():
    """A folder with an authority (ca.pem) and a certificate for 127.0.0.1 and localhost by it (leaf.pem, leaf.key)."""
    if not _PKI:
        folder = new_folder("pki")
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days",
                "36500", "-subj", "/CN=test authority", "-addext", "keyUsage=critical,keyCertSign", cwd=folder)
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", "/CN=leaf",
                cwd=folder)
        certify(folder, "leaf", "IP:127.0.0.1,DNS:localhost")
        _PKI.append(folder)
    return _PKI[0]


def certify(folder, name, alternatives):
    """Makes NAME.pem in the folder, for these names, with the key of the leaf."""
    (folder / f"{name}.names").write_text(f"subjectAltName={alternatives}\n")
    openssl("x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out",
            f"{name}.pem", "-days", "36500", "-extfile", f"{name}.names", cwd=folder)
