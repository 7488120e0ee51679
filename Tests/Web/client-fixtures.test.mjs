import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Device } from './client-script.mjs';

const scripts = JSON.parse(readFileSync(new URL('../Fixtures/client.json', import.meta.url), 'utf8'));

test('the client does what the shared fixtures say', async () => {
  for (const { name, steps } of scripts) {
    const device = new Device();
    let before;
    for (const [index, step] of steps.entries()) {
      const said = { gives: step.gives ?? [], holds: step.holds ?? before };
      assert.deepEqual(await device.take(step), said, `${name}, step ${index + 1}: ${step.do}`);
      before = said.holds;
    }
  }
});

test('the shared fixtures show each thing that can happen', () => {
  const given = scripts.flatMap(({ steps }) => steps.flatMap(({ gives }) => gives ?? []));
  const held = scripts.flatMap(({ steps }) => steps.flatMap(({ holds }) => holds ?? []));
  for (const what of [
    /^dial$/, /^hang up$/, /"type":"time"/, /"since"/, /"secret":2/, /"ref":2,.*"type":"note.add"/, /"type":"vote.cast"/,
    /^\d+ stored at \d+$/, /^\d+ wrong-phase$/, /^\d+ stale-ref$/, /^\d+ malformed$/, /^\d+ too-long$/, /^\d+ removed$/, /of before: /,
  ]) assert.ok(given.some((line) => what.test(line)), String(what));
  for (const what of [/^connecting/, /^live/, /^waiting/, /^closed (removed|erased|gone|not-found|full)/, /own .*room /, /#- unsent/, /#\d+ sent/, /#\d+ unsent/]) {
    assert.ok(held.some((line) => what.test(line)), String(what));
  }
});
