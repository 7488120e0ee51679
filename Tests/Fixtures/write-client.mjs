// Writes client.json anew, from what web/app/workshop-client.js, connection.js and store.js do: node Tests/Fixtures/write-client.mjs
//
// Run it only when the client is meant to behave otherwise than before, and read the difference: Tests/Web holds the
// client to the file, and Tests/SimulationTests holds the simulation's model of it to the same file.
import { writeFileSync } from 'node:fs';
import { Device } from '../Web/client-script.mjs';
import { dice } from './dice.mjs';

const EVENINGS = 40;
const STEPS = 32;

const does = (what) => ({ do: what });
const [load, open, hide, show, network] = ['load', 'open', 'hide', 'show', 'network'].map(does);
const receive = (type, members) => ({ do: 'receive', message: { type, ...members } });
const welcome = (more) => receive('welcome', {
  workshop: 'w1', epoch: 'e1', participant: 'p7', role: 'participant', now: 5_000_000, lastRef: 0, channels: ['room', 'own'], ...more,
});
const changes = (channel, sequence, set, more) => receive('changes', { channel, sequence, set, ...more });
const ack = (ref, sequence = ref) => receive('ack', { ref, sequence });
const refused = (ref, code, retryAfterSeconds) =>
  receive('refused', { ...(ref && { ref }), code, ...(retryAfterSeconds && { retryAfterSeconds }) });
const bye = (comeBackAfterMilliseconds) => receive('bye', { reason: 'restart', comeBackAfterMilliseconds });
const drop = (code) => ({ do: 'drop', code });
const advance = (milliseconds) => ({ do: 'advance', milliseconds });
const note = (text) => ({ do: 'send', type: 'note.add', members: `"text":"${text}"` });
const vote = (target, value) => ({ do: 'send', type: 'vote.cast', members: `"round":"r1","target":"${target}","value":${value}` });
const live = [load, open, welcome()];
const again = [advance(5_000), open];

/** Each rule by itself. */
const rules = {
  '[H1] it speaks first': [load, open, welcome()],
  '[H4] it goes on from what it has seen': [
    ...live, changes('room', 41, { session: { title: 'A' } }), changes('own', 40, { me: { name: 'K' } }), drop(1006), ...again, welcome()],
  '[H4] another history empties everything': [
    ...live, changes('room', 41, { session: { title: 'A' } }), drop(1006), ...again, welcome({ epoch: 'e2' }), drop(1006), ...again],
  '[H6] somebody else now: the own channel is gone': [
    ...live, changes('room', 4, { session: {} }), changes('own', 4, { 'note/n1': { text: 'a' } }), drop(1006), ...again,
    welcome({ participant: 'p9' }), drop(1006), ...again],
  'a channel that is no longer the role’s goes': [
    ...live, changes('room', 4, { a: {} }), changes('staff', 4, { b: {} }), drop(1006), ...again, welcome()],
  '[C1] a channel puts and drops': [
    ...live, changes('room', 3, { 'note/n1': { text: 'a' }, timer: {} }), changes('room', 5, { 'note/n1': { text: 'b' } }, { drop: ['timer', 'x'] }),
    changes('own', 6, undefined, { drop: ['me'] })],
  '[C6] a whole channel takes the place of what there was': [
    ...live, changes('own', 4, { 'round/r1': {}, me: { name: 'A' } }), changes('own', 9, { me: { name: 'B' } }, { whole: true })],
  '[R2] answers settle what they answer': [...live, note('a'), note('b'), ack(1, 9), refused(2, 'wrong-phase'), ack(2), refused(7, 'locked')],
  '[R3] what was not answered goes again, same numbers, same order': [
    ...live, note('a'), note('b'), drop(1006), note('c'), ...again, welcome({ lastRef: 1 }), ack(1), ack(2), ack(3)],
  '[R3] a reload sends the queue, and tells of a refusal': [
    load, note('in the tunnel'), note('and another'), load, open, welcome(), refused(1, 'input-closed'), ack(2)],
  '[R3] stale-ref: once more under a new number': [...live, note('a'), note('b'), refused(1, 'stale-ref'), refused(3, 'stale-ref'), ack(2)],
  '[R4] sixteen are out, or fewer if the server wants so': [
    ...live, ...Array.from({ length: 18 }, (_, number) => note(number)), ack(1), ack(2), ack(3), drop(1006), ...again,
    welcome({ lastRef: 3, limits: { unanswered: 2 } }), ack(4)],
  '[R5] an unsent vote is replaced, and both hear of it': [load, vote('n1', 1), vote('n2', 1), vote('n1', 2), open, welcome(), ack(1), ack(2)],
  '[R6] busy: the same number, after the pause, and nothing passes it': [
    ...live, note('a'), refused(1, 'busy', 2), note('b'), advance(1_900), advance(1_000), ack(1), ack(2)],
  '[R6] a pause outlives the line': [...live, note('a'), refused(1, 'unavailable', 9), drop(1006), advance(2_000), open, welcome(), advance(9_000)],
  '[G2] what is too long is never sent': [...live, { ...note('…'), repeats: 9_000 }, { ...note('…'), repeats: 7_000 }],
  '[G2] what cannot be read is given up after three times, and nothing beside it': [
    load, note('good'), note('unreadable'), note('good too'), open, welcome(), drop(4400), ...again, welcome(), ack(1), drop(4400),
    ...again, welcome({ lastRef: 1 }), drop(4400), ...again, welcome({ lastRef: 1 }), drop(4400), ...again, welcome({ lastRef: 1 }), ack(3)],
  '[X1] below 4500 it comes back, from 4500 on it does not': [...live, note('a'), drop(4429), advance(9_000), open, drop(4501), advance(600_000), note('b')],
  '[X1] who was removed is told so again after a reload': [...live, note('a'), drop(4501), load, open, drop(4501)],
  '[X1, P7] erased: the next page is somebody new with nothing to send': [...live, note('a'), drop(4502), load, open, welcome({ participant: 'p8' })],
  '[X1, P7] the workshop is gone: so is all that was kept': [...live, note('a'), drop(4503), load, open],
  '[X1] not known any more: with nothing unsent the place is forgotten': [...live, drop(4504), load, open],
  '[X1] not known any more: forgotten it stays, also when the page is left': [...live, note('a'), ack(1), drop(4504), hide, load, note('b'), open,
    welcome({ participant: 'p8' })],
  '[X1] not known any more: what is unsent is kept': [...live, note('a'), drop(4504), load, open],
  '[H5] refused at the door': [load, open, refused(0, 'full'), advance(600_000)],
  'the door is busy: back after the pause': [load, open, refused(0, 'busy', 5), drop(1000), advance(4_900), advance(700), open],
  '[L4] bye: not back before the pause it asks for, whatever wakes it': [
    ...live, bye(1_200), drop(1001), advance(1_000), network, advance(300), advance(500), open],
  '[L4] a page that is left and come back to within the pause dials after it': [
    ...live, bye(3_000), drop(1001), hide, advance(500), show, advance(2_400), advance(700), open],
  '[L4] bye without a pause': [...live, bye(0), drop(1001), advance(150)],
  '[L1] a line that is silent is asked, and dropped without an answer': [...live, advance(26_000), advance(2_500), advance(400)],
  '[L1] a line that answers is kept': [
    ...live, advance(26_000), receive('time', { t: 1_025_000, now: 5_000_500 }), advance(5_000)],
  '[L1] a command without an answer for 4 s: the line is asked': [...live, note('a'), advance(4_100), advance(2_000), advance(200), open, welcome(), ack(1)],
  '[L1] a command answered in time: nobody asks': [...live, note('a'), advance(3_000), ack(1), advance(1_500)],
  '[L1] the network is back: a line that looks open is asked': [...live, advance(8_000), network, network, advance(2_100)],
  'the network is back: it dials at once, and pauses begin small again': [
    load, drop(1006), advance(300), drop(1006), advance(600), drop(1006), network, drop(1006), advance(310)],
  'without a welcome in 15 s it is dialled anew': [load, advance(14_900), advance(200), advance(400), open, advance(15_100), advance(1_000)],
  'pauses double up to 15 s': [load, ...Array.from({ length: 8 }, () => [drop(1006), advance(7_500)]).flat()],
  'a line that held 5 s counts as good': [...live, drop(1006), advance(300), open, welcome(), advance(5_000), drop(1006), advance(150)],
  'a page that is left hangs up, and comes back when it is seen': [...live, note('a'), hide, advance(60_000), network, show, open, welcome(), ack(1)],
  'a page that is left gives its queue to the next one': [...live, note('a'), hide, load, open, welcome(), ack(1)],
  '[L1] the clock is asked for three times, then every two minutes': [...live, advance(2_000), receive('presence', { room: 1, remote: 0 }),
    ...Array.from({ length: 6 }, () => [advance(20_000), receive('presence', { room: 1, remote: 0 })]).flat()],
  '[G3] what is unknown or broken changes nothing': [
    ...live, receive('sparkle', {}), receive('changes', { channel: 'room', sequence: 'x' }), receive('changes', { channel: 'room', sequence: 4, drop: [1] }),
    receive('changes', { channel: 'room', sequence: 4, set: [] }), receive('welcome', { workshop: 'w1' }), receive('ack', { ref: 'a' }), receive('refused', {})],
};

/** What may come in any order, drawn with a view of what is out and how the line is. */
function draw(roll, device, at) {
  const refs = device.client.pending.map(({ ref }) => ref).filter((ref) => ref !== null);
  const ref = refs.length && roll(8) ? refs[roll(refs.length)] : roll(6);
  const sequence = at * 2;
  if (device.line === 'connecting' && roll(4)) return open;
  if (device.line === 'open' && device.client.status !== 'live' && roll(4)) {
    return welcome({
      lastRef: Math.max(0, ...refs, 0) - (refs.length ? roll(2) : 0), epoch: roll(8) ? 'e1' : 'e2', participant: roll(8) ? 'p7' : 'p9',
      channels: roll(6) ? ['room', 'own'] : ['room'],
    });
  }
  if (device.line === 'open') {
    switch (roll(14)) {
      case 0: case 1: case 2: return ack(ref, sequence);
      case 3: return refused(ref, ['stale-ref', 'wrong-phase'][roll(2)]);
      case 4: return refused(ref, ['busy', 'unavailable'][roll(2)], 1 + roll(3));
      case 5: return changes('room', sequence, { [`note/n${roll(3)}`]: { text: `${at}` } }, roll(2) ? { drop: [`note/n${roll(3)}`] } : {});
      case 6: return changes('own', sequence, { [`note/n${roll(3)}`]: { ref: at } }, roll(3) ? {} : { whole: true });
      case 7: return drop([1006, 1001, 4400, 4400, 4429][roll(5)]);
      case 8: return roll(3) ? bye(roll(4) * 500) : drop([4501, 4502, 4503, 4504][roll(4)]);
      default: break;
    }
  }
  switch (roll(12)) {
    case 0: case 1: case 2: case 3: return note(at);
    case 4: return vote(`n${roll(2)}`, roll(3));
    case 5: return network;
    case 6: return hide;
    case 7: case 8: return show;
    case 9: return roll(4) ? advance(30_000) : load;
    default: return advance([100, 700, 2_500, 6_000][roll(4)]);
  }
}

/** Takes one step; what it gives and holds stands in the file where it is something else than nothing and than before. */
function taker() {
  const device = new Device();
  let before;
  return {
    device,
    async take(step) {
      const { gives, holds } = await device.take(step);
      const taken = { ...step, ...(gives.length && { gives }), ...(holds !== before && { holds }) };
      before = holds;
      return taken;
    },
  };
}

const scripts = [];
for (const [name, steps] of Object.entries(rules)) {
  const taken = [];
  const phone = taker();
  for (const step of steps) taken.push(await phone.take(step));
  scripts.push({ name, steps: taken });
}
for (let seed = 1; seed <= EVENINGS; seed += 1) {
  const [phone, roll, steps] = [taker(), dice(seed * 2_654_435), []];
  while (steps.length < STEPS) steps.push(await phone.take(steps.length ? draw(roll, phone.device, steps.length) : load));
  scripts.push({ name: `drawn from ${seed}`, steps });
}

const lines = scripts.map(({ name, steps }) =>
  `{"name":${JSON.stringify(name)},"steps":[\n${steps.map((step) => JSON.stringify(step)).join(',\n')}\n]}`);
writeFileSync(new URL('client.json', import.meta.url), `[\n${lines.join(',\n')}\n]\n`);
