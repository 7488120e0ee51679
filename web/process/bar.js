import { StatusLine } from '../components/status-line.js';
import { el, setAttribute, setText } from '../app/dom.js';
import { availableLanguages, language, switchLanguage, t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';
import { routeAddress } from './route.js';

/** The slim bar: which process, its two pages, and the doors to people, results and language. */
export function createBar(bar, desk) {
  const title = el('h1', { class: 'bar__title' });
  const status = desk.status ??= new StatusLine(desk.client);
  status.draw();
  const tab = (route, key) => el('a', { class: 'bar__tab', text: t(key), dataset: { view: route.view }, onclick: (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    desk.go(route);
  } });
  const tabs = [tab({ view: 'overview' }, 'process.overview'), tab({ view: 'items' }, 'process.material')];
  const tool = (name, label, open) => el('button', { class: 'button button--quiet button--small', type: 'button', 'aria-label': label, onclick: open }, icon(name), el('span', { class: 'bar__word', text: label }));
  const people = tool('people', t('process.team.title'), () => import('./people-dialog.js').then(({ openPeople }) => openPeople(desk)));
  const results = tool('stack', t('process.results.title'), () => import('./results-dialog.js').then(({ openResults }) => openResults(desk)));
  const languages = el('select', { class: 'input bar__language', 'aria-label': t('console.language') },
    ...availableLanguages().map(({ tag, name }) => el('option', { value: tag, text: name, lang: tag })));
  languages.value = language();
  languages.addEventListener('change', () => switchLanguage(languages.value).then(() => bar.querySelector('.bar__language')?.focus()));
  bar.replaceChildren(
    el('div', { class: 'bar__what' }, title, el('span', { class: 'soft bar__role', text: t(`process.role.${desk.client.role ?? 'observer'}`) }), status.element),
    el('nav', { class: 'bar__tabs', 'aria-label': t('process.pages') }, ...tabs),
    el('div', { class: 'bar__tools' }, people, results, languages));
  const role = bar.querySelector('.bar__role');

  return {
    render(state) {
      setText(title, state.title);
      setText(role, t(`process.role.${desk.client.role}`));
      people.hidden = !state.isFacilitator;
      results.hidden = desk.client.role === 'observer';
      const isMaterial = desk.route.view === 'items' || desk.route.view === 'item';
      tabs.forEach((each, index) => {
        setAttribute(each, 'href', routeAddress({ view: each.dataset.view }));
        setAttribute(each, 'aria-current', (index === 1) === isMaterial && (desk.route.view === 'overview' || desk.route.view === 'items' ? 'page' : 'true'));
      });
    },
  };
}
