import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServerClock, formatSeconds, reading } from '../../web/app/clock.js';

test('[L1] the shortest round trip wins', () => {
  const clock = new ServerClock();
  assert.equal(clock.isKnown, false);
  clock.sample(1000, 1400, 10_000); // on the way 400 ms: offset 8800 ± 200
  clock.sample(2000, 2020, 10_710); // 20 ms: offset 8700 ± 10
  clock.sample(3000, 3300, 11_750); // slow again
  assert.equal(clock.now(5000), 13_700);
});

test('a device clock that was set, or slept, makes old samples worthless', () => {
  const clock = new ServerClock();
  clock.sample(1000, 1010, 10_000);
  clock.sample(500_000, 500_400, 20_000);
  assert.equal(clock.now(500_400), 20_200);
});

test('a sample from before is replaced after ten minutes, even by a slower one', () => {
  const clock = new ServerClock();
  clock.sample(0, 10, 5);
  clock.sample(700_000, 700_060, 700_040);
  assert.equal(clock.now(700_060), 700_070);
});

test('a round trip that ends before it began is left out', () => {
  const clock = new ServerClock();
  clock.sample(2000, 1000, 50);
  assert.equal(clock.now(7), 7);
});

test('a timer shows whole seconds, rounded up, and says when the last minute begins', () => {
  const running = { state: 'running', durationMilliseconds: 300_000, deadline: 300_000 };
  assert.deepEqual(reading(running, 0), { state: 'running', seconds: 300, isLastMinute: false });
  assert.deepEqual(reading(running, 239_999), { state: 'running', seconds: 61, isLastMinute: false });
  assert.deepEqual(reading(running, 240_000), { state: 'running', seconds: 60, isLastMinute: true });
  assert.deepEqual(reading(running, 299_999), { state: 'running', seconds: 1, isLastMinute: true });
  assert.deepEqual(reading(running, 300_000), { state: 'ended', seconds: 0, isLastMinute: false });
  assert.deepEqual(reading({ state: 'paused', durationMilliseconds: 1, remainingMilliseconds: 30_500 }, 9), { state: 'paused', seconds: 31, isLastMinute: false });
  assert.deepEqual(reading({ state: 'ended', durationMilliseconds: 1 }, 9), { state: 'ended', seconds: 0, isLastMinute: false });
});

test('seconds as people read them', () => {
  assert.deepEqual([0, 9, 65, 3599, 3600, 3845].map(formatSeconds), ['0:00', '0:09', '1:05', '59:59', '1:00:00', '1:04:05']);
});
