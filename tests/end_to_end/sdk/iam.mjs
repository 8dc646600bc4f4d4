// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// What the AWS SDK for JavaScript makes of IAM's answers: every operation, every member read back, paginators, waiters.
// test_iam_sdk starts the service and says in the environment where it is and who may call it.
import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-iam';
import { account, credentials, holds, recent, refusedBy, report, sendTo, settings } from './client.mjs';

const iam = new sdk.IAMClient(settings());
const arn = (rest) => `arn:aws:iam::${account}:${rest}`;
const readOnly = 'arn:aws:iam::aws:policy/AWSCodeArtifactReadOnlyAccess';
const thumbprint = '6938fd4d98bab03faadb97b34396831e3780aea1';

const called = new Set();
/** Calls the operation of that name. */
const call = (name, input = {}, client = iam) => {
  called.add(name);
  return sendTo(client, new sdk[`${name}Command`](input));
};
const refused = (error, status, name, input, client = iam) => refusedBy(client, error, status, new sdk[`${name}Command`](input));
/** An operation that answers nothing. */
const done = async (name, input) => assert.deepEqual(await call(name, input), {});

const allow = (Action, more = {}) => JSON.stringify({
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*', ...more }],
});
const trust = (Principal, Action = 'sts:AssumeRole') => JSON.stringify({
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action }],
});
const strange = allow('s3:*', { Sid: 'x', Resource: 'arn:aws:s3:::a%2Fb+ &<>"\'é' });

await holds('a user', async () => {
  const Tags = [{ Key: 'a b', Value: '' }, { Key: 'z', Value: 'é /+' }];
  const { User, ...rest } = await call('CreateUser', { UserName: 'sdk+=,.@-_u', Path: '/a/b/', Tags });
  assert.deepEqual(rest, {});
  recent(User.CreateDate);
  assert.match(User.UserId, /^AIDA[A-Z2-7]{17}$/);
  assert.deepEqual(User, {
    Path: '/a/b/', UserName: 'sdk+=,.@-_u', UserId: User.UserId, Arn: arn('user/a/b/sdk+=,.@-_u'),
    CreateDate: User.CreateDate, Tags,
  });
  const UserName = 'sdk+=,.@-_u';
  assert.deepEqual(await call('GetUser', { UserName }), { User });
  const { Tags: none, ...listed } = User;
  assert.deepEqual(await call('ListUsers', { PathPrefix: '/a/b/' }), { Users: [listed], IsTruncated: false });
  await done('TagUser', { UserName, Tags: [{ Key: 'more', Value: '1' }] });
  assert.deepEqual(await call('ListUserTags', { UserName }),
    { Tags: [Tags[0], { Key: 'more', Value: '1' }, Tags[1]], IsTruncated: false });
  await done('UntagUser', { UserName, TagKeys: ['more', 'a b', 'z'] });
  assert.deepEqual((await call('GetUser', { UserName })).User, listed);
  await done('UpdateUser', { UserName, NewUserName: 'renamed', NewPath: '/' });
  assert.equal((await call('GetUser', { UserName: 'renamed' })).User.Arn, arn('user/renamed'));
  await done('DeleteUser', { UserName: 'renamed' });
  const error = await refused('NoSuchEntityException', 404, 'GetUser', { UserName: 'renamed' });
  assert.ok(error instanceof sdk.NoSuchEntityException);
  assert.equal(error.message, 'The user with name renamed cannot be found.');
});

await holds('access keys', async () => {
  await call('CreateUser', { UserName: 'keys' });
  const { AccessKey, ...rest } = await call('CreateAccessKey', { UserName: 'keys' });
  assert.deepEqual(rest, {});
  recent(AccessKey.CreateDate);
  assert.match(AccessKey.AccessKeyId, /^AKIA[A-Z2-7]{16}$/);
  assert.match(AccessKey.SecretAccessKey, /^[A-Za-z0-9+/]{40}$/);
  const { SecretAccessKey, ...metadata } = AccessKey;
  assert.deepEqual(metadata, {
    UserName: 'keys', AccessKeyId: AccessKey.AccessKeyId, Status: 'Active', CreateDate: AccessKey.CreateDate,
  });
  const { AccessKeyId } = AccessKey;
  assert.deepEqual(await call('ListAccessKeys', { UserName: 'keys' }), { AccessKeyMetadata: [metadata], IsTruncated: false });
  assert.deepEqual(await call('GetAccessKeyLastUsed', { AccessKeyId }),
    { UserName: 'keys', AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } });
  const own = new sdk.IAMClient(settings({ credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } }));
  const error = await refused('AccessDenied', 403, 'GetUser', {}, own);
  assert.match(error.message, /is not authorized to perform: iam:GetUser on resource: arn:aws:iam::\d{12}:user\/keys /);
  await done('UpdateAccessKey', { UserName: 'keys', AccessKeyId, Status: 'Inactive' });
  await refused('InvalidClientTokenId', 403, 'GetUser', {}, own);
  assert.equal((await call('ListAccessKeys', { UserName: 'keys' })).AccessKeyMetadata[0].Status, 'Inactive');
  await call('CreateAccessKey', { UserName: 'keys' });
  assert.ok(await refused('LimitExceededException', 409, 'CreateAccessKey', { UserName: 'keys' }) instanceof sdk.LimitExceededException);
  assert.ok(await refused('DeleteConflictException', 409, 'DeleteUser', { UserName: 'keys' }) instanceof sdk.DeleteConflictException);
  const pages = [];
  for await (const page of sdk.paginateListAccessKeys({ client: iam, pageSize: 1 }, { UserName: 'keys' })) {
    assert.equal(page.AccessKeyMetadata.length, 1);
    pages.push(page.AccessKeyMetadata[0].AccessKeyId);
  }
  assert.equal(new Set(pages).size, 2);
  for (const id of pages) await done('DeleteAccessKey', { UserName: 'keys', AccessKeyId: id });
  await done('DeleteUser', { UserName: 'keys' });
});

await holds('a role', async () => {
  const Tags = [{ Key: 'k', Value: 'v' }];
  const AssumeRolePolicyDocument = trust({ AWS: arn('root') });
  const { Role } = await call('CreateRole', {
    RoleName: 'role', Path: '/r/', AssumeRolePolicyDocument, Description: 'naïve „quotes“ & <tags>', MaxSessionDuration: 43200,
    Tags, PermissionsBoundary: readOnly,
  });
  recent(Role.CreateDate);
  assert.match(Role.RoleId, /^AROA[A-Z2-7]{17}$/);
  assert.deepEqual(Role, {
    Path: '/r/', RoleName: 'role', RoleId: Role.RoleId, Arn: arn('role/r/role'), CreateDate: Role.CreateDate,
    AssumeRolePolicyDocument: encodeURIComponent(AssumeRolePolicyDocument), Description: 'naïve „quotes“ & <tags>',
    MaxSessionDuration: 43200, Tags, RoleLastUsed: {},
    PermissionsBoundary: { PermissionsBoundaryType: 'PermissionsBoundaryPolicy', PermissionsBoundaryArn: readOnly },
  });
  assert.deepEqual(await call('GetRole', { RoleName: 'role' }), { Role });
  const { Tags: tags, PermissionsBoundary: boundary, RoleLastUsed: used, ...listed } = Role;
  assert.deepEqual(await call('ListRoles', { PathPrefix: '/r/' }), { Roles: [listed], IsTruncated: false });
  const RoleName = 'role';
  await done('UpdateRole', { RoleName, MaxSessionDuration: 3600, Description: 'd' });
  assert.equal((await call('UpdateRoleDescription', { RoleName, Description: 'e' })).Role.Description, 'e');
  assert.equal((await call('GetRole', { RoleName })).Role.MaxSessionDuration, 3600);
  await done('UpdateAssumeRolePolicy', { RoleName, PolicyDocument: trust({ Service: 'x.amazonaws.com' }) });
  assert.equal(decodeURIComponent((await call('GetRole', { RoleName })).Role.AssumeRolePolicyDocument),
    trust({ Service: 'x.amazonaws.com' }));
  await done('TagRole', { RoleName, Tags: [{ Key: 'l', Value: 'w' }] });
  await done('UntagRole', { RoleName, TagKeys: ['k'] });
  assert.deepEqual(await call('ListRoleTags', { RoleName }), { Tags: [{ Key: 'l', Value: 'w' }], IsTruncated: false });
  await done('DeleteRolePermissionsBoundary', { RoleName });
  await done('PutRolePermissionsBoundary', { RoleName, PermissionsBoundary: readOnly });
  await done('PutRolePolicy', { RoleName, PolicyName: 'p', PolicyDocument: strange });
  assert.deepEqual(await call('ListRolePolicies', { RoleName }), { PolicyNames: ['p'], IsTruncated: false });
  const shown = await call('GetRolePolicy', { RoleName, PolicyName: 'p' });
  assert.deepEqual({ ...shown, PolicyDocument: decodeURIComponent(shown.PolicyDocument) },
    { RoleName, PolicyName: 'p', PolicyDocument: strange });
  await done('AttachRolePolicy', { RoleName, PolicyArn: readOnly });
  assert.deepEqual(await call('ListAttachedRolePolicies', { RoleName }), {
    AttachedPolicies: [{ PolicyName: 'AWSCodeArtifactReadOnlyAccess', PolicyArn: readOnly }], IsTruncated: false,
  });
  assert.deepEqual(await call('ListEntitiesForPolicy', { PolicyArn: readOnly }), {
    PolicyGroups: [], PolicyUsers: [], PolicyRoles: [{ RoleName, RoleId: Role.RoleId }], IsTruncated: false,
  });
  assert.deepEqual(await call('ListInstanceProfilesForRole', { RoleName }), { InstanceProfiles: [], IsTruncated: false });
  await done('DetachRolePolicy', { RoleName, PolicyArn: readOnly });
  await done('DeleteRolePolicy', { RoleName, PolicyName: 'p' });
  await done('DeleteRole', { RoleName });
  const error = await refused('MalformedPolicyDocumentException', 400, 'CreateRole',
    { RoleName, AssumeRolePolicyDocument: trust({ AWS: arn('user/missing') }) });
  assert.ok(error instanceof sdk.MalformedPolicyDocumentException);
});

await holds('a group', async () => {
  const GroupName = 'group';
  const { Group } = await call('CreateGroup', { GroupName, Path: '/g/' });
  recent(Group.CreateDate);
  assert.deepEqual(Group, {
    Path: '/g/', GroupName, GroupId: Group.GroupId, Arn: arn('group/g/group'), CreateDate: Group.CreateDate,
  });
  const { User } = await call('CreateUser', { UserName: 'in-group' });
  await done('AddUserToGroup', { GroupName, UserName: 'in-group' });
  assert.deepEqual(await call('GetGroup', { GroupName }), { Group, Users: [User], IsTruncated: false });
  assert.deepEqual(await call('ListGroups'), { Groups: [Group], IsTruncated: false });
  assert.deepEqual(await call('ListGroupsForUser', { UserName: 'in-group' }), { Groups: [Group], IsTruncated: false });
  await done('PutGroupPolicy', { GroupName, PolicyName: 'p', PolicyDocument: strange });
  const shown = await call('GetGroupPolicy', { GroupName, PolicyName: 'p' });
  assert.equal(decodeURIComponent(shown.PolicyDocument), strange);
  assert.deepEqual(await call('ListGroupPolicies', { GroupName }), { PolicyNames: ['p'], IsTruncated: false });
  await done('AttachGroupPolicy', { GroupName, PolicyArn: readOnly });
  assert.equal((await call('ListAttachedGroupPolicies', { GroupName })).AttachedPolicies.length, 1);
  await done('DetachGroupPolicy', { GroupName, PolicyArn: readOnly });
  await done('DeleteGroupPolicy', { GroupName, PolicyName: 'p' });
  await done('RemoveUserFromGroup', { GroupName, UserName: 'in-group' });
  await done('UpdateGroup', { GroupName, NewGroupName: 'other' });
  await done('DeleteGroup', { GroupName: 'other' });
  await done('DeleteUser', { UserName: 'in-group' });
});

await holds('a managed policy', async () => {
  const Tags = [{ Key: 'k', Value: 'v' }];
  const { Policy } = await call('CreatePolicy', {
    PolicyName: 'policy', Path: '/p/q/', PolicyDocument: strange, Description: 'what for', Tags,
  });
  recent(Policy.CreateDate);
  assert.match(Policy.PolicyId, /^ANPA[A-Z2-7]{17}$/);
  const PolicyArn = arn('policy/p/q/policy');
  assert.deepEqual(Policy, {
    PolicyName: 'policy', PolicyId: Policy.PolicyId, Arn: PolicyArn, Path: '/p/q/', DefaultVersionId: 'v1',
    AttachmentCount: 0, PermissionsBoundaryUsageCount: 0, IsAttachable: true, Description: 'what for',
    CreateDate: Policy.CreateDate, UpdateDate: Policy.CreateDate, Tags,
  });
  assert.deepEqual(await call('GetPolicy', { PolicyArn }), { Policy });
  const { Tags: tags, Description: text, ...listed } = Policy;
  assert.deepEqual(await call('ListPolicies', { Scope: 'Local' }), { Policies: [listed], IsTruncated: false });
  const { PolicyVersion } = await call('CreatePolicyVersion', { PolicyArn, PolicyDocument: allow('iam:*'), SetAsDefault: true });
  recent(PolicyVersion.CreateDate);
  assert.deepEqual(PolicyVersion, { VersionId: 'v2', IsDefaultVersion: true, CreateDate: PolicyVersion.CreateDate });
  assert.deepEqual(await call('GetPolicyVersion', { PolicyArn, VersionId: 'v2' }),
    { PolicyVersion: { ...PolicyVersion, Document: encodeURIComponent(allow('iam:*')).replaceAll('*', '%2A') } });
  assert.deepEqual((await call('ListPolicyVersions', { PolicyArn })).Versions.map((v) => [v.VersionId, v.IsDefaultVersion]),
    [['v2', true], ['v1', false]]);
  await done('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v1' });
  await done('DeletePolicyVersion', { PolicyArn, VersionId: 'v2' });
  await done('TagPolicy', { PolicyArn, Tags: [{ Key: 'l', Value: 'w' }] });
  await done('UntagPolicy', { PolicyArn, TagKeys: ['k'] });
  assert.deepEqual(await call('ListPolicyTags', { PolicyArn }), { Tags: [{ Key: 'l', Value: 'w' }], IsTruncated: false });
  await call('CreateUser', { UserName: 'holder', PermissionsBoundary: PolicyArn });
  await done('AttachUserPolicy', { UserName: 'holder', PolicyArn });
  assert.deepEqual(await call('ListAttachedUserPolicies', { UserName: 'holder', PathPrefix: '/p/' }),
    { AttachedPolicies: [{ PolicyName: 'policy', PolicyArn }], IsTruncated: false });
  const counted = (await call('GetPolicy', { PolicyArn })).Policy;
  assert.deepEqual([counted.AttachmentCount, counted.PermissionsBoundaryUsageCount], [1, 1]);
  await done('PutUserPolicy', { UserName: 'holder', PolicyName: 'p', PolicyDocument: strange });
  assert.deepEqual(await call('ListUserPolicies', { UserName: 'holder' }), { PolicyNames: ['p'], IsTruncated: false });
  assert.equal(decodeURIComponent((await call('GetUserPolicy', { UserName: 'holder', PolicyName: 'p' })).PolicyDocument), strange);
  await done('DeleteUserPolicy', { UserName: 'holder', PolicyName: 'p' });
  await done('DetachUserPolicy', { UserName: 'holder', PolicyArn });
  await done('DeleteUserPermissionsBoundary', { UserName: 'holder' });
  await done('PutUserPermissionsBoundary', { UserName: 'holder', PermissionsBoundary: PolicyArn });
  await refused('DeleteConflictException', 409, 'DeletePolicy', { PolicyArn });
  await done('DeleteUser', { UserName: 'holder' });
  await done('DeletePolicy', { PolicyArn });
  assert.ok(await refused('NoSuchEntityException', 404, 'GetPolicy', { PolicyArn }) instanceof sdk.NoSuchEntityException);
  assert.ok(await refused('InvalidInputException', 400, 'GetPolicy', { PolicyArn: 'x'.repeat(20) }) instanceof sdk.InvalidInputException);
});

await holds('an OpenID Connect provider', async () => {
  const Tags = [{ Key: 'k', Value: 'v' }];
  const OpenIDConnectProviderArn = arn('oidc-provider/issuer.example');
  assert.deepEqual(await call('CreateOpenIDConnectProvider', { Url: 'https://issuer.example', ClientIDList: ['a'], Tags }),
    { OpenIDConnectProviderArn, Tags });
  const { CreateDate, ...shown } = await call('GetOpenIDConnectProvider', { OpenIDConnectProviderArn });
  recent(CreateDate);
  assert.deepEqual(shown, { Url: 'issuer.example', ClientIDList: ['a'], ThumbprintList: [], Tags });
  assert.deepEqual(await call('ListOpenIDConnectProviders'), { OpenIDConnectProviderList: [{ Arn: OpenIDConnectProviderArn }] });
  await done('AddClientIDToOpenIDConnectProvider', { OpenIDConnectProviderArn, ClientID: 'b' });
  await done('RemoveClientIDFromOpenIDConnectProvider', { OpenIDConnectProviderArn, ClientID: 'a' });
  await done('UpdateOpenIDConnectProviderThumbprint', { OpenIDConnectProviderArn, ThumbprintList: [thumbprint] });
  await done('TagOpenIDConnectProvider', { OpenIDConnectProviderArn, Tags: [{ Key: 'l', Value: 'w' }] });
  await done('UntagOpenIDConnectProvider', { OpenIDConnectProviderArn, TagKeys: ['k'] });
  assert.deepEqual(await call('ListOpenIDConnectProviderTags', { OpenIDConnectProviderArn }),
    { Tags: [{ Key: 'l', Value: 'w' }], IsTruncated: false });
  assert.deepEqual({ ...await call('GetOpenIDConnectProvider', { OpenIDConnectProviderArn }), CreateDate: undefined }, {
    Url: 'issuer.example', ClientIDList: ['b'], ThumbprintList: [thumbprint], Tags: [{ Key: 'l', Value: 'w' }],
    CreateDate: undefined,
  });
  const error = await refused('EntityAlreadyExistsException', 409, 'CreateOpenIDConnectProvider', { Url: 'https://issuer.example' });
  assert.ok(error instanceof sdk.EntityAlreadyExistsException);
  await done('DeleteOpenIDConnectProvider', { OpenIDConnectProviderArn });
  assert.deepEqual(await call('ListAccountAliases'), { AccountAliases: [], IsTruncated: false });
});

await holds('simulations', async () => {
  const PolicyInputList = [allow('s3:Get*'), allow('s3:GetObject', { Effect: 'Deny', Sid: 'no' })];
  assert.deepEqual(await call('SimulateCustomPolicy', { PolicyInputList, ActionNames: ['s3:GetObject', 's3:GetBucket', 's3:Put'] }), {
    EvaluationResults: [
      { EvalActionName: 's3:GetObject', EvalResourceName: '*', EvalDecision: 'explicitDeny', MissingContextValues: [],
        MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.2', SourcePolicyType: 'none',
          StartPosition: { Line: 1, Column: PolicyInputList[0].indexOf('[{') + 2 }, EndPosition: { Line: 1, Column: PolicyInputList[1].length - 1 } }] },
      { EvalActionName: 's3:GetBucket', EvalResourceName: '*', EvalDecision: 'allowed', MissingContextValues: [],
        MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.1', SourcePolicyType: 'none',
          StartPosition: { Line: 1, Column: PolicyInputList[0].indexOf('[{') + 2 }, EndPosition: { Line: 1, Column: PolicyInputList[0].length - 1 } }] },
      { EvalActionName: 's3:Put', EvalResourceName: '*', EvalDecision: 'implicitDeny', MissingContextValues: [], MatchedStatements: [] },
    ],
    IsTruncated: false,
  });
  const input = { PolicySourceArn: arn('user/admin'), ActionNames: ['s3:a', 's3:b', 's3:c'], ResourceArns: ['arn:aws:s3:::x', 'arn:aws:s3:::y'] };
  assert.equal((await call('SimulatePrincipalPolicy', input)).EvaluationResults.length, 6);
  const seen = [];
  for await (const page of sdk.paginateSimulatePrincipalPolicy({ client: iam, pageSize: 4 }, { ...input })) {
    seen.push(page.EvaluationResults.map((result) => result.EvalActionName.slice(3) + result.EvalResourceName.slice(13)));
  }
  assert.deepEqual(seen, [['ax', 'ay', 'bx', 'by'], ['cx', 'cy']]);
});

await holds('the paginators see every entry once', async () => {
  const names = ['p1', 'p2', 'p3', 'p4', 'p5'];
  await call('CreateUser', { UserName: 'pages', Path: '/pages/' });
  for (const name of names) {
    await call('CreateUser', { UserName: name, Path: '/pages/p/' });
    await call('CreateGroup', { GroupName: name, Path: '/pages/' });
    await call('CreateRole', { RoleName: name, Path: '/pages/', AssumeRolePolicyDocument: trust({ AWS: account }) });
    const { Policy } = await call('CreatePolicy', { PolicyName: name, Path: '/pages/', PolicyDocument: allow('s3:*') });
    await call('AttachUserPolicy', { UserName: 'pages', PolicyArn: Policy.Arn });
    await call('PutUserPolicy', { UserName: 'pages', PolicyName: name, PolicyDocument: allow('s3:*') });
    await call('AddUserToGroup', { UserName: 'pages', GroupName: name });
    await call('AddUserToGroup', { UserName: name, GroupName: 'p1' });
    for (const [kind, input] of [['User', { UserName: name }], ['Group', { GroupName: name }], ['Role', { RoleName: name }]]) {
      await call(`Attach${kind}Policy`, { ...input, PolicyArn: arn('policy/pages/p1') });
    }
  }
  await call('TagUser', { UserName: 'pages', Tags: names.map((Key) => ({ Key, Value: '' })) });
  for (const [name, input, member, key, wanted = names] of [
    ['ListUsers', { PathPrefix: '/pages/p/' }, 'Users', 'UserName'],
    ['ListGroups', { PathPrefix: '/pages/' }, 'Groups', 'GroupName'],
    ['ListRoles', { PathPrefix: '/pages/' }, 'Roles', 'RoleName'],
    ['ListPolicies', { PathPrefix: '/pages/' }, 'Policies', 'PolicyName'],
    ['ListAttachedUserPolicies', { UserName: 'pages' }, 'AttachedPolicies', 'PolicyName'],
    ['ListUserPolicies', { UserName: 'pages' }, 'PolicyNames'],
    ['ListUserTags', { UserName: 'pages' }, 'Tags', 'Key'],
    ['ListGroupsForUser', { UserName: 'pages' }, 'Groups', 'GroupName'],
    ['GetGroup', { GroupName: 'p1' }, 'Users', 'UserName', [...names, 'pages']],
    ['ListPolicyVersions', { PolicyArn: arn('policy/pages/p1') }, 'Versions', 'VersionId', ['v1']],
  ]) {
    for (const pageSize of [1, 2, 5, 1000]) {
      const seen = [];
      for await (const page of sdk[`paginate${name}`]({ client: iam, pageSize }, { ...input })) {
        assert.ok(page[member].length <= pageSize);
        seen.push(...page[member].map((entry) => (key ? entry[key] : entry)));
      }
      assert.deepEqual(seen, wanted, `${name} by ${pageSize}`);
    }
  }
  const seen = [];
  for await (const page of sdk.paginateListEntitiesForPolicy({ client: iam, pageSize: 2 }, { PolicyArn: arn('policy/pages/p1') })) {
    seen.push(...page.PolicyUsers.map(({ UserName }) => `u${UserName}`), ...page.PolicyGroups.map(({ GroupName }) => `g${GroupName}`),
      ...page.PolicyRoles.map(({ RoleName }) => `r${RoleName}`));
  }
  assert.deepEqual(seen.sort(), ['g', 'r', 'u'].flatMap((kind) => names.map((name) => kind + name)).concat('upages'));
});

await holds('the waiters wait for what comes, and end', async () => {
  const waiting = [
    sdk.waitUntilUserExists({ client: iam, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { UserName: 'awaited' }),
    sdk.waitUntilRoleExists({ client: iam, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { RoleName: 'awaited' }),
    sdk.waitUntilPolicyExists({ client: iam, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { PolicyArn: arn('policy/awaited') }),
  ];
  await call('CreateUser', { UserName: 'awaited' });
  await call('CreateRole', { RoleName: 'awaited', AssumeRolePolicyDocument: trust({ AWS: account }) });
  await call('CreatePolicy', { PolicyName: 'awaited', PolicyDocument: allow('s3:*') });
  for (const { state } of await Promise.all(waiting)) assert.equal(state, 'SUCCESS');
});

await holds('the root, a session and nobody', async () => {
  const as = (name) => new sdk.IAMClient(settings({ credentials: credentials(name) }));
  const { User } = await call('GetUser', {}, as('ROOT'));
  recent(User.CreateDate);
  assert.deepEqual(User, { UserId: account, Arn: arn('root'), CreateDate: User.CreateDate });
  await refused('InvalidClientTokenId', 403, 'GetUser', {}, as('SESSION'));
  await refused('AccessDenied', 403, 'ListUsers', {}, as('NOBODY'));
  const unsigned = new sdk.IAMClient(settings({ signer: { sign: async (request) => request } }));
  await refused('MissingAuthenticationToken', 403, 'ListUsers', {}, unsigned);
});

await holds('what the SDK lets through and the model forbids', async () => {
  for (const [name, input] of [
    ['CreateUser', { UserName: 'a b' }], ['CreateUser', { UserName: '' }], ['CreateUser', { UserName: 'x'.repeat(65) }],
    ['CreateUser', { UserName: 'x', Path: 'x' }], ['CreateUser', { UserName: 'x', Tags: [{ Key: '', Value: '' }] }],
    ['CreateUser', { UserName: 'x', Tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' })) }],
    ['CreateRole', { RoleName: 'x', AssumeRolePolicyDocument: trust({ AWS: account }), MaxSessionDuration: 3599 }],
    ['CreatePolicy', { PolicyName: 'x', PolicyDocument: '' }], ['ListUsers', { MaxItems: 0 }], ['ListUsers', { Marker: '!' }],
    ['UpdateAccessKey', { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'Expired' }],
    ['CreateOpenIDConnectProvider', { Url: 'https://x.example', ThumbprintList: ['x'] }],
  ]) {
    await refused('ValidationError', 400, name, input);
  }
});

await holds('every operation that the service has was called', async () => {
  const all = process.env.OPERATIONS.split(' ');
  assert.ok(all.length > 80, `${all.length}`);
  assert.deepEqual(all.filter((name) => !called.has(name)), []);
});

report();
