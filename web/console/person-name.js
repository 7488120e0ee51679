import { t } from '../app/i18n.js';

/** @param {{ id: string, entry: any }} item of `participant/` @returns {string} the name somebody chose, or a number */
export const personName = ({ id, entry }) => entry.name || t('console.people.unnamed', { number: id.slice(1) });
