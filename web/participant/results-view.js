import { renderResults } from './results-list.js';
import { el, reconcile, setText } from '../app/dom.js';
import { t } from '../app/i18n.js';
import { icon } from '../icons/icon.js';

/** What came out of the rounds that have been revealed, the newest open, and a word while one is being counted. */
export class ResultsView {
  #context;
  #waiting = el('div', { class: 'banner', hidden: true }, icon('clock'), el('p', { text: t('participant.waitingForResults') }));
  #rounds = el('div', { class: 'stack' });
  element = el('div', { class: 'results-view', hidden: true }, this.#waiting, this.#rounds);

  constructor(context) { this.#context = context; }

  draw({ revealedRounds, closedRound, openRound, may, session }) {
    const isCounting = closedRound !== null && !openRound;
    this.#waiting.hidden = !isCounting;
    const shown = openRound && may.vote ? [] : revealedRounds;
    this.element.hidden = !isCounting && shown.length === 0;
    reconcile(this.#rounds, shown, {
      key: ({ id }) => id,
      create: ({ id }) => {
        const details = el('details', { class: 'panel result' }, el('summary', {}, el('h2')), el('p', { class: 'soft' }), el('ol', { role: 'list' }));
        details.open = id === shown[0].id;
        return details;
      },
      update: (details, { entry }) => {
        const [summary, voters, list] = details.children;
        setText(summary.firstElementChild, t('participant.resultOf', { title: entry.title }));
        setText(voters, t('common.results.voters', { count: entry.voters }));
        renderResults(list, entry, (target) => this.#describe(target, session));
      },
    });
  }

  #describe(target, session) {
    const { client } = this.#context;
    const cluster = client.get(`cluster/${target}`);
    if (cluster) return { name: cluster.name || t('common.unnamedCluster'), language: session?.language };
    const note = client.get(`note/${target}`);
    return note ? { name: note.text, language: note.language ?? session?.language } : null;
  }
}
