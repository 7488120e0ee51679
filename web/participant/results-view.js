import { renderResults } from './results-list.js';
import { el, loadStyles, reconcile, setText } from '../app/dom.js';
import { moreTexts, t } from '../app/i18n.js';
import { isRating } from '../app/results.js';
import { icon } from '../icons/icon.js';

/** What came out of the rounds that have been revealed, the newest open, and a word while one is being counted. */
export class ResultsView {
  #context;
  #waiting = el('div', { class: 'banner', hidden: true }, icon('clock'), el('p', { text: t('participant.waitingForResults') }));
  #rounds = el('div', { class: 'stack' });
  element = el('div', { class: 'results-view', hidden: true }, this.#waiting, this.#rounds);

  /** What draws rounds of numbers; loaded with the first. */
  #rated = null;
  #drawn = null;

  constructor(context) { this.#context = context; }

  draw(state) {
    const { revealedRounds, closedRound, openRound, may, session } = state;
    this.#drawn = state;
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
        if (!isRating(entry.vote)) renderResults(list, entry, (target) => this.#describe(target, session));
        else if (this.#rated) this.#drawRated(details, entry, session);
        else this.#loadRated();
      },
    });
  }

  #drawRated(details, entry, session) {
    if (!details.rated) {
      details.rated = this.#rated.createRated();
      details.lastElementChild.replaceWith(details.rated.element);
    }
    const before = entry.vote.again && this.#context.client.get(`round/${entry.vote.again}`);
    details.rated.draw({ round: entry, rows: this.#rated.ratedRows(entry, before, (target) => this.#describe(target, session)) });
  }

  async #loadRated() {
    const [module] = await Promise.all([import('../components/rating-result.js'), moreTexts('rate'), loadStyles('/components/rating-result.css').catch(() => {})]);
    const isFirst = !this.#rated;
    this.#rated = module;
    if (isFirst) this.draw(this.#drawn);
  }

  #describe(target, session) {
    const { client } = this.#context;
    const cluster = client.get(`cluster/${target}`);
    if (cluster) return { name: cluster.name || t('common.unnamedCluster'), language: session?.language };
    const note = client.get(`note/${target}`);
    return note ? { name: note.text, language: note.language ?? session?.language } : null;
  }
}
