/**
 * The scenarios, each a subcommand with the same options, and what they share: the base class, the
 * calls to the server, the queues that are filled while paused. Scenarios of several classes have
 * packages of their own, which use this one; nothing here uses them.
 */
package io.tasklane.bench.scenario;
