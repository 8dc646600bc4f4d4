# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""What both benches share: the build, a jetond with fresh data, requests signed by somebody else's signer."""

import configparser
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(TOP, 'build-bench')
REGION = 'us-east-1'
DOMAIN = 'demo'


def fail(message):
    sys.exit(f'{os.path.basename(sys.argv[0])}: {message}')


def build():
    """Installs what is missing and builds as a distribution would."""
    subprocess.run([TOP + '/tools/install-packages', 'run', 'build', 'bench'], check=True)
    quiet = {'cwd': TOP, 'stdout': subprocess.PIPE, 'stderr': subprocess.STDOUT, 'text': True}
    commands = [['meson', 'compile', '-C', BUILD]]
    if not os.path.exists(BUILD + '/build.ninja'):
        commands.insert(0, ['meson', 'setup', BUILD, '--buildtype=release', '-Dtests=false', '-Dbench=true'])
    for command in commands:
        done = subprocess.run(command, check=False, **quiet)
        if done.returncode:
            fail('the build failed:\n' + done.stdout[-4000:])


def on_core(core, command):
    """The command bound to a core, where the machine has more than one."""
    return ['taskset', '-c', str(core)] + command if (os.cpu_count() or 1) > 1 else command


@contextlib.contextmanager
def scratch():
    folder = tempfile.mkdtemp(prefix='jeton-bench-')
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Service:
    """A jetond with fresh data, bound to a core; a context manager."""

    def __init__(self, folder, core, *options, account=None):
        self.data = folder + '/data'
        self.log = folder + '/jetond.log'
        whose = ['--account', account] if account else []
        subprocess.run([BUILD + '/jetond', 'init', '--data', self.data, '--domain', DOMAIN, '--region', REGION, *whose],
                       check=True, stdout=subprocess.DEVNULL)
        self.command = on_core(core, [BUILD + '/jetond', 'serve', '--data', self.data, '--listen', '127.0.0.1:0',
                                      *options])

    def __enter__(self):
        with open(self.log, 'wb') as log:
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        for _ in range(200):
            with open(self.log, encoding='utf-8') as log:
                found = re.search(r'^listening on (https?://[^:]+:(\d+))$', log.read(), re.M)
            if found or self.process.poll() is not None:
                break
            time.sleep(0.05)
        if not found:
            self.__exit__()
            with open(self.log, encoding='utf-8') as log:
                fail('jetond did not start: ' + log.read())
        self.url, self.port = found[1], int(found[2])
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def key(self):
        """(access key id, secret) of the administrator."""
        parser = configparser.RawConfigParser()
        parser.read(self.data + '/credentials')
        return parser['default']['aws_access_key_id'], parser['default']['aws_secret_access_key']


def signed_headers(service, url, name='codeartifact', form=''):
    """The headers of a POST of a form, or nothing, to URL, signed by the botocore inside the AWS CLI."""
    import awscli  # noqa: F401  makes its botocore importable by that name
    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials
    request = AWSRequest(method='POST', url=url, data=form.encode(),
                         headers={'Content-Type': 'application/x-www-form-urlencoded'} if form else {})
    SigV4Auth(Credentials(*service.key()), name, REGION).add_auth(request)
    headers = dict(request.headers.items())
    headers['Host'] = url.split('/')[2]
    headers['Content-Length'] = str(len(form))
    return headers


def token_path(duration=None):
    return f'/v1/authorization-token?domain={DOMAIN}' + (f'&duration={duration}' if duration else '')
