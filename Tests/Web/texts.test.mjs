/** The words of the interface: the same keys and placeholders in every language, and a sentence for every refusal. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { Texts, pickLanguage } from '../../web/app/i18n.js';

const folder = new URL('../../web/i18n/', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const languages = ['nb', 'nn', 'en'];
const sets = ['', 'console.', 'report.'];

const placeholders = (text) => [...new Set((typeof text === 'string' ? text : Object.values(text).join(' ')).match(/\{\w+\}/g) ?? [])].sort();

for (const set of sets) {
  test(`the set «${set || 'shared'}» has the same keys and placeholders in every language`, () => {
    const [first, ...others] = languages.map((language) => read(`${set}${language}.json`));
    for (const other of others) {
      assert.deepEqual(Object.keys(other).sort(), Object.keys(first).sort());
      for (const key of Object.keys(first)) assert.deepEqual(placeholders(other[key]), placeholders(first[key]), key);
    }
  });
}

test('every refusal of protocol.md has a sentence in every language', () => {
  const protocol = readFileSync(new URL('../../protocol.md', import.meta.url), 'utf8');
  const table = protocol.slice(protocol.indexOf('## Refusals'), protocol.indexOf('- **X1**'));
  const codes = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  assert.ok(codes.length > 20);
  for (const language of languages) for (const code of codes) assert.ok(read(`${language}.json`)[`refusal.${code}`], `${language} ${code}`);
});

test('every text a script asks for by its name is there', () => {
  const all = { ...read('nb.json'), ...read('console.nb.json') };
  const scripts = ['app', 'components', 'participant', 'console', 'screen'].flatMap((name) => {
    const place = new URL(`../../web/${name}/`, import.meta.url);
    return readdirSync(place).filter((file) => file.endsWith('.js')).map((file) => readFileSync(new URL(file, place), 'utf8'));
  });
  const asked = scripts.flatMap((text) => [...text.matchAll(/\bt\('([a-zA-Z0-9.-]+)'[,)]/g)].map(([, key]) => key));
  assert.ok(asked.length > 100);
  assert.deepEqual(asked.filter((key) => !(key in all)), []);
});

test('numbers choose the plural, and are written as the language writes them', () => {
  const texts = new Texts('nb', { notes: { one: '{count} lapp', other: '{count} lapper' }, sum: 'i alt {count}' });
  assert.equal(texts.t('notes', { count: 1 }), '1 lapp');
  assert.equal(texts.t('notes', { count: 12 }), '12 lapper');
  assert.equal(texts.t('sum', { count: 12345 }).replace(/\s/g, ' '), 'i alt 12 345');
  assert.equal(texts.t('missing'), 'missing');
});

test('the language is the first wish that there is, also by its family', () => {
  const available = [{ tag: 'nb', aliases: ['no'] }, { tag: 'nn' }, { tag: 'en' }];
  assert.equal(pickLanguage(available, ['sv', 'nn-NO', 'en']), 'nn');
  assert.equal(pickLanguage(available, ['no']), 'nb');
  assert.equal(pickLanguage(available, ['fi']), 'nb');
});
