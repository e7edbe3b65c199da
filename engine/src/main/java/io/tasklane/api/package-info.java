/**
 * What a call into the engine takes and returns: requests, answers, pages and refusals. It depends
 * on core alone; every other package may use it. No logic belongs here.
 */
package io.tasklane.api;
