# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""pip and twine at the gate: an install by the one and a publish by the other, each with the token in an environment
variable."""
import base64
import hashlib
import io
import zipfile

from harness import environment, new_folder, run

SYSTEM_PYTHON = "/usr/bin/python3"


def wheel(folder, package, version):
    """The smallest wheel of a package (the format of PEP 427)."""
    module = package.replace("-", "_")
    info = f"{module}-{version}.dist-info"
    files = {f"{module}.py": f"VERSION = '{version}'\n",
             f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n",
             f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"}
    record = "".join(f"{name},sha256={encoded(text)},{len(text)}\n" for name, text in files.items())
    files[f"{info}/RECORD"] = record + f"{info}/RECORD,,\n"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    path = folder / f"{module}-{version}-py3-none-any.whl"
    path.write_bytes(content.getvalue())
    return path


def encoded(text):
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def with_user(url, token):
    """The URL with the user aws and the token as password, as CodeArtifact documents it for pip and others."""
    return url.replace("://", f"://aws:{token}@") if token else url


class Python:
    name = "pip and twine"
    words = {("install", 401): "No matching distribution", ("install", 403): "No matching distribution",
             ("publish", 401): "401 Unauthorized", ("publish", 403): "403 Forbidden",
             ("publish", "none"): "Credential not found"}

    def install(self, url, token, package, version):
        home = new_folder("home")
        index = with_user(url, token) + "simple/"
        result = run(SYSTEM_PYTHON, "-m", "pip", "install", "--no-input", "--disable-pip-version-check",
                     "--no-cache-dir", "--retries", "0", "--target", home / "there", f"{package}=={version}",
                     env=environment(HOME=home, PIP_INDEX_URL=index, PIP_CONFIG_FILE="/dev/null"))
        found = home / "there" / f"{package.replace('-', '_')}.py"
        return result, found.exists() and version in found.read_text()

    def publish(self, url, token, package, version):
        home = new_folder("home")
        given = {"TWINE_USERNAME": "aws", "TWINE_PASSWORD": token} if token else {}
        return run("/usr/bin/twine", "upload", "--non-interactive", "--disable-progress-bar", "--repository-url", url,
                   wheel(home, package, version), env=environment(HOME=home, **given))


TOOLS = [Python()]
