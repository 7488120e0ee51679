import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Phone } from './outbox-script.mjs';

const scripts = JSON.parse(readFileSync(new URL('../Fixtures/outbox.json', import.meta.url), 'utf8'));

test('the outbox does what the shared fixtures say', () => {
  for (const { name, steps } of scripts) {
    const phone = new Phone();
    for (const [index, step] of steps.entries()) {
      const { gives, holds } = phone.take(step);
      assert.deepEqual({ gives, holds }, { gives: step.gives, holds: step.holds }, `${name}, step ${index + 1}: ${step.do}`);
    }
  }
});

test('the shared fixtures show each thing that can happen', () => {
  const steps = scripts.flatMap((script) => script.steps);
  const happens = {
    'numbers are given': (step) => step.do === 'next' && step.gives !== '',
    'nothing is free to go': (step) => step.do === 'next' && step.gives === '' && step.holds !== '',
    'a vote is replaced': (step) => step.do === 'add' && step.type === 'vote.cast' && Number(step.gives) < step.id,
    'a show of hands is replaced': (step) => step.do === 'add' && step.type === 'hands.record' && Number(step.gives) < step.id,
    'it is full': (step) => step.gives === 'full',
    'a number is given anew': (step) => step.gives === 'true',
    'it is not given anew twice': (step) => step.gives === 'false',
    'an answer fits nothing': (step) => step.do === 'answered' && step.gives === 'unknown',
    'a welcome finds commands that were out': (step, before) => step.do === 'begin' && before?.holds.includes(' sent'),
    'a reload finds commands that were out': (step, before) => step.do.endsWith('reload') && before?.holds.includes(' sent'),
  };
  for (const [what, is] of Object.entries(happens)) {
    assert.ok(steps.some((step, index) => is(step, steps[index - 1])), what);
  }
});
