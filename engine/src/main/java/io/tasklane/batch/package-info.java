/**
 * Batch operations as a feature of the engine: finds their targets, keeps them, and makes their
 * steps. What is done to a target belongs to the feature of the target.
 */
package io.tasklane.batch;
