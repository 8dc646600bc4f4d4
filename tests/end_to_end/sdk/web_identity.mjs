// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// AssumeRoleWithWebIdentity as the AWS SDK for JavaScript sees it: called by itself, and by the SDK's own provider of
// credentials on the way to a token. test_assume_web_identity says in the environment where the service is, and has a
// token for it.
import assert from 'node:assert/strict';
import { CodeartifactClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-codeartifact';
import {
  AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, InvalidIdentityTokenException, STSClient,
} from '@aws-sdk/client-sts';
import { account, holds, near, refusedBy, report, sendTo } from './client.mjs';

const { ENDPOINT: endpoint, REGION: region, ROLE: role, TOKEN: token } = process.env;
const arn = `arn:aws:sts::${account}:assumed-role/${role.split('/').at(-1)}/sdk`;
const input = { RoleArn: role, RoleSessionName: 'sdk', WebIdentityToken: token };

await holds('every member of the answer', async () => {
  const answer = await sendTo(new STSClient({ endpoint, region }), new AssumeRoleWithWebIdentityCommand(input));
  const { Credentials: credentials, AssumedRoleUser: user, ...rest } = answer;
  assert.deepEqual(Object.keys(credentials).sort(), ['AccessKeyId', 'Expiration', 'SecretAccessKey', 'SessionToken']);
  near(credentials.Expiration, 3600);
  assert.match(user.AssumedRoleId, /^AROA[A-Z2-7]{17}:sdk$/);
  assert.equal(user.Arn, arn);
  assert.deepEqual(rest, {
    SubjectFromWebIdentityToken: process.env.SUBJECT, Provider: process.env.ISSUER, Audience: process.env.AUDIENCE,
  });
});

await holds('a refusal has its class', async () => {
  const bad = { ...input, WebIdentityToken: 'eyJhbGciOiJub25lIn0.e30.' };
  const error = await refusedBy(new STSClient({ endpoint, region, maxAttempts: 1 }), 'InvalidIdentityTokenException', 400,
    new AssumeRoleWithWebIdentityCommand(bad));
  assert.ok(error instanceof InvalidIdentityTokenException);
});

await holds('the SDK finds the token by itself, and gets an authorization token', async () => {
  const identity = await sendTo(new STSClient({ endpoint, region }), new GetCallerIdentityCommand({}));
  assert.equal(identity.Account, account);
  assert.match(identity.Arn, new RegExp(`^arn:aws:sts::${account}:assumed-role/${role.split('/').at(-1)}/`));
  const got = await sendTo(new CodeartifactClient({ endpoint, region }), new GetAuthorizationTokenCommand({ domain: 'demo' }));
  assert.match(got.authorizationToken, /^eyJ2ZX[\w-]+(\.[\w-]+){4}$/);
  near(got.expiration, 43200);
});

report();
