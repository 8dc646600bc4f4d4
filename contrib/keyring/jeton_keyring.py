# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Tokens of jeton for poetry, twine and whatever else asks Python's keyring library. Nothing is to be installed: name
the class and this file's folder in python_keyring/keyringrc.cfg below the folder for configurations (~/.config):

    [backend]
    default-keyring=jeton_keyring.Jeton
    keyring-path=/usr/share/jeton/keyring

What is not ours goes on to the keyring that would be used otherwise, if there is one.
"""
import subprocess

from keyring import backend, credentials
from keyring.backends import chainer, fail, null


class Jeton(backend.KeyringBackend):
    priority = 9

    def get_password(self, service, username):
        asked = subprocess.run(["jeton", "credential-helper", "token", "--", service], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, check=False)
        return asked.stdout.decode().rstrip("\n") or self._other("get_password", service, username)

    def get_credential(self, service, username):
        password = self.get_password(service, "aws")
        return credentials.SimpleCredential(username or "aws", password) if password else None

    def set_password(self, service, username, password):
        self._other("set_password", service, username, password)

    def delete_password(self, service, username):
        self._other("delete_password", service, username)

    def _other(self, method, *arguments):
        """Asks the best of the other keyrings."""
        skipped = (Jeton, chainer.ChainerBackend, fail.Keyring, null.Keyring)
        others = [other for other in backend.get_all_keyring() if not isinstance(other, skipped)]
        if others:
            return getattr(max(others, key=lambda other: other.priority), method)(*arguments)
        return None
