/** Boots the room screen: shows, never controls, and comes back by itself from everything. */
import { readAddress } from '../app/address.js';
import { language, startTexts, t } from '../app/i18n.js';
import { WorkshopClient } from '../app/workshop-client.js';
import { readState } from '../console/state.js';
import { hideIdleCursor } from './idle-cursor.js';
import { createStage } from './stage.js';
import { createStrip } from './strip.js';
import { createTone } from './tone.js';
import { keepAwake } from './wake-lock.js';
import { watch } from './watchdog.js';

const at = (id) => document.getElementById(id);

async function boot() {
  const { workshop, link } = readAddress(location);
  const wished = new URL(location.href).searchParams.get('lang');
  await startTexts({ sets: ['console', 'hybrid'] });
  const client = new WorkshopClient({ workshop, link });
  const tone = createTone();
  let views = null;
  /** The language asked for, and the one that is in place: an unknown one falls back, and is not asked for again. */
  let asking = null;
  let settled = null;

  async function refresh() {
    const state = readState(client);
    showGate(client, state);
    if (!state) return;
    // A room speaks the workshop's language, whatever the projector's browser speaks.
    const spoken = wished ?? state.session.language;
    if (spoken !== settled) {
      if (asking === spoken) return;
      asking = spoken;
      if (spoken !== language()) await startTexts({ sets: ['console', 'hybrid'], language: spoken });
      settled = spoken;
      for (const view of views ?? []) view.stop();
      views = null;
      refresh();
      return;
    }
    views ??= [createStage(at('stage'), client), createStrip(at('strip'), client, tone)];
    for (const view of views) view.render(state);
  }
  for (const event of ['change', 'status', 'presence']) client.addEventListener(event, refresh);
  watch(client);
  keepAwake();
  hideIdleCursor();
  client.start();
}

function showGate(client, state) {
  const gate = at('gate');
  const text = client.status === 'closed' ? t(client.closeReason === 'gone' ? 'screen.gone' : 'screen.wrong-link') : client.status === 'waiting' ? t('screen.waiting') : state ? '' : t('screen.connecting');
  if (gate.textContent !== text) gate.textContent = text;
  gate.hidden = text === '';
  gate.classList.toggle('gate--alone', !state || client.status === 'closed');
  at('stage').hidden = at('strip').hidden = !state || client.status === 'closed';
  at('stage').setAttribute('aria-busy', String(!state));
  if (state) document.title = t('screen.title', { title: state.session.title });
}

// A projector page that could not even start tries again, rather than stay blank in front of a full hall.
boot().catch(() => setTimeout(() => location.reload(), 5_000));
