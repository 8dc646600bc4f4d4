// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// What the AWS SDK for JavaScript makes of STS's answers, and the tokens of the sessions that it gives.
// test_sts_sdk starts the service and says in the environment where it is and who may call it.
import assert from 'node:assert/strict';
import { CodeartifactClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-codeartifact';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand, GetAccessKeyInfoCommand, GetCallerIdentityCommand, GetSessionTokenCommand, STSClient,
} from '@aws-sdk/client-sts';
import { account, holds, near, refusedBy, report, sendTo, settings } from './client.mjs';

const sts = new STSClient(settings());
const iam = new IAMClient(settings());
const RoleArn = `arn:aws:iam::${account}:role/sdk`;
const as = ({ AccessKeyId, SecretAccessKey, SessionToken }) => settings({
  credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
});
const policy = (statement) => JSON.stringify({ Version: '2012-10-17', Statement: statement });
const assume = (more = {}, client = sts) => sendTo(client, new AssumeRoleCommand({ RoleArn, RoleSessionName: 'sdk', ...more }));
const refused = (name, status, more, client = sts) =>
  refusedBy(client, name, status, new AssumeRoleCommand({ RoleArn, RoleSessionName: 'sdk', ...more }));

await holds('a role is made', async () => {
  await sendTo(iam, new CreateRoleCommand({
    RoleName: 'sdk',
    MaxSessionDuration: 7200,
    AssumeRolePolicyDocument: policy({
      Effect: 'Allow', Principal: { AWS: account }, Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
    }),
  }));
  await sendTo(iam, new PutRolePolicyCommand({
    RoleName: 'sdk', PolicyName: 'all', PolicyDocument: policy({ Effect: 'Allow', Action: '*', Resource: '*' }),
  }));
});

await holds('AssumeRole, every member', async () => {
  const { Credentials, AssumedRoleUser, ...rest } = await assume({
    DurationSeconds: 900,
    Policy: policy({ Effect: 'Allow', Action: '*', Resource: '*' }),
    PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/AWSCodeArtifactReadOnlyAccess' }],
    Tags: [{ Key: 'team', Value: 'é +=' }],
    TransitiveTagKeys: ['team'],
    SourceIdentity: 'ann',
    ExternalId: 'a:b/c',
  });
  assert.deepEqual(Object.keys(Credentials).sort(), ['AccessKeyId', 'Expiration', 'SecretAccessKey', 'SessionToken']);
  assert.match(Credentials.AccessKeyId, /^ASIA[A-Z2-7]{16}$/);
  near(Credentials.Expiration, 900);
  assert.match(AssumedRoleUser.AssumedRoleId, /^AROA[A-Z2-7]{17}:sdk$/);
  assert.equal(AssumedRoleUser.Arn, `arn:aws:sts::${account}:assumed-role/sdk/sdk`);
  assert.deepEqual(rest, { PackedPolicySize: rest.PackedPolicySize, SourceIdentity: 'ann' });
  assert.ok(rest.PackedPolicySize > 0 && rest.PackedPolicySize <= 100);
  const who = await sendTo(new STSClient(as(Credentials)), new GetCallerIdentityCommand({}));
  assert.deepEqual(who, { UserId: AssumedRoleUser.AssumedRoleId, Account: account, Arn: AssumedRoleUser.Arn });
});

await holds('a token of a session of 900 seconds: twelve hours, an hour, or the session\'s end', async () => {
  const { Credentials } = await assume({ DurationSeconds: 900 });
  const client = new CodeartifactClient(as(Credentials));
  const token = (more) => sendTo(client, new GetAuthorizationTokenCommand({ domain: 'demo', ...more }));
  near((await token()).expiration, 43200);
  near((await token({ durationSeconds: 3600 })).expiration, 3600);
  assert.equal((await token({ durationSeconds: 0 })).expiration.getTime(), Credentials.Expiration.getTime());
});

await holds('GetSessionToken and GetAccessKeyInfo', async () => {
  const { Credentials } = await sendTo(sts, new GetSessionTokenCommand({}));
  near(Credentials.Expiration, 43200);
  const session = new STSClient(as(Credentials));
  assert.equal((await sendTo(session, new GetCallerIdentityCommand({}))).Arn, `arn:aws:iam::${account}:user/admin`);
  await refusedBy(session, 'AccessDenied', 403, new GetSessionTokenCommand({}));
  assert.deepEqual(await sendTo(sts, new GetAccessKeyInfoCommand({ AccessKeyId: Credentials.AccessKeyId })), { Account: account });
});

await holds('refusals', async () => {
  await refused('ValidationError', 400, { DurationSeconds: 899 });
  await refused('ValidationError', 400, { DurationSeconds: 7201 });
  await refused('ValidationError', 400, { RoleSessionName: 'a b' });
  await refused('MalformedPolicyDocumentException', 400, { Policy: '{' });
  await refused('AccessDenied', 403, { RoleArn: `${RoleArn}-none` });
  const tags = Array.from({ length: 50 }, (_, at) => ({ Key: `key-${at}`, Value: 'v'.repeat(100) }));
  const large = await refused('PackedPolicyTooLargeException', 400, { Tags: tags });
  assert.match(large.message, /^Packed size of session tags consumes 1\d\d% of allotted space\.$/);
  const { Credentials } = await assume();
  await refused('ValidationError', 400, { DurationSeconds: 3601 }, new STSClient(as(Credentials)));
});

report();
