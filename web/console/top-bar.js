import { availableLanguages, language, switchLanguage, t } from '../app/i18n.js';
import { el, setText } from '../app/dom.js';
import { StatusLine } from '../components/status-line.js';
import { openLinksDialog } from './links-dialog.js';
import { openPeopleDialog } from './people-dialog.js';
import { openResultsDialog } from './results-dialog.js';
import { icon } from './icons.js';

/** The slim bar: which workshop, whether the line is alive, and the doors to people, links and results. */
export function createTop(bar, desk) {
  const title = el('h1', { class: 'top__title' });
  const role = el('span', { class: 'top__role', text: t(`console.role.${desk.client.role}`) });
  const status = desk.status ??= new StatusLine(desk.client);
  status.draw();
  const tool = (name, label, act) => el('button', { class: 'button button--quiet button--small top__tool', type: 'button', onclick: act, 'aria-label': label }, icon(name), el('span', { class: 'top__word', text: label }));
  const prepare = tool('list', t('editor.prepare'), () => desk.prepare(!desk.preparing));
  const people = tool('people', t('console.people.title'), () => openPeopleDialog(desk));
  const links = tool('link', t('console.links.title'), () => openLinksDialog(desk));
  const results = tool('download', t('console.results.title'), () => openResultsDialog(desk));
  const languages = el('select', { class: 'input top__language', 'aria-label': t('console.language') },
    ...availableLanguages().map(({ tag, name }) => el('option', { value: tag, text: name, lang: tag })));
  languages.value = language();
  languages.addEventListener('change', () => switchLanguage(languages.value).then(() => document.querySelector('.top__language')?.focus()));
  bar.replaceChildren(el('div', { class: 'top__what' }, title, role), status.element, el('div', { class: 'top__tools' }, prepare, people, links, results, languages));

  return {
    render({ session, isFacilitator }) {
      setText(title, session.title);
      links.hidden = !isFacilitator;
      prepare.hidden = !isFacilitator || session.ended;
      prepare.setAttribute('aria-pressed', String(desk.preparing));
    },
  };
}
