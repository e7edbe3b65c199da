/** The source of time and randomness. */
package io.tasklane.time;
