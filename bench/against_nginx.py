# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""A server of ours on one core against nginx answering a constant on that core, both asked by wrk from another core."""

import os
import re
import subprocess
import time
import urllib.request

from common import fail, on_core

SERVER_CORE = 0
LOAD_CORE = 1
CONNECTIONS = 32

LUA = '''
local requests = {}
for line in io.lines("%s") do
    requests[#requests + 1] = (line:gsub("\\\\r\\\\n", "\\r\\n"))
end
local at = 0
request = function()
    at = at %% #requests + 1
    return requests[at]
end
done = function(summary)
    local errors = summary.errors
    io.write(string.format("RESULT %%d %%d %%d %%d\\n", summary.requests, summary.duration, summary.bytes,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
'''

NGINX = '''
daemon off;
master_process off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    keepalive_requests 1000000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    default_type application/json;
    server {{
        listen 127.0.0.1:{port};
        location / {{ return 200 '{body}'; }}
    }}
}}
'''


def write_load(folder, requests):
    """The requests, each (method, path, headers, body), as one line each for the Lua table."""
    with open(folder + '/requests', 'w', encoding='ascii') as file:
        for method, path, headers, body in requests:
            lines = [f'{method} {path} HTTP/1.1', *(f'{name}: {value}' for name, value in headers.items()), '', body]
            file.write('\\r\\n'.join(lines) + '\n')
    with open(folder + '/load.lua', 'w', encoding='ascii') as file:
        file.write(LUA % (folder + '/requests'))


def processor_time(pid):
    """Seconds of processor time that a process used."""
    with open(f'/proc/{pid}/stat', encoding='ascii') as file:
        fields = file.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def load(url, folder, seconds, pid):
    """(answers a second, share of the core that the server used, bytes an answer)."""
    before = processor_time(pid)
    done = subprocess.run(on_core(LOAD_CORE, ['wrk', '-t1', f'-c{CONNECTIONS}', f'-d{seconds}s', '-s',
                                              folder + '/load.lua', url]), check=False, capture_output=True, text=True)
    used = processor_time(pid) - before
    found = re.search(r'^RESULT (\d+) (\d+) (\d+) (\d+)$', done.stdout, re.M)
    if not found or int(found[4]) or not int(found[1]):
        fail(f'not every answer of {url} was good:\n{done.stdout}{done.stderr}')
    answers, micros, size = int(found[1]), int(found[2]), int(found[3])
    return answers * 1e6 / micros, used * 1e6 / micros, size / answers


def start_nginx(folder, size):
    """nginx that answers everything with a constant of SIZE bytes: (process, URL)."""
    with open(folder + '/nginx.conf', 'w', encoding='ascii') as file:
        port = int(subprocess.run(['/usr/bin/python3', '-c', 'import socket; s = socket.socket(); '
                                   's.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'], check=True,
                                  capture_output=True, text=True).stdout)
        file.write(NGINX.format(folder=folder, port=port, body='x' * size))
    process = subprocess.Popen(on_core(SERVER_CORE, ['/usr/sbin/nginx', '-e', folder + '/nginx.log', '-c',
                                                     folder + '/nginx.conf']), stdin=subprocess.DEVNULL)
    url = f'http://127.0.0.1:{port}'
    for _ in range(100):
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=5) as answer:
                if len(answer.read()) == size:
                    return process, url
        except OSError:
            time.sleep(0.05)
    process.kill()
    fail('nginx did not start; its log is gone with the folder, run it by hand')


def compare(service, folder, make_requests, look_at_answers, options):
    """
    One kind of requests: a table of the rounds, and what comes of them: rates, their ratios by processor time, and
    the bytes of both answers. LOOK_AT_ANSWERS checks some of the requests, and says how long nginx's constant is to be.
    """
    nginx, nginx_url = start_nginx(folder, look_at_answers(service, make_requests(service)))
    rates = {'jetond': [], 'nginx': []}
    busy = []
    try:
        print(f'{"round":7}{"jetond":>14}{"its core":>10}{"nginx":>14}{"its core":>10}{"ratio":>8}')
        for number in range(options.rounds + 1):
            requests = make_requests(service)
            write_load(folder, requests)
            look_at_answers(service, requests)
            seconds = options.seconds if number else 1  # the first warms up
            ours = load(service.url, folder, seconds, service.process.pid)
            theirs = load(nginx_url, folder, seconds, nginx.pid)
            if number == 0:
                continue
            rates['jetond'].append(ours[0])
            rates['nginx'].append(theirs[0])
            busy.append(ours[0] / ours[1] / (theirs[0] / theirs[1]))
            print(f'{number:<7}{ours[0]:12.0f}/s{ours[1]:10.0%}{theirs[0]:12.0f}/s{theirs[1]:10.0%}'
                  f'{ours[0] / theirs[0]:8.2f}')
    finally:
        nginx.terminate()
        nginx.wait()
    return rates, busy, ours[2], theirs[2]
