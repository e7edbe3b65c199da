/**
 * Cron expressions: parsing, their due times in a zone, and their description in English. An
 * expression means what the cron of Debian makes of it, wherever that has a meaning.
 */
package io.tasklane.schedule.cron;
