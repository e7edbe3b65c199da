/**
 * Keys of stored rows and tokens of runs, each with a type of its own, so that none can be passed
 * where another is meant. They depend on nothing; what they identify is in the packages of tasks
 * and queues.
 */
package io.tasklane.key;
