/**
 * What will happen, from what has: when a workflow ends, when a queue is empty, and how a queue
 * would do with other settings. All of it is computed from rollups and from the present state, by
 * pure functions: the generator of random numbers is passed in, and the same seed gives the same
 * answer.
 */
package io.tasklane.forecast;
