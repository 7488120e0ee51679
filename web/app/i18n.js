/**
 * The interface's words. Texts are JSON, one file a language; another language is one more file and a line in
 * `i18n/languages.json`. The choice stands in the address (`?lang=nn`), never in storage: only the device's secret and its
 * unsent queue are kept there.
 *
 * A text is a string with `{name}` placeholders, or an object of plural forms (`one`, `other`, … as in CLDR) chosen by the
 * parameter `count`.
 */

import { withLanguage } from './address.js';

/** The language every other one falls back on, text by text. */
export const FALLBACK = 'nb';

/** @typedef {string | Record<string, string>} Text */

/** Texts of one language. No DOM. */
export class Texts {
  #texts;
  #fallback;
  #plural;
  #number;

  /** @param {string} language @param {Record<string, Text>} texts @param {Record<string, Text>} [fallback] */
  constructor(language, texts, fallback = {}) {
    this.language = language;
    this.#texts = texts;
    this.#fallback = fallback;
    this.#plural = new Intl.PluralRules(language);
    this.#number = new Intl.NumberFormat(language);
  }

  /**
   * @param {string} key such as `participant.mine`
   * @param {Record<string, string | number>} [params] numbers are written as the language writes them
   * @returns {string} the text; the key itself when there is none, so that a gap is seen
   */
  t = (key, params = {}) => {
    let text = this.#texts[key] ?? this.#fallback[key];
    if (typeof text === 'object') text = text[this.#plural.select(Number(params.count))] ?? text.other;
    if (text === undefined) return key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = params[name];
      if (typeof value === 'number') return this.#number.format(value);
      return value === undefined ? whole : String(value);
    });
  };

  /** @param {string} key @returns {boolean} */
  has(key) { return key in this.#texts || key in this.#fallback; }
}

/**
 * Picks the interface's language.
 *
 * @param {{ tag: string, aliases?: string[] }[]} available
 * @param {readonly (string | null | undefined)[]} wanted BCP 47 tags, best first
 * @returns {string} the tag of an available one
 */
export function pickLanguage(available, wanted) {
  for (const wish of wanted) {
    if (!wish) continue;
    const tag = wish.toLowerCase();
    const primary = tag.split('-')[0];
    const found = available.find((language) => language.tag === tag)
      ?? available.find((language) => language.tag === primary || language.aliases?.includes(primary));
    if (found) return found.tag;
  }
  return available.some(({ tag }) => tag === FALLBACK) ? FALLBACK : available[0].tag;
}

let current = new Texts(FALLBACK, {});
let languages = [];

/** @param {string} key @param {Record<string, string | number>} [params] @returns {string} in the language of the page */
export const t = (key, params) => current.t(key, params);

/** @param {string} code of a refusal @returns {string} what happened and what one can do */
export const refusalText = (code) => (current.has(`refusal.${code}`) ? t(`refusal.${code}`) : t('refusal.other'));

/** @returns {string} the tag of the page's language */
export const language = () => current.language;

/** @returns {{ tag: string, name: string }[]} what one may switch to */
export const availableLanguages = () => languages;

/** @param {number} milliseconds @returns {string} the time of day, as the language writes it */
export const formatTime = (milliseconds) => new Intl.DateTimeFormat(current.language, { timeStyle: 'short' }).format(milliseconds);

/** @param {number} value @param {Intl.NumberFormatOptions} [options] @returns {string} */
export const formatNumber = (value, options) => new Intl.NumberFormat(current.language, options).format(value);

/** Tells views to write their words anew; fires `language`. */
export const languageEvents = new EventTarget();

async function load(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

/** Kept so that a second set, such as the console's, is loaded for each language too. */
let sets = [];

/**
 * Loads the words and sets `<html lang>`. Call once before anything is shown, and again by `switchLanguage`.
 *
 * @param {{ sets?: string[], language?: string }} [options] further sets, such as `console` for `i18n/console.nb.json`;
 *   `language` is tried first
 */
export async function startTexts({ sets: further = sets, language: wish } = {}) {
  if (languages.length === 0) languages = await load('/i18n/languages.json');
  const asked = new URL(location.href).searchParams.get('lang');
  const tag = pickLanguage(languages, [wish, asked, ...navigator.languages]);
  const isPartial = languages.find((item) => item.tag === tag)?.partial === true;
  const files = (name) => [`/i18n/${name}.json`, ...further.map((set) => `/i18n/${set}.${name}.json`)];
  const merge = async (name, read) => Object.assign({}, ...await Promise.all(files(name).map(read)));
  // A language marked `partial` may lack texts, or a whole set; those come from the fallback.
  const [texts, fallback] = isPartial
    ? await Promise.all([merge(tag, (path) => load(path).catch(() => ({}))), merge(FALLBACK, load)])
    : [await merge(tag, load)];
  sets = further;
  current = new Texts(tag, texts, fallback);
  document.documentElement.lang = tag;
}

let more = Promise.resolve();

/**
 * Loads a further set of words, such as `held` for `i18n/held.nb.json`, that the first paint does without. One after the other, so
 * that what is under way is waited for, and none overtakes another and takes its words away.
 *
 * @param {string} set
 */
export function moreTexts(set) {
  more = more.catch(() => {}).then(() => sets.includes(set) || startTexts({ sets: [...sets, set], language: current.language }));
  return more;
}

/** @param {string} tag Changes the language at once, and in the address, so that a copy of it keeps the language. */
export async function switchLanguage(tag) {
  await startTexts({ language: tag });
  history.replaceState(history.state, '', withLanguage(location.href, tag));
  languageEvents.dispatchEvent(new Event('language'));
}
