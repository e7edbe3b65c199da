/**
 * What becomes of due times: which of them run, which do not and why. It decides only; the engine
 * writes the firings, their tasks and the new progress in one command.
 */
package io.tasklane.schedule.firing;
