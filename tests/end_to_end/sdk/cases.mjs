// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// What the AWS SDK for JavaScript makes of jetond's answers: every operation, every member, every way to be refused.
// test_sdk starts the service and says in the environment where it is and who may call it.
import assert from 'node:assert/strict';
import { Sha256 } from '@aws-crypto/sha256-js';
import {
  CodeartifactClient, CreateDomainCommand, CreateRepositoryCommand, DeleteDomainCommand,
  DeleteDomainPermissionsPolicyCommand, DeleteRepositoryCommand, DeleteRepositoryPermissionsPolicyCommand,
  DescribeDomainCommand, DescribeRepositoryCommand, GetAuthorizationTokenCommand, GetDomainPermissionsPolicyCommand,
  GetRepositoryEndpointCommand, GetRepositoryPermissionsPolicyCommand, ListDomainsCommand, ListRepositoriesCommand,
  ListRepositoriesInDomainCommand, ListTagsForResourceCommand, PutDomainPermissionsPolicyCommand,
  PutRepositoryPermissionsPolicyCommand, TagResourceCommand, UntagResourceCommand, UpdateRepositoryCommand,
  paginateListDomains, paginateListRepositories, paginateListRepositoriesInDomain,
  AccessDeniedException, ConflictException, ResourceNotFoundException, ServiceQuotaExceededException,
  ValidationException,
} from '@aws-sdk/client-codeartifact';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { SignatureV4 } from '@smithy/signature-v4';
import {
  account, credentials, endpoint, holds, near, recent, refusedBy, region, report, sendTo, settings,
} from './client.mjs';

const token = /^eyJ2ZX[\w-]+(\.[\w-]+){4}$/;
const codeartifact = new CodeartifactClient(settings());
const sts = new STSClient(settings());
const arn = (rest) => `arn:aws:codeartifact:${region}:${account}:${rest}`;
const send = (command, client = codeartifact) => sendTo(client, command);
const refused = (name, status, command, client = codeartifact) => refusedBy(client, name, status, command);

// ------------------------------------------------------------------ what works

await holds('GetCallerIdentity', async () => {
  const admin = await send(new GetCallerIdentityCommand({}), sts);
  assert.match(admin.UserId, /^AIDA[A-Z2-7]{16,17}$/);
  assert.deepEqual(admin, { UserId: admin.UserId, Account: account, Arn: `arn:aws:iam::${account}:user/admin` });
  const root = await send(new GetCallerIdentityCommand({}), new STSClient(settings({ credentials: credentials('ROOT') })));
  assert.deepEqual(root, { UserId: account, Account: account, Arn: `arn:aws:iam::${account}:root` });
});

await holds('GetAuthorizationToken', async () => {
  const answer = await send(new GetAuthorizationTokenCommand({ domain: 'demo' }));
  assert.deepEqual(Object.keys(answer).sort(), ['authorizationToken', 'expiration']);
  assert.match(answer.authorizationToken, token);
  near(answer.expiration, 43200);
  const short = await send(new GetAuthorizationTokenCommand({ domain: 'demo', domainOwner: account, durationSeconds: 900 }));
  near(short.expiration, 900);
  assert.notEqual(short.authorizationToken, answer.authorizationToken);
});

await holds('GetAuthorizationToken with a session, to its end', async () => {
  const client = new CodeartifactClient(settings({ credentials: credentials('SESSION') }));
  const ends = await send(new GetAuthorizationTokenCommand({ domain: 'demo', durationSeconds: 0 }), client);
  assert.equal(ends.expiration.getTime(), 1000 * Number(process.env.SESSION_ENDS));
  near((await send(new GetAuthorizationTokenCommand({ domain: 'demo' }), client)).expiration, 43200);
  const identity = await send(new GetCallerIdentityCommand({}), new STSClient(settings({ credentials: credentials('SESSION') })));
  assert.equal(identity.Account, account);
});

await holds('a domain from its making to its end', async () => {
  const encryptionKey = `arn:aws:kms:${region}:${account}:key/abc`;
  const tags = [{ key: 'team', value: 'build' }, { key: 'ключ', value: '' }];
  const { domain, ...rest } = await send(new CreateDomainCommand({ domain: 'sdk-domain', encryptionKey, tags }));
  assert.deepEqual(rest, {});
  recent(domain.createdTime);
  const summary = {
    name: 'sdk-domain', owner: account, arn: arn('domain/sdk-domain'), status: 'Active', createdTime: domain.createdTime,
    encryptionKey,
  };
  assert.equal(typeof domain.s3BucketArn, 'string');
  assert.deepEqual(domain, { ...summary, repositoryCount: 0, assetSizeBytes: 0, s3BucketArn: domain.s3BucketArn });
  assert.deepEqual(await send(new DescribeDomainCommand({ domain: 'sdk-domain', domainOwner: account })), { domain });
  const { domains } = await send(new ListDomainsCommand({}));
  assert.deepEqual(domains.filter(({ name }) => name === 'sdk-domain'), [summary]);
  const gone = await send(new DeleteDomainCommand({ domain: 'sdk-domain' }));
  assert.deepEqual(gone, { domain: { ...domain, status: 'Deleted' } });
  assert.deepEqual(await send(new DeleteDomainCommand({ domain: 'sdk-domain' })), {});
});

await holds('a repository from its making to its end', async () => {
  await send(new CreateDomainCommand({ domain: 'sdk-repos' }));
  const where = { domain: 'sdk-repos', domainOwner: account };
  await send(new CreateRepositoryCommand({ ...where, repository: 'up' }));
  const { repository, ...rest } = await send(new CreateRepositoryCommand({
    ...where, repository: 'Repo_1.x', description: 'naïve „quotes“ & <tags> \\ "', upstreams: [{ repositoryName: 'up' }],
    tags: [{ key: 'k', value: 'v' }],
  }));
  assert.deepEqual(rest, {});
  recent(repository.createdTime);
  const summary = {
    name: 'Repo_1.x', administratorAccount: account, domainName: 'sdk-repos', domainOwner: account,
    arn: arn('repository/sdk-repos/Repo_1.x'), description: 'naïve „quotes“ & <tags> \\ "',
    createdTime: repository.createdTime,
  };
  assert.deepEqual(repository, { ...summary, upstreams: [{ repositoryName: 'up' }], externalConnections: [] });
  assert.deepEqual(await send(new DescribeRepositoryCommand({ ...where, repository: 'Repo_1.x' })), { repository });
  const { repositories } = await send(new ListRepositoriesInDomainCommand(where));
  assert.deepEqual(repositories.map(({ name }) => name), ['Repo_1.x', 'up']);
  assert.deepEqual(repositories[0], summary);
  assert.equal((await send(new DescribeDomainCommand(where))).domain.repositoryCount, 2);
  const ask = { ...where, repository: 'Repo_1.x', format: 'npm', endpointType: 'ipv4' };
  const { repositoryEndpoint } = await send(new GetRepositoryEndpointCommand(ask));
  assert.equal(new URL(repositoryEndpoint).pathname.endsWith('/'), true);
  assert.match(repositoryEndpoint, /\/npm\/.*Repo_1\.x\/$/);
  assert.deepEqual(await send(new DeleteRepositoryCommand({ ...where, repository: 'Repo_1.x' })), { repository });
});

await holds('the endpoint of every format and of both types', async () => {
  await send(new CreateRepositoryCommand({ domain: 'demo', repository: 'endpoints' }));
  for (const format of ['npm', 'pypi', 'maven', 'nuget', 'generic', 'ruby', 'swift', 'cargo']) {
    for (const endpointType of [undefined, 'ipv4', 'dualstack']) {
      assert.deepEqual(
        await send(new GetRepositoryEndpointCommand({ domain: 'demo', repository: 'endpoints', format, endpointType })),
        { repositoryEndpoint: `${endpoint}/${format}/d/demo-${account}/endpoints/` },
      );
    }
  }
});

await holds('a repository is changed in what is named', async () => {
  await send(new CreateDomainCommand({ domain: 'sdk-changes' }));
  const where = { domain: 'sdk-changes', domainOwner: account, repository: 'one' };
  await send(new CreateRepositoryCommand({ ...where, repository: 'two' }));
  const want = (await send(new CreateRepositoryCommand(where))).repository;
  const upstreams = [{ repositoryName: 'two' }];
  for (const changes of [{ description: 'ein „Wort“' }, { upstreams }, {}, { description: '' }, { upstreams: [] }]) {
    Object.assign(want, changes);
    assert.deepEqual(await send(new UpdateRepositoryCommand({ ...where, ...changes })), { repository: want });
    assert.deepEqual(await send(new DescribeRepositoryCommand(where)), { repository: want });
  }
});

const policy = (Sid) => JSON.stringify({
  Version: '2012-10-17',
  Statement: [{
    Sid, Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'codeartifact:*', Resource: '*',
  }],
}, null, 1);

for (const [kind, put, get, remove] of [
  ['domain', PutDomainPermissionsPolicyCommand, GetDomainPermissionsPolicyCommand,
    DeleteDomainPermissionsPolicyCommand],
  ['repository', PutRepositoryPermissionsPolicyCommand, GetRepositoryPermissionsPolicyCommand,
    DeleteRepositoryPermissionsPolicyCommand],
]) {
  await holds(`a policy of a ${kind} from its making to its end`, async () => {
    const domain = `sdk-policy-${kind}`;
    await send(new CreateDomainCommand({ domain }));
    const where = { domain, domainOwner: account, ...(kind === 'repository' ? { repository: 'repo' } : {}) };
    if (kind === 'repository') await send(new CreateRepositoryCommand(where));
    let error = await refused('ResourceNotFoundException', 404, new get(where));
    assert.equal(error.resourceType, kind);
    await refused('ResourceNotFoundException', 404, new remove(where));
    const resourceArn = arn(kind === 'domain' ? `domain/${domain}` : `repository/${domain}/repo`);
    const { policy: first, ...rest } = await send(new put({ ...where, policyDocument: policy('One') }));
    assert.deepEqual(rest, {});
    assert.match(first.revision, /^\d+$/);
    assert.deepEqual(first, { resourceArn, revision: first.revision, document: policy('One') });
    assert.deepEqual(await send(new get(where)), { policy: first });
    const { policy: second } = await send(new put({
      ...where, policyDocument: policy('Two'), policyRevision: first.revision,
    }));
    assert.notEqual(second.revision, first.revision);
    assert.deepEqual(second, { resourceArn, revision: second.revision, document: policy('Two') });
    for (const command of [
      new put({ ...where, policyDocument: policy('Three'), policyRevision: first.revision }),
      new remove({ ...where, policyRevision: first.revision }),
    ]) {
      error = await refused('ConflictException', 409, command);
      assert.ok(error instanceof ConflictException);
      assert.equal(error.resourceType, kind);
    }
    for (const policyDocument of ['', 'x', '{}', policy('One').replace('Allow', 'Maybe'), `{"Statement":[${' '.repeat(7168)}]}`]) {
      await refused('ValidationException', 400, new put({ ...where, policyDocument }));
    }
    assert.deepEqual(await send(new remove({ ...where, policyRevision: second.revision })), { policy: second });
    await refused('ResourceNotFoundException', 404, new get(where));
  });
}

await holds('tags from the first to the last', async () => {
  const tags = [{ key: 'team', value: 'build' }, { key: 'ключ', value: '' }];
  await send(new CreateDomainCommand({ domain: 'sdk-tags', tags }));
  await send(new CreateRepositoryCommand({ domain: 'sdk-tags', repository: 'repo', tags }));
  for (const resourceArn of [arn('domain/sdk-tags'), arn('repository/sdk-tags/repo')]) {
    const list = async () => (await send(new ListTagsForResourceCommand({ resourceArn }))).tags;
    assert.deepEqual(await list(), tags);
    const more = [{ key: 'team', value: 'test' }, { key: 'x', value: 'y z' }];
    assert.deepEqual(await send(new TagResourceCommand({ resourceArn, tags: more })), {});
    assert.deepEqual(await list(), [more[0], tags[1], more[1]]);
    assert.deepEqual(await send(new UntagResourceCommand({ resourceArn, tagKeys: ['team', 'gone', 'x'] })), {});
    assert.deepEqual(await list(), [tags[1]]);
    const many = Array.from({ length: 200 }, (_, index) => ({ key: `k${index}`, value: '' }));
    const error = await refused('ServiceQuotaExceededException', 402, new TagResourceCommand({ resourceArn, tags: many }));
    assert.ok(error instanceof ServiceQuotaExceededException);
    assert.deepEqual(await list(), [tags[1]]);
  }
  for (const rest of ['domain/not-there', 'repository/sdk-tags/not-there', 'repository/not-there/repo']) {
    await refused('ResourceNotFoundException', 404, new ListTagsForResourceCommand({ resourceArn: arn(rest) }));
  }
  for (const resourceArn of ['x', arn('domain'), arn('domain/a/b'), 'arn:aws:s3:::bucket']) {
    await refused('ValidationException', 400, new ListTagsForResourceCommand({ resourceArn }));
  }
});

await holds('tags that are changed all at once are all there', async () => {
  const resourceArn = arn('domain/demo');
  const keys = Array.from({ length: 40 }, (_, index) => `at-once-${index}`);
  await Promise.all(keys.map((key) => send(new TagResourceCommand({ resourceArn, tags: [{ key, value: key }] }))));
  const { tags } = await send(new ListTagsForResourceCommand({ resourceArn }));
  assert.deepEqual(tags.map(({ key }) => key).sort(), [...keys].sort());
  await Promise.all(keys.map((key) => send(new UntagResourceCommand({ resourceArn, tagKeys: [key] }))));
  assert.deepEqual(await send(new ListTagsForResourceCommand({ resourceArn })), { tags: [] });
});

await holds('the paginators see every entry once', async () => {
  await send(new CreateDomainCommand({ domain: 'sdk-pages' }));
  for (const repository of ['re1', 're2', 're3', 're4', 're5']) {
    await send(new CreateRepositoryCommand({ domain: 'sdk-pages', repository }));
  }
  const all = (await send(new ListDomainsCommand({}))).domains.map(({ name }) => name);
  assert.ok(all.length >= 2);
  const domains = [];
  for await (const page of paginateListDomains({ client: codeartifact, pageSize: 1 }, {})) {
    assert.equal(page.domains.length, 1);
    domains.push(page.domains[0].name);
  }
  assert.deepEqual(domains, all);
  const pages = [];
  const input = { domain: 'sdk-pages', repositoryPrefix: 're' };
  for await (const page of paginateListRepositoriesInDomain({ client: codeartifact, pageSize: 2 }, input)) {
    pages.push(page.repositories.map(({ name }) => name));
  }
  assert.deepEqual(pages, [['re1', 're2'], ['re3', 're4'], ['re5']]);
  const everywhere = (await send(new ListRepositoriesCommand({}))).repositories;
  assert.equal(everywhere.filter(({ domainName }) => domainName === 'sdk-pages').length, 5);
  assert.deepEqual(Object.keys(everywhere[0]).sort(),
    ['administratorAccount', 'arn', 'createdTime', 'domainName', 'domainOwner', 'name']);
  const seen = [];
  for await (const page of paginateListRepositories({ client: codeartifact, pageSize: 3 }, {})) {
    assert.ok(page.repositories.length <= 3);
    seen.push(...page.repositories);
  }
  assert.deepEqual(seen, everywhere);
  const prefixed = (await send(new ListRepositoriesCommand({ repositoryPrefix: 're', maxResults: 1000 }))).repositories;
  assert.deepEqual(prefixed, everywhere.filter(({ name }) => name.startsWith('re')));
});

// ------------------------------------------------------------------ what is refused

const ask = () => new GetAuthorizationTokenCommand({ domain: 'demo' });

await holds('errors are those of the model, with their members', async () => {
  let error = await refused('ResourceNotFoundException', 404, new DescribeDomainCommand({ domain: 'not-there' }));
  assert.ok(error instanceof ResourceNotFoundException);
  assert.equal(error.message, `Domain not found. Domain 'not-there' owned by account '${account}' does not exist`);
  assert.equal(error.resourceId, 'not-there');
  assert.equal(error.resourceType, 'domain');
  error = await refused('ConflictException', 409, new CreateDomainCommand({ domain: 'demo' }));
  assert.ok(error instanceof ConflictException);
  assert.equal(error.resourceId, 'demo');
  error = await refused('ConflictException', 409, new DeleteDomainCommand({ domain: 'sdk-pages' }));
  assert.equal(error.message, 'Domain must contain 0 repositories before deletion');
  error = await refused('ResourceNotFoundException', 404,
    new DeleteRepositoryCommand({ domain: 'demo', repository: 'not-there' }));
  assert.equal(error.resourceType, 'repository');
  const root = new CodeartifactClient(settings({ credentials: credentials('ROOT') }));
  assert.ok(await refused('AccessDeniedException', 403, ask(), root) instanceof AccessDeniedException);
});

for (const durationSeconds of [0, 1, 500, 899, 43201, 1e12, -1]) {
  await holds(`a token of ${durationSeconds} seconds is refused`, async () => {
    const error = await refused('ValidationException', 400,
      new GetAuthorizationTokenCommand({ domain: 'demo', durationSeconds }));
    assert.ok(error instanceof ValidationException);
    assert.equal(error.reason, 'FIELD_VALIDATION_FAILED');
  });
}

await holds('what the SDK lets through and the model forbids', async () => {
  const repository = 'repo';
  for (const command of [
    new CreateDomainCommand({ domain: 'UPPER' }), new CreateDomainCommand({ domain: 'x' }),
    new CreateDomainCommand({ domain: 'tags', tags: [{ key: '', value: 'v' }] }),
    new CreateDomainCommand({ domain: 'tags', tags: Array(201).fill({ key: 'k', value: 'v' }) }),
    new CreateRepositoryCommand({ domain: 'demo', repository, description: 'x'.repeat(1001) }),
    new CreateRepositoryCommand({ domain: 'demo', repository, description: 'bell \u0007' }),
    new CreateRepositoryCommand({ domain: 'demo', repository, upstreams: [{ repositoryName: '!' }] }),
    new GetRepositoryEndpointCommand({ domain: 'demo', repository, format: 'floppy' }),
    new ListDomainsCommand({ maxResults: 1001 }), new ListDomainsCommand({ maxResults: 0 }),
    new ListRepositoriesInDomainCommand({ domain: 'demo', maxResults: 1001 }),
    new ListRepositoriesCommand({ maxResults: 1001 }), new ListRepositoriesCommand({ nextToken: 'ZGVtbw' }),
    new UpdateRepositoryCommand({ domain: 'demo', repository, description: 'x'.repeat(1001) }),
    new TagResourceCommand({ resourceArn: arn('domain/demo'), tags: [{ key: 'aws:x', value: '' }] }),
    new TagResourceCommand({ resourceArn: arn('domain/demo'), tags: Array(201).fill({ key: 'k', value: 'v' }) }),
    new UntagResourceCommand({ resourceArn: arn('domain/demo'), tagKeys: [''] }),
    new DeleteDomainPermissionsPolicyCommand({ domain: 'demo', policyRevision: 'r'.repeat(101) }),
    new DescribeDomainCommand({ domain: 'demo', domainOwner: '12' }),
  ]) {
    await refused('ValidationException', 400, command);
  }
});

await holds('no permission', async () => {
  const nobody = new CodeartifactClient(settings({ credentials: credentials('NOBODY') }));
  const error = await refused('AccessDeniedException', 403, ask(), nobody);
  assert.equal(error.message, `User: arn:aws:iam::${account}:user/nobody is not authorized to perform: `
    + `codeartifact:GetAuthorizationToken on resource: ${arn('domain/demo')} because no identity-based policy allows `
    + 'the codeartifact:GetAuthorizationToken action');
});

/** Both protocols refuse a client with these settings, each with its own code; the text. */
async function rejected(rest, query, changes, pattern) {
  const both = [
    await refused(rest, 403, ask(), new CodeartifactClient(settings(changes))),
    await refused(query, 403, new GetCallerIdentityCommand({}), new STSClient(settings(changes))),
  ];
  for (const error of both) assert.match(error.message, pattern);
}

await holds('a wrong secret', () => rejected('InvalidSignatureException', 'SignatureDoesNotMatch',
  { credentials: { ...credentials('ADMIN'), secretAccessKey: 'wrong' } },
  /^The request signature we calculated does not match/));

await holds('an unknown key', () => rejected('UnrecognizedClientException', 'InvalidClientTokenId',
  { credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' } },
  /^The security token included in the request is invalid\.?$/));

await holds('a session token that is none', () => rejected('UnrecognizedClientException', 'InvalidClientTokenId',
  { credentials: { ...credentials('SESSION'), sessionToken: 'x'.repeat(300) } },
  /^The security token included in the request is invalid\.?$/));

await holds('another region', () => rejected('InvalidSignatureException', 'SignatureDoesNotMatch',
  { region: 'eu-north-1' }, /^Credential should be scoped to a valid [Rr]egion, not 'eu-north-1'/));

await holds('a slow clock', () => rejected('InvalidSignatureException', 'SignatureDoesNotMatch',
  { systemClockOffset: -3_600_000 }, /^Signature expired: \d{8}T\d{6}Z is now earlier than .* - 5 min\.\)$/));

await holds('a fast clock', () => rejected('InvalidSignatureException', 'SignatureDoesNotMatch',
  { systemClockOffset: 3_600_000 }, /^Signature not yet current: \d{8}T\d{6}Z is still later than .* \+ 5 min\.\)$/));

await holds('the SDK sets its clock by the answer and succeeds', async () => {
  for (const systemClockOffset of [-3_600_000, 3_600_000]) {
    const client = new CodeartifactClient(settings({ systemClockOffset, maxAttempts: 2 }));
    const { $metadata: metadata, authorizationToken } = await client.send(ask());
    assert.match(authorizationToken, token);
    assert.equal(metadata.attempts, 2);
    assert.ok(Math.abs(client.config.systemClockOffset) < 120_000, `${client.config.systemClockOffset}`);
  }
});

await holds('no signature', async () => {
  const unsigned = settings({ signer: { sign: async (request) => request } });
  await refused('MissingAuthenticationTokenException', 403, ask(), new CodeartifactClient(unsigned));
  await refused('MissingAuthenticationToken', 403, new GetCallerIdentityCommand({}), new STSClient(unsigned));
});

// ------------------------------------------------------------------ presigned

/** A presigned GetCallerIdentity, as those send it on who prove with it who they are: a signed address and a form. */
async function presign(changes = {}) {
  const url = new URL(endpoint);
  const signer = new SignatureV4({ service: 'sts', region, credentials: credentials('ADMIN'), sha256: Sha256, ...changes });
  const headers = { host: url.host, 'content-type': 'application/x-www-form-urlencoded' };
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  const signed = await signer.presign({
    method: 'POST', protocol: url.protocol, hostname: url.hostname, port: Number(url.port), path: '/', query: {}, headers, body,
  }, { expiresIn: 60 });
  const query = Object.entries(signed.query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return fetch(`${endpoint}/?${query.join('&')}`, { method: 'POST', headers, body });
}

await holds('a presigned GetCallerIdentity', async () => {
  for (const name of ['ADMIN', 'SESSION']) {
    const answer = await presign({ credentials: credentials(name) });
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    assert.match(answer.headers.get('content-type'), /^text\/xml/);
    assert.match(text, new RegExp(`<Arn>arn:aws:iam::${account}:user/admin</Arn>`));
  }
  const answer = await presign({ credentials: { ...credentials('ADMIN'), secretAccessKey: 'wrong' } });
  assert.equal(answer.status, 403);
  assert.match(await answer.text(), /<Code>SignatureDoesNotMatch<\/Code>/);
});

await holds('many calls at once over few connections', async () => {
  const answers = await Promise.all(Array.from({ length: 200 }, () => send(ask())));
  assert.equal(new Set(answers.map(({ authorizationToken }) => authorizationToken)).size, 200);
});

report();
