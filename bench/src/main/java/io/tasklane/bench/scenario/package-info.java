/** What is measured: one class a scenario, each a subcommand with the same options. */
package io.tasklane.bench.scenario;
