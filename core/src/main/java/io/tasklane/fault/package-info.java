/**
 * What a node does about a throw that nobody expected: the work goes on, and the fault is known.
 * Nothing here knows what the work is.
 */
package io.tasklane.fault;
