/** Rules that the files themselves keep: the policy, the first load's size, the colours' contrast. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const web = fileURLToPath(new URL('../../web/', import.meta.url));
const read = (path) => readFileSync(join(web, path), 'utf8');
const files = readdirSync(web, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => relative(web, join(entry.path, entry.name)));
const scripts = files.filter((path) => path.endsWith('.js'));

/** What a script loads: with `dynamic`, also what it loads later. */
function graph(entry, dynamic, seen = new Set()) {
  const visit = (path) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, kind, target] of read(path).matchAll(/\b(from|import)\s*\(?'(\.[^']+)'/g)) {
      if (kind === 'from' || dynamic) visit(join(dirname(path), target));
    }
  };
  visit(entry);
  return [...seen];
}

test('the page’s policy holds: no markup from strings, nothing inline', () => {
  for (const path of scripts) assert.doesNotMatch(read(path), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\('style'/, path);
  for (const path of files.filter((name) => name.endsWith('.html'))) {
    assert.doesNotMatch(read(path), /\sstyle="|\son\w+="|<style|<script(?![^>]*\ssrc=)/, path);
    assert.doesNotMatch(read(path), /https?:\/\//, path);
  }
});

test('every module that is imported exists', () => {
  for (const path of scripts) for (const file of graph(path, true)) assert.ok(files.includes(file), `${path} → ${file}`);
});

test('what a phone loads before one can write is under 60 KB compressed; the rest adds little', () => {
  const html = read('index.html');
  const styles = [...html.matchAll(/rel="stylesheet" href="\/([^"]+)"/g)].map(([, path]) => path);
  const size = (paths) => [...new Set(paths)].reduce((sum, path) => sum + gzipSync(read(path)).length, 0);
  const common = ['index.html', ...styles, 'i18n/languages.json', 'i18n/nb.json', ...graph('app/main.js', false)];
  const joining = [...common, ...graph('participant/join.js', false)];
  const writing = [...joining, ...graph('participant/view.js', false)];
  assert.ok(size(joining) < 32_000, `${size(joining)} bytes to see the way in`);
  assert.ok(size(writing) < 60_000, `${size(writing)} bytes to write`);
  // What few ask for is left out: the page about what is held about one.
  const seldom = new Set(graph('participant/closed.js', true));
  // Boards with places have them chosen; maps and rings are drawn.
  const places = ['participant/place-picker.js', 'components/board-picture.js'];
  for (const path of places) {
    assert.ok(!writing.includes(path), path);
    for (const file of graph(path, true)) if (!graph('participant/wall.js', false).includes(file)) seldom.add(file);
  }
  assert.ok(size(places.flatMap((path) => graph(path, true)).filter((path) => seldom.has(path) && !writing.includes(path))) < 8_000);
  // Rounds of numbers bring what rates and what shows them.
  const ratings = ['participant/rating.js', 'components/rating-result.js'];
  for (const path of ratings) {
    assert.ok(!writing.includes(path) && !graph('participant/wall.js', false).includes(path), path);
    seldom.add(path);
  }
  seldom.add('app/rating.js');
  assert.ok(size([...ratings, 'app/rating.js', 'participant/rating.css', 'components/rating-result.css', 'i18n/rate.nb.json']) < 13_500);
  // Groups: only where somebody is in one.
  const groups = ['participant/groups.js', 'participant/group-rules.js'];
  for (const path of groups) {
    assert.ok(!writing.includes(path), path);
    seldom.add(path);
  }
  assert.ok(size([...groups, 'participant/groups.css', 'i18n/groups.nb.json']) < 6_500, `${size([...groups, 'participant/groups.css', 'i18n/groups.nb.json'])} bytes for groups`);
  // A list of speakers and a table's device: loaded when there is one.
  const hybrid = ['participant/hybrid.js', 'participant/table.js'];
  for (const path of hybrid) {
    assert.ok(!writing.includes(path), path);
    for (const file of graph(path, true)) if (!graph('participant/wall.js', false).includes(file)) seldom.add(file);
  }
  assert.ok(size([...hybrid.flatMap((path) => graph(path, true)).filter((path) => seldom.has(path) && !writing.includes(path)), 'participant/hybrid.css', 'i18n/hybrid.nb.json']) < 12_000);
  const rest = graph('participant/view.js', true).filter((path) => writing.includes(path) || !seldom.has(path));
  assert.ok(size([...writing, 'participant/wall.css', ...rest]) < 79_500);
  assert.ok(!writing.includes('participant/held.js'));
  assert.ok(!writing.includes('participant/ballot.js') && graph('participant/view.js', true).includes('participant/ballot.js'));
});

test('the console and the screen are kept off a participant’s phone', () => {
  for (const path of graph('app/main.js', true)) assert.doesNotMatch(path, /^(console|screen)\//);
});

/** @returns {number} relative luminance (WCAG 2.2) */
const luminance = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  .reduce((sum, c, index) => sum + c * [0.2126, 0.7152, 0.0722][index], 0);
const contrast = (a, b) => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};
const tokens = read('styles/tokens.css');
const colours = (text) => Object.fromEntries([...text.matchAll(/--([\w-]+):\s*(#[0-9A-F]{6})/gi)].map(([, name, value]) => [name, value]));
const light = colours(tokens.slice(0, tokens.indexOf('@media')));
const dark = { ...light, ...colours(tokens.slice(tokens.indexOf('@media (prefers-color-scheme: dark)'), tokens.indexOf('@media (prefers-contrast'))) };

for (const [name, scheme] of [['light', light], ['dark', dark]]) {
  test(`in the ${name} all text is at 7:1, quiet words and signals at 4.5:1, edges and marks at 3:1`, () => {
    const papers = Object.keys(scheme).filter((key) => /^paper-(?!ink)/.test(key));
    assert.equal(papers.length, 6);
    const check = (ink, paper, least) => assert.ok(contrast(scheme[ink], scheme[paper]) >= least, `${ink} on ${paper}: ${contrast(scheme[ink], scheme[paper]).toFixed(2)}`);
    for (const paper of papers) {
      check('paper-ink', paper, 7);
      check('paper-ink-soft', paper, 7);
      check(paper.replace('paper', 'edge'), paper, 2.4);
    }
    for (const surface of ['surface', 'surface-raised', 'surface-sunken']) {
      check('ink', surface, 7);
      check('ink-soft', surface, 6.5);
      check('accent', surface, 7);
      check('line-strong', surface, 3);
      check('signal', surface, 4.5);
    }
    check('on-accent', 'accent', 7);
    check('ink', 'accent-soft', 7);
    check('ink', 'signal-soft', 7);
    check('ink', 'good-soft', 7);
  });
}
