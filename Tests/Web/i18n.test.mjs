import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { Texts, pickLanguage } from '../../web/app/i18n.js';
import { REFUSAL_CODES } from '../../web/app/wire.js';

const web = new URL('../../web/', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, web), 'utf8'));
const languages = read('i18n/languages.json');
const complete = languages.filter(({ partial }) => !partial).map(({ tag }) => tag);
const sets = [...new Set(readdirSync(new URL('i18n/', web)).map((name) => /^(?:(\w+)\.)?nb\.json$/.exec(name)).filter(Boolean).map(([, set]) => set ?? ''))];
const file = (set, tag) => read(`i18n/${set ? `${set}.` : ''}${tag}.json`);
const flatten = (value, prefix = '') => (typeof value === 'string' || isPlural(value) ? [[prefix, value]]
  : Object.entries(value).flatMap(([key, inner]) => flatten(inner, prefix ? `${prefix}/${key}` : key)));
const isPlural = (value) => typeof value === 'object' && 'other' in value && Object.values(value).every((form) => typeof form === 'string');
const placeholders = (text) => [...new Set((typeof text === 'string' ? text : Object.values(text).join(' ')).match(/\{\w+\}/g) ?? [])].sort();

test('Norwegian in both forms and English are complete', () => assert.deepEqual(complete, ['nb', 'nn', 'en']));

for (const set of sets) {
  for (const tag of complete.filter((other) => other !== 'nb')) {
    test(`${set || 'the main set'} in ${tag} has the keys and placeholders of nb`, () => {
      const nb = Object.fromEntries(flatten(file(set, 'nb')));
      const other = Object.fromEntries(flatten(file(set, tag)));
      assert.deepEqual(Object.keys(other).sort(), Object.keys(nb).sort());
      for (const [key, text] of Object.entries(nb)) {
        assert.deepEqual(placeholders(other[key]), placeholders(text), key);
        assert.equal(typeof other[key], typeof text, key);
        if (typeof text === 'string' && text.trim() === '') continue;
      assert.notEqual(typeof text === 'string' ? other[key].trim() : other[key].other.trim(), '', key);
      }
    });
  }
}

test('every refusal has a text in every language', () => {
  for (const tag of complete) for (const code of REFUSAL_CODES) assert.ok(file('', tag)[`refusal.${code}`], `${tag} ${code}`);
});

test('every plural has the forms its language asks for', () => {
  for (const tag of complete) {
    const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
    for (const [key, text] of Object.entries(file('', tag))) {
      if (typeof text === 'object') for (const form of pluralCategories) assert.ok(form in text, `${tag} ${key} ${form}`);
    }
  }
});

test('every text that the pages ask for exists, and no text is left over', () => {
  const keys = Object.keys(file('', 'nb'));
  const scripts = ['app', 'components', 'participant'].flatMap((folder) => readdirSync(new URL(folder, web)).filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(new URL(`${folder}/${name}`, web), 'utf8')));
  const asked = scripts.flatMap((text) => [...text.matchAll(/['"`]((?:common|status|start|join|participant|refusal)\.[^'"`\s]+)['"`]/g)].map(([, key]) => key));
  const escape = (text) => text.replace(/[.*+?^()|[\]\\]/g, '\\$&');
  const patterns = asked.filter((key) => key.includes('${')).map((key) => new RegExp(`^${escape(key.replace(/\$\{[^}]*\}/g, '\0')).replaceAll('\0', '[\\w-]+')}$`));
  const sharedElsewhere = readFileSync(new URL('components/join-card.js', web), 'utf8');
  for (const key of asked.filter((name) => !name.includes('${') && !sharedElsewhere.includes(name))) assert.ok(keys.includes(key), `missing: ${key}`);
  const unused = keys.filter((key) => !asked.includes(key) && !patterns.some((pattern) => pattern.test(key)));
  // `common.reason.…`, `status.…` are made of a stem and a value inside another expression.
  assert.deepEqual(unused.filter((key) => !/^(common\.reason|status)\./.test(key)), []);
});

test('every text that any page asks for by its name is there', () => {
  const all = { ...file('', 'nb'), ...file('console', 'nb'), ...file('held', 'nb'), ...file('door', 'nb'), ...file('hybrid', 'nb'), ...file('rate', 'nb'), ...file('templates', 'nb'), ...file('process', 'nb'), ...file('became', 'nb'), ...file('editor', 'nb'), ...file('groups', 'nb') };
  const scripts = ['app', 'components', 'participant', 'console', 'screen', 'process'].flatMap((folder) => readdirSync(new URL(`${folder}/`, web))
    .filter((name) => name.endsWith('.js')).map((name) => readFileSync(new URL(`${folder}/${name}`, web), 'utf8')));
  const asked = scripts.flatMap((text) => [...text.matchAll(/\bt\('([a-zA-Z0-9.-]+)'[,)]/g)].map(([, key]) => key));
  assert.ok(asked.length > 100);
  assert.deepEqual(asked.filter((key) => !(key in all)), []);
});

test('texts: parameters, plurals, numbers as the language writes them, and gaps that show', () => {
  const nb = new Texts('nb', { hi: 'Hei {name}', n: { one: '{count} lapp', other: '{count} lapper' } }, { only: 'fallback' });
  assert.equal(nb.t('hi', { name: 'Kari' }), 'Hei Kari');
  assert.equal(nb.t('n', { count: 1 }), '1 lapp');
  assert.equal(nb.t('n', { count: 12345 }), '12\u00a0345 lapper');
  assert.equal(nb.t('only'), 'fallback');
  assert.equal(nb.t('nowhere'), 'nowhere');
  assert.equal(nb.t('hi', { name: '{count}' }), 'Hei {count}');
});

test('the language is the first wish that we have', () => {
  assert.equal(pickLanguage(languages, [null, 'nn-NO', 'en']), 'nn');
  assert.equal(pickLanguage(languages, ['no']), 'nb');
  assert.equal(pickLanguage(languages, ['pl', 'en-GB']), 'en');
  assert.equal(pickLanguage(languages, ['pl']), 'nb');
  assert.equal(pickLanguage(languages, []), 'nb');
});

test('further sets that are asked for at the same time are all there, also when one is asked for twice or failed once', async () => {
  const { moreTexts, startTexts, t } = await import('../../web/app/i18n.js?more');
  const waits = [];
  let isDown = false;
  globalThis.document = { documentElement: {} };
  globalThis.location = { href: 'http://localhost/' };
  const hadNavigator = 'navigator' in globalThis;
  if (!hadNavigator) globalThis.navigator = { languages: ['nb'] };
  const before = globalThis.fetch;
  globalThis.fetch = async (path) => {
    if (isDown) throw new Error('down');
    // The later a set is asked for, the sooner it comes.
    await new Promise((resolve) => { waits.push(resolve); setTimeout(() => waits.pop()?.(), 1); });
    return { ok: true, json: async () => read(path.slice(1)) };
  };
  try {
    await startTexts();
    isDown = true;
    await assert.rejects(moreTexts('held'));
    isDown = false;
    const first = moreTexts('held');
    const second = moreTexts('held').then(() => t('held.rules.before'));
    await Promise.all([first, second, moreTexts('door'), moreTexts('templates')]);
    assert.notEqual(await second, 'held.rules.before');
    for (const key of ['held.rules.before', 'templates.search']) assert.notEqual(t(key), key);
  } finally {
    globalThis.fetch = before;
    delete globalThis.document;
    delete globalThis.location;
    if (!hadNavigator) delete globalThis.navigator;
  }
});
