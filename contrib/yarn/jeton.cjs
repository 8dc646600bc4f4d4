// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// Tokens of jeton for yarn 2 and newer. Name this file under `plugins:` in .yarnrc.yml, of a project or of your home,
// or in the variable YARN_PLUGINS; and set `npmAlwaysAuth: true`, without which yarn asks nobody.
module.exports = {
  name: 'plugin-jeton',
  factory: require => {
    const {execFileSync} = require('child_process');
    // yarn asks at every request; the token is the same for all of them.
    const headers = new Map();
    const ask = registry => execFileSync('jeton', ['credential-helper', 'token', '--bearer', '--', `${registry}/`],
      {encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit']}).trim();
    return {
      hooks: {
        getNpmAuthenticationHeader(current, registry) {
          if (!headers.has(registry))
            headers.set(registry, ask(registry));
          return headers.get(registry) || current;
        },
      },
    };
  },
};
