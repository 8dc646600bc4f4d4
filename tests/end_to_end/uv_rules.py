# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""What uv does with its environment, by its documentation alone (https://docs.astral.sh/uv/reference/environment/,
https://docs.astral.sh/uv/concepts/authentication/http/, https://docs.astral.sh/uv/guides/package/):

    default-index PACKAGE FOLDER    from the index of UV_DEFAULT_INDEX, "NAME=URL" or a URL, and the credential in it
    index NAME URL PACKAGE FOLDER   from a project's index of that name, by UV_INDEX_NAME_USERNAME and _PASSWORD, in
                                    which whatever is no letter and no digit is an underscore
    publish FILE                    to UV_PUBLISH_URL, by UV_PUBLISH_USERNAME and UV_PUBLISH_PASSWORD
"""
import base64
import os
import pathlib
import re
import sys
import urllib.parse
import urllib.request


def ask(url, user, password, data=None, **headers):
    basic = base64.b64encode(f"{user}:{password}".encode()).decode()
    request = urllib.request.Request(url, data, {"Authorization": f"Basic {basic}", **headers})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def download(index, user, password, package, folder):
    """Every file of the package's page, as PEP 503 has it."""
    page = f"{index.rstrip('/')}/{package}/"
    for reference, name in re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', ask(page, user, password).decode()):
        pathlib.Path(folder).mkdir(exist_ok=True)
        (pathlib.Path(folder) / name).write_bytes(ask(urllib.parse.urljoin(page, reference), user, password))


def default_index(package, folder):
    named = re.fullmatch(r"(?:[\w.-]+=)?(.*)", os.environ["UV_DEFAULT_INDEX"])[1]
    parts = urllib.parse.urlsplit(named)
    place = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    download(place, urllib.parse.unquote(parts.username), urllib.parse.unquote(parts.password), package, folder)


def index(name, url, package, folder):
    prefix = "UV_INDEX_" + re.sub(r"[^A-Z0-9]", "_", name.upper())
    download(url, os.environ[f"{prefix}_USERNAME"], os.environ[f"{prefix}_PASSWORD"], package, folder)


def publish(file):
    fields = {":action": "file_upload", "protocol_version": "1"}
    end = "a-line-between-the-fields"
    body = b"".join(f'--{end}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                    for name, value in fields.items())
    body += (f'--{end}\r\nContent-Disposition: form-data; name="content"; filename="{pathlib.Path(file).name}"\r\n\r\n'
             ).encode() + pathlib.Path(file).read_bytes() + f"\r\n--{end}--\r\n".encode()
    ask(os.environ["UV_PUBLISH_URL"], os.environ["UV_PUBLISH_USERNAME"], os.environ["UV_PUBLISH_PASSWORD"], body,
        **{"Content-Type": f"multipart/form-data; boundary={end}"})


{"default-index": default_index, "index": index, "publish": publish}[sys.argv[1]](*sys.argv[2:])
