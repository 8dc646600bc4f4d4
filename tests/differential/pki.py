# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""An authority, and a certificate for every host name that a case can lead to."""
import subprocess

REGIONS = {  # every region that cases name, with the suffixes of its hosts in either version
    "us-west-2": ("amazonaws.com", "api.aws"), "us-east-1": ("amazonaws.com", "api.aws"),
    "eu-west-1": ("amazonaws.com", "api.aws"), "mars-north-1": ("amazonaws.com", "api.aws"),
    "us-gov-west-1": ("amazonaws.com", "api.aws"),
    "cn-north-1": ("amazonaws.com.cn", "api.amazonwebservices.com.cn"),
    "us-iso-east-1": ("c2s.ic.gov", "api.aws.ic.gov"), "us-isob-east-1": ("sc2s.sgov.gov", "api.aws.scloud"),
    "x": ("amazonaws.com", "api.aws"), "us-iso-west-1": ("c2s.ic.gov", "api.aws.ic.gov"),
    "aws-global": ("amazonaws.com", "api.aws"),
}


def _openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def make(folder):
    """Writes ca.pem, chain.pem and leaf.key."""
    names = ["localhost"]
    for region, suffixes in REGIONS.items():
        for suffix in suffixes:
            names += [f"*.{region}.{suffix}", f"*.sso.{region}.{suffix}"]
    names += ["*.amazonaws.com"]
    extension = "subjectAltName=" + ",".join("DNS:" + name for name in names) + ",IP:127.0.0.1\n"
    (folder / "leaf.cnf").write_text(extension)
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    _openssl(folder, "req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=stub CA",
             "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")
    _openssl(folder, "req", *key, "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", "/CN=stub")
    _openssl(folder, "x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out",
             "leaf.pem", "-days", "30", "-extfile", "leaf.cnf")
    (folder / "chain.pem").write_text((folder / "leaf.pem").read_text() + (folder / "ca.pem").read_text())
