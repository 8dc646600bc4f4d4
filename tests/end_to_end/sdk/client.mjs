// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// What the cases of all clients share: where the service is, who may call it, and what an answer and a refusal must be.
import assert from 'node:assert/strict';

export const { ENDPOINT: endpoint, REGION: region, ACCOUNT: account } = process.env;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const credentials = (name) => ({
  accessKeyId: process.env[`${name}_ID`],
  secretAccessKey: process.env[`${name}_SECRET`],
  ...(process.env[`${name}_TOKEN`] ? { sessionToken: process.env[`${name}_TOKEN`] } : {}),
});
export const settings = (changes = {}) => ({
  endpoint, region, credentials: credentials('ADMIN'), maxAttempts: 1, ...changes,
});

let passed = 0;
let failed = 0;
export async function holds(what, check) {
  try {
    await check();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`FAILED: ${what}\n${error.stack}`);
  }
}

/** The last line, which test programs read. */
export function report() {
  console.log(`${passed} passed, ${failed} failed`);
}

/** The answer without $metadata, which is checked. */
export async function sendTo(client, command) {
  const { $metadata: metadata, ...answer } = await client.send(command);
  assert.equal(metadata.httpStatusCode, 200);
  assert.match(metadata.requestId, uuid);
  assert.equal(metadata.attempts, 1);
  return answer;
}

/** The error that a command ends with; its name, status and request id are checked. */
export async function refusedBy(client, name, status, command) {
  const error = await client.send(command).then(() => assert.fail('it was not refused'), (reason) => reason);
  assert.equal(error.name, name, error.stack);
  assert.equal(error.$metadata.httpStatusCode, status);
  assert.match(error.$metadata.requestId, uuid);
  assert.equal(error.$fault, 'client');
  return error;
}

/** DATE is a Date of now, to the millisecond at best. */
export function recent(date) {
  assert.ok(date instanceof Date);
  assert.ok(Math.abs(Date.now() - date.getTime()) < 120_000, `${date} is not now`);
}

export function near(date, seconds) {
  assert.ok(date instanceof Date);
  const left = (date.getTime() - Date.now()) / 1000;
  assert.ok(left > seconds - 120 && left <= seconds + 1, `${left} is not about ${seconds}`);
}
