/**
 * Batch operations: one thing done to everything that a filter finds. Here belong what they are,
 * and how fast they go; how their targets are found and done is in the engine.
 */
package io.tasklane.batch;
