/**
 * What a feature of the engine registers: event codecs, due work, followers, its part in claims and
 * in the ends of tasks, and services.
 */
package io.tasklane.feature;
