/** Days, as the page's language writes them; apart from the other words, since only few pages need them. */
import { language } from './i18n.js';

/** @param {number} milliseconds @returns {string} the day */
export const formatDate = (milliseconds) => new Intl.DateTimeFormat(language(), { dateStyle: 'long' }).format(milliseconds);

/** @param {number} milliseconds @returns {string} day and time of day, short */
export const formatMoment = (milliseconds) => new Intl.DateTimeFormat(language(), { dateStyle: 'short', timeStyle: 'short' }).format(milliseconds);
