// Writes outbox.json anew, from what web/app/outbox.js does: node Tests/Fixtures/write-outbox.mjs
//
// Run it only when the outbox is meant to behave otherwise than before, and read the difference: Tests/Web holds the
// client to the file, and Tests/SimulationTests holds the simulation's model of it to the same file.
import { writeFileSync } from 'node:fs';
import { Phone } from '../Web/outbox-script.mjs';
import { dice } from './dice.mjs';

const EVENINGS = 24;
const STEPS = 30;

const note = (id, times) => ({ do: 'add', id, type: 'note.add', members: `"text":"${id}"`, ...(times && { times }) });
const vote = (id, target, value) => ({ do: 'add', id, type: 'vote.cast', members: `"round":"r1","target":"${target}","value":${value}` });
const hands = (id, value, count) => ({
  do: 'add', id, type: 'hands.record', members: `"round":"r1","target":"n1","value":${value},"count":${count}`,
});
const begin = (lastRef) => ({ do: 'begin', lastRef });
const next = (unanswered) => ({ do: 'next', unanswered });
const on = (what, ref) => ({ do: what, ref });

/** Each rule by itself. */
const rules = {
  '[R1] numbers go on from lastRef': [begin(4), note(1), note(2), next(16), note(3), next(16)],
  '[R1] a number is given only when a command is sent': [note(1), begin(7), next(16)],
  '[R3] what was out goes again after a new welcome, with the same number': [
    begin(0), note(1), note(2), next(16), on('answered', 1), begin(1), note(3), next(16)],
  '[R3] what was out goes again after a reload': [
    begin(0), note(1), note(2), next(16), on('answered', 1), { do: 'reload' }, begin(1), note(3), next(16)],
  '[R3] a page that leaves first says so': [begin(0), note(1), next(16), { do: 'leave and reload' }, begin(0), next(16)],
  '[R3] after a restore from a backup no number is used twice': [
    begin(0), note(1), note(2), next(16), on('answered', 1), on('answered', 2), begin(1), note(3), next(16)],
  '[R3] a lower lastRef counts again only for a page that never kept a higher number': [
    begin(9), { do: 'reload' }, begin(3), note(1), next(16), begin(9), { do: 'reload' }, begin(3), note(2), next(16)],
  '[R4] no more than the window is out': [begin(0), note(1, 5), next(3), next(3), on('answered', 2), next(3)],
  '[R5] an unsent vote is replaced, on the same target only': [
    vote(1, 'n1', 1), vote(2, 'n2', 1), vote(3, 'n1', 2), vote(4, 'n1', null), begin(0), next(16)],
  '[R5] a vote that is out is left alone, also when it has come back': [
    begin(0), vote(1, 'n1', 1), next(16), vote(2, 'n1', 2), begin(0), vote(3, 'n1', 3), next(16)],
  '[R5] shows of hands are told apart by their value': [hands(1, 1, 4), hands(2, -1, 2), hands(3, 1, 5), begin(0), next(16)],
  '[R6] a postponed command keeps its number': [begin(0), note(1), note(2), next(16), on('postpone', 1), next(16)],
  'what was overtaken gets a new number, last in line, once': [
    begin(0), note(1), note(2), next(1), note(3), on('renumber', 1), next(16), on('renumber', 3), on('renumber', 1)],
  'it was overtaken once, also after a reload': [
    begin(0), note(1), next(16), on('renumber', 1), { do: 'reload' }, begin(1), next(16), on('renumber', 2)],
  'an answer that nobody waits for changes nothing': [
    begin(0), note(1), next(16), on('answered', 1), on('answered', 1), on('postpone', 1), on('renumber', 1)],
  'it is full at 200, and a vote that replaces another needs no place': [
    begin(0), note(1, 199), vote(200, 'n1', 1), note(201), vote(202, 'n1', 2), vote(203, 'n2', 2), next(16),
    on('answered', 1), note(204), note(205)],
};

/** What may come in any order, drawn with a view of what is out. */
function draw(roll, id, phone, best) {
  const refs = phone.commands.map(({ ref }) => ref).filter((ref) => ref !== null);
  const ref = refs.length && roll(8) ? refs[roll(refs.length)] : roll(best + 2);
  switch (roll(12)) {
    case 0: case 1: case 2: return note(id);
    case 3: return vote(id, `n${roll(2)}`, roll(3));
    case 4: return roll(2) ? hands(id, roll(2), roll(9)) : vote(id, `n${roll(2)}`, null);
    case 5: case 6: return next(1 + roll(4));
    case 7: case 8: return on('answered', ref);
    case 9: return on(roll(2) ? 'postpone' : 'renumber', ref);
    case 10: return begin(Math.max(0, best - roll(4)));
    default: return { do: roll(3) ? 'reload' : 'leave and reload' };
  }
}

const scripts = Object.entries(rules).map(([name, steps]) => {
  const phone = new Phone();
  return { name, steps: steps.map((step) => ({ ...step, ...phone.take(step) })) };
});
for (let seed = 1; seed <= EVENINGS; seed += 1) {
  const [phone, roll, steps] = [new Phone(), dice(seed * 2_654_435), []];
  let best = 0;
  while (steps.length < STEPS) {
    const step = draw(roll, steps.length + 1, phone, best);
    steps.push({ ...step, ...phone.take(step) });
    best = Math.max(best, ...phone.commands.map(({ ref }) => ref ?? 0));
  }
  scripts.push({ name: `drawn from ${seed}`, steps });
}

const lines = scripts.map(({ name, steps }) =>
  `{"name":${JSON.stringify(name)},"steps":[\n${steps.map((step) => JSON.stringify(step)).join(',\n')}\n]}`);
writeFileSync(new URL('outbox.json', import.meta.url), `[\n${lines.join(',\n')}\n]\n`);
