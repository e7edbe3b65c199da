/**
 * Forecasts of workflows and queues: reads what is left of a workflow, what is in the queues, and
 * the rollups of the past, and asks core what follows.
 */
package io.tasklane.forecast;
